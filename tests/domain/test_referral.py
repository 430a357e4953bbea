"""What a referral must say, and who is the same person."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases.domain import referral as rules
from cases.domain.referral import PatientDetails, Referral
from cases.vocabulary import PrimarySite

SAID = PatientDetails(
    record_number="X1",
    family_name="Fairweather",
    given_name="Marian",
    birth_date=date(1958, 3, 7),
    sex="FEMALE",
)


def known(**more):
    person = {"family_name": "FAIRWEATHER", "given_name": "Marian", "birth_date": date(1958, 3, 7)}
    return SimpleNamespace(**(person | more))


def test_an_empty_referral_lacks_everything_in_the_order_of_the_page():
    empty = Referral(board=None, patient=PatientDetails(record_number=""), question=" ")
    assert rules.missing(empty) == rules.REQUIRED


def test_what_a_referrer_cannot_know_does_not_stop_a_referral():
    sent = Referral(
        board=object(),
        patient=SAID,
        question="Resectable?",
        diagnosis={"primary_site": "UNKNOWN_PRIMARY"},
        fitness={"ecog": None},
    )
    assert rules.missing(sent) == {}


def test_an_age_is_enough_where_no_birth_date_is_known():
    patient = PatientDetails(record_number="X1", family_name="A", given_name="B", sex="MALE")
    assert "birth_date" in rules.missing(Referral(board=1, patient=patient, question="?"))
    assert "birth_date" not in rules.missing(Referral(board=1, patient=patient, question="?", stated_age=71))


@pytest.mark.parametrize(("typed", "kept"), [(" AB 12-9\t", "AB12-9"), ("400 118", "400118"), ("  ", "")])
def test_record_numbers_are_kept_without_spaces(typed, kept):
    assert rules.normal_number(typed) == kept


@pytest.mark.parametrize(
    ("person", "same"),
    [
        (known(), True),
        (known(given_name="MARÍAN"), True),
        (known(given_name=""), True),
        (known(birth_date=None), True),
        (known(family_name="Fair weather"), False),
        (known(birth_date=date(1958, 7, 3)), False),
    ],
)
def test_the_same_person_is_whom_nothing_known_contradicts(person, same):
    assert rules.same_person(person, SAID) is same


def test_markers_and_control_follow_the_primary():
    assert rules.marker_for("COLORECTAL") == "cea"
    assert rules.marker_for("HCC") == "afp"
    assert rules.marker_for("LUNG") is None
    assert rules.marker_for("") is None
    assert {site for site in PrimarySite if rules.usual_control(site)} == {"HCC", "ICCA", "PCCA"}
