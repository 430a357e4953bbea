"""Can a discipline answer on its page, is nothing typed lost, and does nobody else see it?"""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Draft, LesionMeasurement, SpecialistInput
from cases.services import specialist_input as service
from cases.vocabulary import InputStatus, Role, Specialty
from tests import factories
from tests.factories.inputs import DETAILS, OPINION, a_signed_input, an_input
from tests.forms.test_specialist_input import COMPLETE, EMPTY, lesions
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db

SAID = {"opinion": "RESECT", "confidence": "HIGH", "opinion_reason": "Two lesions, both on the right."}


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def surgeon(board):
    return factories.member(board, specialty=Specialty.SURGERY, given_name="Sam", family_name="Cutter")


@pytest.fixture
def wanted(board, surgeon):
    return an_input(factories.a_case(board), surgeon)


def address(one, name="input"):
    return reverse(f"cases:{name}", args=[one.pk])


def answer(client, one, act="sign", **said):
    return client.post(address(one), {"version": one.version, "act": act, **EMPTY, **said})


@pytest.mark.parametrize("specialty", list(Specialty))
def test_each_discipline_signs_on_its_page(client, board, specialty):
    person = factories.member(board, specialty=specialty)
    one = an_input(factories.a_case(board), person, specialty)
    client.force_login(person)

    page = client.get(address(one))
    assert page.status_code == 200
    assert specialty.label in page.content.decode()
    response = answer(client, one, **SAID, **COMPLETE.get(specialty, {}))

    assert response.status_code == 302
    one.refresh_from_db()
    assert (one.status, one.signed_by, one.opinion_reason) == (
        InputStatus.SIGNED,
        person,
        SAID["opinion_reason"],
    )


@pytest.mark.parametrize("specialty", list(Specialty))
def test_an_unfinished_input_is_refused_with_all_that_is_missing_and_the_text_kept(client, board, specialty):
    person = factories.member(board, specialty=specialty)
    one = an_input(factories.a_case(board), person, specialty)
    client.force_login(person)

    response = answer(client, one, opinion_reason="Something <b>bold</b>")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the option that you prefer." in page
    assert "Something &lt;b&gt;bold&lt;/b&gt;" in page
    needed = set(COMPLETE.get(specialty, {})) | {"opinion", "confidence"}
    assert len(re.findall(r'<li><a href="#id_', page)) == len(needed)


def test_the_page_says_who_asked_for_which_meeting_and_what_others_recorded(client, wanted, surgeon):
    case = wanted.case
    factories.agenda_item(factories.meeting(case.board), case)
    factories.a_diagnosis(case, site_detail="sigmoid")
    factories.lab(case, "bilirubin", 11, "µmol/L", date(2026, 11, 16))
    factories.a_lesion(case, 4, ["3"], 11, date(2026, 11, 10))
    colleague = factories.member(case.board, specialty=Specialty.ONCOLOGY)
    a_signed_input(case, colleague, Specialty.ONCOLOGY, opinion_reason="Six cycles first.")
    client.force_login(surgeon)

    page = client.get(address(wanted)).content.decode()

    for words in (
        case.question,
        "for the meeting of",
        "sigmoid",
        "11 µmol/L",
        "16-Nov-2026",
        "11 mm",
        "Six cycles first.",
        str(wanted.created_by),
    ):
        assert words in page, words
    assert trail.of(case.about).filter(verb="case.viewed").count() == 1


def test_a_draft_keeps_what_is_valid_in_the_record_and_all_as_typed(client, wanted, surgeon):
    client.force_login(surgeon)

    response = answer(client, wanted, act="save", resectable="YES", frailty="very frail", opinion="ABLATE")

    assert response.status_code == 302
    wanted.refresh_from_db()
    assert (wanted.status, wanted.opinion) == (InputStatus.DRAFT, "ABLATE")
    assert (wanted.surgicalinput.resectable, wanted.surgicalinput.frailty) == ("YES", None)
    page = client.get(address(wanted)).content.decode()
    assert 'value="very frail"' in page
    assert "not in the record yet: Clinical frailty scale" in page
    assert 'name="version" value="2"' in page


def test_what_was_autosaved_is_shown_again(client, wanted, surgeon):
    client.force_login(surgeon)
    client.post(
        reverse("cases:save-draft", args=["input", wanted.pk]),
        {"version": "1", "opinion_reason": "half a sen"},
    )

    page = client.get(address(wanted)).content.decode()

    assert "half a sen" in page
    assert "Both versions, side by side" not in page


