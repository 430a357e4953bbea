"""Do the scores take the right values from the record, and say what is missing?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import LiverStatus
from cases.queries.scores import scores_of
from cases.vocabulary import Sex
from tests.factories import a_case, a_patient, lab

pytestmark = pytest.mark.django_db

PANEL = (
    ("bilirubin", "11", "umol/L"),
    ("albumin", "39", "g/L"),
    ("inr", "1.1", "1"),
    ("creatinine", "70", "umol/L"),
    ("sodium", "138", "mmol/L"),
)


def a_liver(case, **more):
    answers = {
        "cirrhosis": "YES",
        "ascites": "none",
        "encephalopathy": "none",
        "dialysis_twice_in_week": "NO",
        "assessed_on": timezone.now().date(),
    }
    return LiverStatus.objects.create(case=case, created_by=case.referred_by, **(answers | more))


def with_labs(**more):
    case = a_case(**more)
    for analyte, value, unit in PANEL:
        lab(case, analyte, value, unit)
    return case


def by_title(case):
    return {one.title: one for one in scores_of(case)}


def test_scores_of_a_compensated_cirrhosis():
    """Child-Pugh 5 (Pugh 1973); ALBI 0.66 log10(11) - 0.085 x 39 = -2.63, grade 1 (Johnson 2015)."""
    case = with_labs()
    a_liver(case)
    told = by_title(case)

    assert (told["Child-Pugh"].value, told["Child-Pugh"].meaning) == ("5", "class A")
    assert (told["ALBI and mALBI"].value, told["ALBI and mALBI"].meaning) == ("−2.63", "grade 1, mALBI 1")
    assert told["MELD 3.0"].value
    assert all(one.version and one.source for one in told.values())


def test_without_cirrhosis_two_of_them_do_not_apply():
    case = with_labs()
    a_liver(case, cirrhosis="NO")
    told = by_title(case)

    assert told["Child-Pugh"].not_applicable == told["MELD 3.0"].not_applicable == "no cirrhosis"
    assert told["ALBI and mALBI"].value == "−2.63"


@pytest.mark.parametrize("cirrhosis", ["", "UNKNOWN"])
def test_whether_there_is_cirrhosis_is_itself_an_input(cirrhosis):
    case = with_labs()
    a_liver(case, cirrhosis=cirrhosis)
    missing = by_title(case)["Child-Pugh"].missing

    assert [(one.name, one.link) for one in missing] == [
        ("cirrhosis, yes or no", f"/cases/{case.pk}/record/liver/")
    ]


def test_missing_is_named_and_never_guessed():
    case = a_case(patient=a_patient(sex=Sex.UNKNOWN))
    lab(case, "bilirubin", 11, "umol/L")
    told = by_title(case)

    assert [one.name for one in told["ALBI and mALBI"].missing] == ["albumin"]
    assert told["ALBI and mALBI"].missing[0].link == f"/cases/{case.pk}/record/labs/"
    assert "sex as the allocation policy asks for it" in {one.name for one in told["MELD 3.0"].missing}
    assert not any(one.value for one in told.values())


def test_a_bound_is_not_a_value():
    case = a_case()
    lab(case, "bilirubin", 3, "umol/L", comparator="<")
    lab(case, "albumin", 39, "g/L")

    assert [one.name for one in by_title(case)["ALBI and mALBI"].missing] == [
        "bilirubin, only known as <3 µmol/L"
    ]


def test_a_score_is_as_old_as_its_oldest_input():
    case, today = a_case(), timezone.now().date()
    lab(case, "bilirubin", 11, "umol/L", taken_on=today - timedelta(days=8))
    lab(case, "albumin", 39, "g/L", taken_on=today)

    assert by_title(case)["ALBI and mALBI"].on == today - timedelta(days=8)
