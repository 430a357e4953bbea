"""All laboratory values on one page: charted, in the reader's units, the wrong ones struck through."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import LabResult
from cases.services import disease
from cases.vocabulary import Role
from tests.factories import a_case, board, lab, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return a_case(board=board())


@pytest.fixture
def surgeon(case, client):
    user = member(case.board, Role.MEMBER)
    client.force_login(user)
    return user


def page(client, case, units=""):
    return client.get(reverse("cases:labs", args=[case.pk]) + (f"?units={units}" if units else ""))


def shown(response, code):
    line = next(line for line in response.context["lines"] if line.code == code)
    return line.unit, [row.value for row in line.rows], [row.recorded for row in line.rows]


def test_every_value_stands_with_its_curve(client, case, surgeon):
    lab(case, "cea", 12, "ug/L", date(2026, 9, 1))
    lab(case, "cea", 36, "ug/L", date(2026, 11, 2))
    lab(case, "inr", "1.1", "1", date(2026, 11, 2))
    response = page(client, case)

    assert response.status_code == 200
    assert shown(response, "cea") == ("µg/L", ["36", "12"], ["", ""])
    assert response.text.count('<svg class="trend-chart"') == 1  # one INR is no trend


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "system", "label", "expected"),
    [  # 1 mg/dL of bilirubin is 17.1 umol/L, of creatinine 88.4 umol/L; 1 g/dL is 10 g/L
        ("bilirubin", "34.2", "umol/L", "conventional", "mg/dL", "2"),
        ("bilirubin", "1.2", "mg/dL", "si", "µmol/L", "21"),
        ("creatinine", "88.4", "umol/L", "conventional", "mg/dL", "1"),
        ("albumin", "38", "g/L", "conventional", "g/dL", "3.8"),
        ("platelets", "210000", "/uL", "si", "×10⁹/L", "210"),
        ("afp", "100", "IU/mL", "conventional", "ng/mL", "121"),
        ("ast", "61", "U/L", "si", "U/L", "61"),
        ("bilirubin", "20.5", "umol/L", "si", "µmol/L", "20.5"),  # the unit stays: nothing is rounded
    ],
)
def test_another_unit_changes_what_is_shown_only(
    client, case, surgeon, analyte, value, unit, system, label, expected
):
    kept = lab(case, analyte, value, unit)
    unit_shown, values, recorded = shown(page(client, case, system), analyte)

    assert (unit_shown, values) == (label, [expected])
    assert bool(recorded[0]) is (unit_shown != {"umol/L": "µmol/L"}.get(unit, unit))
    kept.refresh_from_db()
    assert str(kept.value.normalize()) in {value, str(type(kept.value)(value).normalize())}


def test_a_value_made_of_activity_says_so(client, case, surgeon):
    lab(case, "afp", 100, "IU/mL")
    assert "approximation" in page(client, case, "si").text
    assert "approximation" not in page(client, case).text


def test_a_withdrawn_value_stays_readable_and_out_of_the_curve(client, case, surgeon):
    lab(case, "cea", 12, "ug/L", date(2026, 9, 1))
    wrong = lab(case, "cea", 360, "ug/L", date(2026, 11, 2))
    disease.withdraw_fact(fact=wrong, reason="Of another patient.", by=surgeon)
    response = page(client, case)

    assert "<del>360</del>" in response.text
    assert "Of another patient." in response.text
    assert "trend-chart" not in response.text
    assert "<b>12 µg/L</b>" in response.text


def test_values_of_which_all_are_withdrawn_are_shown_as_such(client, case, surgeon):
    disease.withdraw_fact(fact=lab(case, "inr", "1.1", "1"), reason="Wrong tube.", by=surgeon)
    assert "every value is withdrawn" in page(client, case).text


def test_the_limit_of_the_laboratory_is_the_band_of_the_curve(client, case, surgeon):
    lab(case, "ast", 61, "U/L", date(2026, 9, 1), upper_limit=35)
    lab(case, "ast", 30, "U/L", date(2026, 11, 2))
    text = page(client, case).text
    assert "up to 35 U/L" in text
    assert "upper limit of normal 35" in text


def test_a_value_without_a_day_is_in_the_table(client, case, surgeon):
    LabResult.objects.create(
        case=case, analyte="inr", value="1.1", unit="1", taken_on=None, created_by=surgeon
    )
    assert "date not known" in page(client, case).text


def test_the_reader_chooses_between_units(client, case, surgeon):
    lab(case, "bilirubin", 11, "umol/L")
    text = page(client, case, "si").text
    assert '<a href="?units=si" aria-current="true">SI units</a>' in text
    assert text.count('href="?units=') == 3


def test_an_unknown_unit_system_is_the_recorded_one(client, case, surgeon):
    lab(case, "bilirubin", 11, "umol/L")
    assert shown(page(client, case, "imperial"), "bilirubin")[0] == "µmol/L"


def test_nothing_recorded_says_what_to_do_next(client, case, surgeon):
    assert reverse("cases:record-labs", args=[case.pk]) in page(client, case).text
    client.force_login(member(case.board, Role.OBSERVER))
    assert reverse("cases:record-labs", args=[case.pk]) not in page(client, case).text


def test_queries_do_not_grow_with_the_values(client, case, surgeon):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(client, case)
        return len(seen)

    lab(case, "cea", 1, "ug/L", date(2026, 9, 1))
    page(client, case)
    first = cost()
    for number in range(2, 5):
        lab(case, "cea", number, "ug/L", date(2026, 9, number))
        lab(case, "afp", number, "ng/mL", date(2026, 9, number))
    assert cost() == first