def test_who_comes_second_sees_both_texts_and_may_then_save(client, wanted, surgeon):
    colleague = factories.member(wanted.case.board, specialty=Specialty.SURGERY)
    service.save_draft(
        specialist_input=SpecialistInput.objects.get(pk=wanted.pk),
        version=1,
        fields={"opinion_reason": "written by the colleague"},
        details={},
        by=colleague,
    )
    client.force_login(surgeon)

    for act in ("save", "sign"):
        response = answer(client, wanted, act, **SAID | {"opinion_reason": "my own words"}, resectable="YES")
        page = response.content.decode()
        assert response.status_code == 422
        assert "written by the colleague" in page
        assert page.count("my own words") == 2  # beside theirs, and still in the form
        assert 'name="version" value="2"' in page
    wanted.refresh_from_db()
    assert wanted.opinion_reason == "written by the colleague"
    assert answer(client, wanted, "save", opinion_reason="my own words").status_code == 302


def test_who_comes_after_the_signature_keeps_the_text_and_is_told(client, wanted, surgeon):
    colleague = factories.member(wanted.case.board, specialty=Specialty.SURGERY)
    service.sign(
        specialist_input=SpecialistInput.objects.get(pk=wanted.pk),
        version=1,
        fields=OPINION,
        details=DETAILS[Specialty.SURGERY],
        by=colleague,
    )
    client.force_login(surgeon)

    response = answer(client, wanted, **SAID | {"opinion_reason": "my own words"}, resectable="NO")

    page = response.content.decode()
    assert response.status_code == 422
    assert "my own words" in page
    assert "amend the signed input" in page
    assert 'value="sign"' not in page


def test_an_old_autosaved_text_is_shown_beside_what_was_saved_since(client, wanted, surgeon):
    Draft.objects.create(
        owner=surgeon,
        form="input",
        key=str(wanted.pk),
        payload={"opinion_reason": ["typed long ago"]},
        base_version=1,
        saved_at=wanted.created_at,
    )
    colleague = factories.member(wanted.case.board, specialty=Specialty.SURGERY)
    service.save_draft(
        specialist_input=wanted, version=1, fields={"opinion_reason": "saved since"}, details={}, by=colleague
    )
    client.force_login(surgeon)

    page = client.get(address(wanted)).content.decode()

    assert "Both versions, side by side" in page
    assert "saved since" in page
    assert "typed long ago" in page


def test_a_radiologist_measures_lesions_on_the_same_page(client, board):
    radiologist = factories.member(board, specialty=Specialty.RADIOLOGY)
    one = an_input(factories.a_case(board), radiologist, Specialty.RADIOLOGY)
    factories.a_lesion(one.case, 1, ["6"], 20, date(2026, 8, 1))
    client.force_login(radiologist)
    rows = lesions(
        {"number": "1", "segments": ["6"], "long_axis_mm": "34", "viable_mm": "20"},
        {"segments": ["3"], "long_axis_mm": "11"},
        known=1,
    )

    assert answer(client, one, **SAID, **COMPLETE[Specialty.RADIOLOGY] | rows).status_code == 302

    measured = LesionMeasurement.objects.filter(measured_on=date(2026, 11, 10)).order_by("lesion__number")
    assert [(m.lesion.number, m.long_axis_mm, m.viable_mm) for m in measured] == [(1, 34, 20), (2, 11, None)]


def test_a_size_that_contradicts_the_record_is_refused_and_nothing_is_signed(client, board):
    radiologist = factories.member(board, specialty=Specialty.RADIOLOGY)
    one = an_input(factories.a_case(board), radiologist, Specialty.RADIOLOGY)
    factories.a_lesion(one.case, 1, ["6"], 20, date(2026, 11, 10))
    client.force_login(radiologist)
    rows = lesions({"number": "1", "segments": ["6"], "long_axis_mm": "34"}, known=1)

    response = answer(client, one, **SAID, **COMPLETE[Specialty.RADIOLOGY] | rows)

    assert response.status_code == 422
    assert "another size on that day" in response.content.decode()
    one.refresh_from_db()
    assert one.status == InputStatus.ASKED


