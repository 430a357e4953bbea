"""Is the oncologist asked what this tumour needs, and told what contradicts itself?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import OncologyInput
from cases.vocabulary import PrimarySite
from tests.forms.test_specialist_input import forms, wrong

COLUMNS = {f.name for f in OncologyInput._meta.concrete_fields if not f.primary_key}
SITES = ["", *PrimarySite]


def asked(site, said=None):
    return forms("ONCOLOGY", said or {}, case={"primary_site": site, "cirrhosis": ""}).details


def test_every_column_is_asked_for_some_primary():
    assert set().union(*(asked(site).fields for site in SITES)) == COLUMNS


@pytest.mark.parametrize("site", SITES)
def test_each_question_that_is_asked_stands_in_a_card_once(site):
    form = asked(site)

    laid_out = [name for card in form.questions for name, _ in card.asked]

    assert sorted(laid_out) == sorted(form.fields)


def test_what_one_tumour_never_needs_is_not_asked():
    only_here = {"cea_highest_ug_l", "dpyd", "hormone_syndrome"}

    assert only_here & set(asked("COLORECTAL").fields) == {"cea_highest_ug_l", "dpyd"}
    assert only_here & set(asked("NET_GEP").fields) == {"hormone_syndrome"}
    assert only_here & set(asked("PANCREATIC").fields) == {"dpyd"}
    assert not only_here & set(asked("BREAST").fields)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"lines_given": "0", "response": "PR"}, "lines_given"),
        ({"lines_given": "0", "immunotherapy_given": "YES"}, "lines_given"),
        ({"lines_given": "0", "weeks_of_chemotherapy": "6"}, "lines_given"),
        ({"toxicities": ["NONE", "SOS"]}, "toxicities_0"),
        ({"toxicities": ["NEUROPATHY"], "neuropathy_grade": "6"}, "neuropathy_grade"),
        ({"response_percent": "101"}, "response_percent"),
        ({"last_bevacizumab_on": "2126-01-01"}, "last_bevacizumab_on"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(said, where):
    assert wrong("ONCOLOGY", said) == {where}


@pytest.mark.parametrize(
    "said",
    [
        {"response": "NOT_ASSESSED", "progression_on_treatment": "NO", "weeks_of_chemotherapy": "0"},
        {"response_percent": "-20", "locoregional_response_percent": "100"},
    ],
)
def test_no_treatment_may_be_said_in_full(said):
    assert not wrong("ONCOLOGY", {"lines_given": "0"} | said)


def test_a_grade_without_its_toxicity_is_no_answer():
    kept = forms("ONCOLOGY", {"toxicities": ["SOS"], "neuropathy_grade": "2"})
    assert kept.check()
    assert kept.typed_details["neuropathy_grade"] is None

    without_scripts = forms("ONCOLOGY", {"neuropathy_grade": "2"})
    assert without_scripts.check()
    assert without_scripts.typed_details["neuropathy_grade"] == 2


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "1 day ago"), (42, "42 days ago")])
def test_the_days_since_bevacizumab_are_counted(days, words):
    day = timezone.localdate() - timedelta(days=days)

    part = forms("ONCOLOGY", {"last_bevacizumab_on": day.isoformat()})

    assert f"Last bevacizumab {words} (" in part.derived["bevacizumab"]


def test_nothing_is_counted_from_nothing():
    assert forms("ONCOLOGY", {}).derived["bevacizumab"] == ""
    assert forms("ONCOLOGY", {"last_bevacizumab_on": "some day"}).derived["bevacizumab"] == ""
