"""What does a scribe's typing mean: a condition, a plan B, or nothing said?"""

import pytest
from django.http import QueryDict

from cases.forms.recommendation import SECTIONS, ActionForm, GuidelineForm, ReviewForm
from cases.services.recommendation.sections import FIELDS
from cases.vocabulary import ActionKind

OWNERS = {"7": "Dr A"}


def action(typed: str) -> ActionForm:
    form = ActionForm(QueryDict(f"version=0&{typed}"), owners=OWNERS, lesions={})
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize(
    ("typed", "condition", "plan_b"),
    [
        ("kind=RESECTION", False, False),
        ("condition_detail=remnant+over+30", True, False),
        ("condition_owner=7", True, False),
        ("plan_b_kind=SYSTEMIC", False, True),
        ("plan_b_due_on=2099-01-02&condition_due_on=2099-01-01", True, True),
    ],
)
def test_any_word_of_a_condition_or_plan_b_makes_one(typed, condition, plan_b):
    planned = action(typed).planned

    assert (planned.condition is not None, planned.plan_b is not None) == (condition, plan_b)


def test_a_blank_action_is_known_and_a_condition_is_no_kind_of_action():
    assert action("").is_blank
    assert not action("owner=7").is_blank
    assert ActionKind.CONDITION not in dict(action("").fields["kind"].choices)


def test_each_section_asks_for_what_the_record_takes_and_nothing_else():
    asked = {code: set(form.base_fields) - {"version", "row"} for code, form in SECTIONS.items()}

    assert asked == {code: set(names) for code, names in FIELDS.items()}


def test_typed_and_recorded_answers_read_alike():
    typed = ReviewForm(QueryDict("version=1&expires_on=2099-02-20&re_present_why="))
    kept = ReviewForm(initial={"expires_on": typed.fields["expires_on"].clean("2099-02-20")})

    assert typed.in_words == kept.in_words
    assert typed.in_words["Good until"] == "20-Feb-2099"
    assert GuidelineForm(initial={"guideline": "DEPARTS"}).in_words["Guideline"] == "Departs, with reason"