def test_a_signed_input_is_read_and_amended_with_a_reason(client, wanted, surgeon):
    service.sign(
        specialist_input=wanted, version=1, fields=OPINION, details=DETAILS[Specialty.SURGERY], by=surgeon
    )
    client.force_login(surgeon)

    page = client.get(address(wanted)).content.decode()
    assert OPINION["opinion_reason"] in page
    assert "Segments to resect" in page
    assert 'value="sign"' not in page
    assert client.post(address(wanted, "amend-input"), {"reason": ""}).status_code == 422
    response = client.post(address(wanted, "amend-input"), {"reason": "New CT."})

    new = SpecialistInput.objects.get(revision=2)
    assert response["Location"] == address(new)
    page = client.get(address(new)).content.decode()
    assert "New CT." in page
    assert "Two lesions, both in the right liver." in page  # prefilled
    assert address(wanted) in page  # the signed one is a click away
    client.post(address(new, "give-up-amendment"))
    assert list(SpecialistInput.objects.current()) == [wanted]


def test_a_coordinator_asks_somebody_else_or_does_without(client, wanted):
    board = wanted.case.board
    other = factories.member(board, specialty=Specialty.SURGERY)
    client.force_login(factories.member(board, Role.COORDINATOR))

    page = client.get(address(wanted)).content.decode()
    assert "Do without this input" in page
    assert 'value="sign"' not in page
    due = {"ask-asked_of": other.pk, "ask-due_at": "2030-06-01T17:00"}
    assert client.post(address(wanted, "ask-input"), due).status_code == 302
    wanted.refresh_from_db()
    assert wanted.asked_of == other
    assert wanted.due_at.isoformat() == "2030-06-01T16:00:00+00:00"  # 17:00 on the wall in London
    assert client.post(address(wanted, "ask-input"), {"ask-asked_of": "x"}).status_code == 422
    assert client.post(address(wanted, "not-needed-input"), {"reason": " "}).status_code == 422
    assert client.post(address(wanted, "not-needed-input"), {"reason": "Palliative."}).status_code == 302
    wanted.refresh_from_db()
    assert wanted.status == InputStatus.NOT_NEEDED


def test_only_people_of_the_discipline_are_offered(client, wanted, surgeon):
    radiologist = factories.member(wanted.case.board, specialty=Specialty.RADIOLOGY)
    client.force_login(factories.member(wanted.case.board, Role.COORDINATOR))

    response = client.post(address(wanted, "ask-input"), {"ask-asked_of": radiologist.pk})

    assert response.status_code == 422


ADDRESSES = (
    "input",
    "sign-input",
    "amend-input",
    "give-up-amendment",
    "not-needed-input",
    "ask-input",
    "input-scores",
)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_and_the_referrer_find_nothing(client, wanted, name):
    case = wanted.case
    factories.member(case.board, Role.REFERRER, user=case.referred_by)
    elsewhere = factories.member(factories.board(), specialty=Specialty.SURGERY)

    for outsider in (factories.person(), elsewhere, case.referred_by):
        client.force_login(outsider)
        assert client.post(address(wanted, name), {"reason": "x", "version": "1"}).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER, Role.MEMBER])
def test_who_sits_on_the_board_reads_but_does_not_answer(client, wanted, role):
    specialty = Specialty.ONCOLOGY if role == Role.MEMBER else ""
    client.force_login(factories.member(wanted.case.board, role, specialty))

    assert client.get(address(wanted)).status_code == 200
    assert answer(client, wanted, **SAID, resectable="YES").status_code == 403
    assert client.post(address(wanted, "amend-input"), {"reason": "x"}).status_code == 403


def test_a_draft_is_not_read_by_others(client, wanted, surgeon):
    service.save_draft(
        specialist_input=wanted, version=1, fields={"opinion_reason": "not yet sure"}, details={}, by=surgeon
    )
    client.force_login(factories.member(wanted.case.board, Role.COORDINATOR))

    page = client.get(address(wanted)).content.decode()

    assert "not yet sure" not in page
    assert "is writing" in page


def test_the_remnant_is_computed_while_it_is_typed(client, wanted, surgeon):
    client.force_login(surgeon)
    said = {"flr_volume_ml": "320", "total_liver_volume_ml": "1700", "tumour_volume_ml": "250"}

    response = client.post(address(wanted, "input-scores"), said)

    assert "22.1 %" in response.content.decode()
    assert not Draft.objects.exists()


def test_queries_do_not_grow(client, board, surgeon):
    client.force_login(surgeon)
    counts = []
    for rows in (1, 3):
        one = an_input(factories.a_case(board), surgeon)
        for number in range(1, rows + 1):
            factories.a_lesion(one.case, number, ["6"], 20)
            factories.lab(one.case, "cea", number, "µg/L", date(2026, 11, number))
        for specialty in [Specialty.PATHOLOGY, Specialty.ONCOLOGY, Specialty.RADIOLOGY][:rows]:
            a_signed_input(one.case, factories.member(board, specialty=specialty), specialty)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(one))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 25
