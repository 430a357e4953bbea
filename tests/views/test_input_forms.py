"""Do surgeon, hepatologist, radiation oncologist and nurse answer on their page?"""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import LiverStatus, PatientWish
from cases.models.specialist_input import DETAILS
from cases.vocabulary import InputStatus, PrimarySite, Specialty
from tests import factories
from tests.factories.inputs import an_input

pytestmark = pytest.mark.django_db

SAID = {"opinion": "MORE_TESTS", "confidence": "LOW", "opinion_reason": "One more look."}
ANSWERS = {
    Specialty.SURGERY: {"resectable": "YES", "contact_ivc": "ABUTMENT", "flr_before_ml": "310"},
    Specialty.TRANSPLANT: {"absolute_contraindication": "NO", "hvpg_mmhg": "8", "hbv_dna": "NOT_TESTED"},
    Specialty.RADIATION: {"sbrt_suitable": "YES", "dose_gy": "45", "fractions": "3", "lesion_numbers": ["1"]},
    Specialty.NURSING: {"patient_informed": "YES", "esas_pain": "0", "preferences": ["STAY_NEAR_HOME"]},
}
STORED = {
    Specialty.SURGERY: {"contact_ivc": "ABUTMENT", "flr_before_ml": Decimal(310)},
    Specialty.TRANSPLANT: {"hvpg_mmhg": Decimal(8), "hbv_dna": "NOT_TESTED"},
    Specialty.RADIATION: {"lesion_numbers": [1], "fractions": 3},
    Specialty.NURSING: {"esas_pain": 0, "preferences": ["STAY_NEAR_HOME"]},
}
# Each contradicts itself, and holds a word that must come back.
WRONG = {
    Specialty.SURGERY: ({"asa_emergency": "on", "planned_procedure": "as <b>typed</b>"}, "Choose the class"),
    Specialty.TRANSPLANT: (
        {"contraindications": ["INFECTION"], "psychosocial_note": "as <b>typed</b>"},
        "Kinds are ticked below",
    ),
    Specialty.RADIATION: (
        {name: ["LIVER"] for name in ("constraints_met", "constraints_exceeded")}
        | {"previous_radiation": "as <b>typed</b>"},
        "as met and as exceeded",
    ),
    Specialty.NURSING: ({"esas_pain": "11", "carer": "as <b>typed</b>"}, "Give at most 10."),
}


@pytest.fixture
def board():
    return factories.board()


def sit_down(client, board, specialty, site=PrimarySite.COLORECTAL):
    person = factories.member(board, specialty=specialty)
    case = factories.a_case(board)
    factories.a_diagnosis(case, primary_site=site)
    factories.a_lesion(case, 1, ["6"], 34, date(2026, 11, 10))
    client.force_login(person)
    return an_input(case, person, specialty)


def address(one):
    return reverse("cases:input", args=[one.pk])


def opened(client, one):
    response = client.get(address(one))
    assert response.status_code == 200
    return response.content.decode()


def answer(client, one, act, **said):
    one.refresh_from_db()
    return client.post(address(one), {"version": one.version, "act": act, **said})


@pytest.mark.parametrize("specialty", list(ANSWERS))
def test_every_column_is_on_the_page_of_some_disease(client, board, specialty):
    asked = set()
    for site in (PrimarySite.COLORECTAL, PrimarySite.NET_GEP, PrimarySite.HCC, PrimarySite.PCCA):
        asked |= set(re.findall(r'name="(\w+)"', opened(client, sit_down(client, board, specialty, site))))

    assert {f.name for f in DETAILS[specialty]._meta.concrete_fields if not f.primary_key} <= asked


