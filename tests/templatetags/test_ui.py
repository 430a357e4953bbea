"""Do dates, ages, signs and states look as promised? Do forms say label, hint, input, error in this order?"""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template

from cases.forms._base import NumberWithUnit, PlainForm, one_of, segmented, ticks
from cases.templatetags import ui
from cases.vocabulary import Absent, Ascites, PrimaryControl, or_absent


def shown(source: str, **context) -> str:
    return Template("{% load ui crispy_forms_tags crispy_forms_filters %}" + source).render(Context(context))


def test_a_day_cannot_be_taken_for_a_month():
    assert ui.day(date(2026, 11, 2)) == "02-Nov-2026"
    assert ui.day(date(2026, 9, 30)) == "30-Sep-2026"
    assert ui.day(None) == ""


def test_a_moment_is_told_where_the_board_sits():
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert ui.moment(at, "Europe/London") == "22-Nov-2026 23:30"
    assert ui.moment(at, ZoneInfo("Europe/Madrid")) == "23-Nov-2026 00:30"
    assert ui.clock(at, "Asia/Kolkata") == "05:00"
    assert ui.moment(None) == ""


@pytest.mark.parametrize(
    ("on", "years"), [(date(2026, 3, 6), "67 y"), (date(2026, 3, 7), "68 y"), (date(2026, 11, 22), "68 y")]
)
def test_age_counts_completed_years(on, years):
    assert ui.age(date(1958, 3, 7), on) == years


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(-26, 0, "−26"), (4, 0, "+4"), (0, 0, "0"), (-0.04, 1, "0.0"), (2.25, 1, "+2.2"), (None, 0, "")],
)
def test_a_change_says_its_direction(value, decimals, written):
    assert ui.signed_number(value, decimals) == written


def test_a_state_is_a_word_and_a_shape():
    html = shown('{% status "block" "Blocked by 2" "Ki-67" %}')
    assert "#i-block" in html
    assert re.sub(r"<[^>]+>", " ", html).split() == ["Blocked", "by", "2", "Ki-67"]


@pytest.mark.parametrize(
    ("state", "spoken"), [("SIGNED", "received"), ("NOT_NEEDED", "not needed"), ("overdue", "overdue")]
)
def test_a_role_chip_says_its_state_to_a_screen_reader(state, spoken):
    html = shown('{% role_chip "ONC" state "Medical oncology" %}', state=state)
    assert f'visually-hidden"> {spoken}</span>' in html


@pytest.mark.parametrize(
    ("plan", "mark"), [("RESECTION", "resect"), ("ablate", "ablate"), ("", "none"), ("SYSTEMIC", "other")]
)
def test_a_lesion_pill_carries_the_mark_of_the_map(plan, mark):
    assert f"les-{mark}" in shown('{% lesion_pill 1 plan "L" %}', plan=plan)


class Judged(PlainForm):
    able = segmented([("YES", "Yes"), ("NO", "No")], label="Can it be ablated?", required=True)
    margin = forms.FloatField(
        label="Margin", help_text="Expected.", required=False, max_value=50, widget=NumberWithUnit("mm")
    )
    known = ticks([("A", "Diabetes"), ("B", "Stroke")], label="Comorbidities")
    note = forms.CharField(label="Note", required=False)

    def clean(self):
        self.add_error(None, "Two facts exclude each other.")


@pytest.fixture
def refused():
    return Judged({"margin": "99", "note": "<kept>"})


def test_a_field_says_label_hint_input_error_in_this_order(refused):
    html = shown("{% crispy form %}", form=refused)
    field = html[html.index('id="div_id_margin"') :]
    parts = ["<label", 'id="id_margin_helptext"', "<input", "input-group-text", 'id="id_margin_error"']
    where = [field.index(part) for part in parts]
    assert where == sorted(where)
    assert 'aria-describedby="id_margin_helptext id_margin_error"' in field
    assert "<kept>" not in html
    assert "&lt;kept&gt;" in html


def test_what_is_wrong_is_listed_once_and_linked(refused):
    html = shown("{% error_summary form %}{% crispy form %}", form=refused)
    assert html.count("data-error-summary") == 1
    assert html.count("Two facts exclude each other.") == 1
    links = re.findall(r'<a href="#([^"]+)">', html)
    assert links == ["id_able_0", "id_margin"]
    assert all(f'id="{link}"' in html for link in links)


def test_a_form_alone_shows_its_own_summary(refused):
    assert shown("{% crispy form %}", form=refused).count("data-error-summary") == 1


def test_choices_are_laid_out_as_their_widget_asks():
    html = shown("{% crispy form %}", form=Judged())
    assert html.count('class="tb-seg"') == html.count('class="tb-ticks"') == 1
    assert html.count("<legend") == html.count("<fieldset") == 2


class Coded(PlainForm):
    ascites = segmented(or_absent(Ascites), label="Ascites")
    able = segmented([("YES", "Yes"), ("NO", "No")], label="Able?")
    sex = segmented([("F", "female"), ("M", "male")], label="Sex", required=True)


def test_why_there_is_no_answer_stands_apart_and_is_the_same_question():
    html = shown("{{ form.ascites|as_crispy_field }}", form=Coded({"ascites": "PENDING"}))
    answers, absences = html.split('class="tb-absent"')

    assert [answers.count(f'value="{one}"') for one in Ascites.values] == [1, 1, 1]
    assert [absences.count(f'value="{one}"') for one in Absent.values] == [1, 1, 1, 1]
    assert html.count('name="ascites"') == 7
    assert len(set(re.findall(r'id="(id_ascites_\d)"', html))) == 7
    assert re.search(r'value="PENDING"[^>]*checked', absences)


def test_only_what_may_stay_open_can_be_cleared():
    assert [
        shown("{{ field|as_crispy_field }}", field=Coded()[name]).count("data-clear-answer")
        for name in ("ascites", "able", "sex")
    ] == [1, 1, 0]


def test_a_long_list_says_last_why_there_is_no_answer():
    field = one_of(or_absent(PrimaryControl), label="Control")
    assert field.choices[-1] == ("No answer because", Absent.choices)
    assert field.clean("NOT_TESTED") == "NOT_TESTED"


def test_required_is_said_only_where_something_is_not():
    class Both(PlainForm):
        name = forms.CharField()

    assert "required</span>" not in shown("{% crispy form %}", form=Both())
    assert shown("{% crispy form %}", form=Judged()).count("required</span>") == 1