@pytest.mark.parametrize("specialty", list(ANSWERS))
def test_a_draft_is_kept_and_then_signed_and_read(client, board, specialty):
    one = sit_down(client, board, specialty)

    assert answer(client, one, "save", **ANSWERS[specialty]).status_code == 302
    row = DETAILS[specialty].objects.get(input=one)
    assert {name: getattr(row, name) for name in STORED[specialty]} == STORED[specialty]
    assert answer(client, one, "sign", **SAID, **ANSWERS[specialty]).status_code == 302

    one.refresh_from_db()
    assert one.status == InputStatus.SIGNED
    client.force_login(factories.member(board))
    page = opened(client, one)
    assert "what was left open is left out" in page
    assert 'value="sign"' not in page


@pytest.mark.parametrize("specialty", list(ANSWERS))
def test_a_contradiction_is_refused_beside_the_field_and_the_text_kept(client, board, specialty):
    one = sit_down(client, board, specialty)
    said, refusal = WRONG[specialty]

    response = answer(client, one, "sign", **SAID, **ANSWERS[specialty] | said)

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(refusal) == 2  # in the summary and at the field
    assert "as &lt;b&gt;typed&lt;/b&gt;" in page
    one.refresh_from_db()
    assert one.status == InputStatus.ASKED


@pytest.mark.parametrize(("site", "always"), [(PrimarySite.HCC, True), (PrimarySite.COLORECTAL, False)])
def test_virus_and_alcohol_are_shown_where_there_is_cirrhosis(client, board, site, always):
    page = opened(client, sit_down(client, board, Specialty.TRANSPLANT, site))

    assert ('data-shown-when="liver-cirrhosis=YES' in page) != always


def test_the_status_of_the_liver_is_shown_and_recorded_anew_only_when_changed(client, board):
    one = sit_down(client, board, Specialty.TRANSPLANT)
    before = LiverStatus.objects.create(
        case=one.case,
        cirrhosis="YES",
        ascites="none",
        assessed_on=date(2026, 11, 2),
        created_by=one.case.referred_by,
    )
    shown = {"liver-seen": str(before.pk), "liver-cirrhosis": "YES", "liver-ascites": "none"}
    assert f"Recorded by {one.case.referred_by}, 02-Nov-2026" in opened(client, one)

    changed = shown | {"liver-ascites": "mild_or_controlled", "liver-assessed_on": "2026-11-20"}
    assert answer(client, one, "save", **changed, **ANSWERS[Specialty.TRANSPLANT]).status_code == 302
    assert list(LiverStatus.objects.all()) == [before]
    assert answer(client, one, "sign", **SAID, **changed, **ANSWERS[Specialty.TRANSPLANT]).status_code == 302

    new = LiverStatus.objects.exclude(pk=before.pk).get()
    assert (new.cirrhosis, new.ascites, new.assessed_on) == ("YES", "mild_or_controlled", date(2026, 11, 20))
    assert new.created_by == one.asked_of


def test_the_patients_words_come_first_and_go_into_the_record_with_the_signature(client, board):
    one = sit_down(client, board, Specialty.NURSING)
    page = opened(client, one)
    assert page.index("In their own words") < page.index('name="patient_informed"')

    said = {"wish-words": "To see my garden in spring.", "wish-told_to": "her nurse", "wish-seen": ""}
    assert answer(client, one, "sign", **SAID, **said, **ANSWERS[Specialty.NURSING]).status_code == 302

    assert PatientWish.objects.get().words == "To see my garden in spring."


def test_to_whom_and_when_the_wish_was_told_before_is_not_taken_for_now(client, board):
    one = sit_down(client, board, Specialty.NURSING)
    PatientWish.objects.create(
        case=one.case,
        words="No more weeks in hospital.",
        told_to="a colleague",
        told_on=date(2026, 11, 3),
        created_by=one.case.referred_by,
    )

    page = opened(client, one)

    assert "No more weeks in hospital.</textarea>" in page
    assert 'value="a colleague"' not in page
    assert 'value="2026-11-03"' not in page


def test_what_others_said_stands_under_the_question(client, board):
    one = sit_down(client, board, Specialty.TRANSPLANT)
    factories.lab(one.case, "afp", 412, "ng/mL", date(2026, 11, 16))

    assert "Recorded: AFP 412 ng/mL, 16-Nov-2026." in opened(client, one)
