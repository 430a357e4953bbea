"""Are old, missing and sealed opinions shown as what they are?"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import ImagingStudy, SpecialistInput
from cases.queries.hold_voices import voices_of
from cases.queries.recorded import recorded_of
from cases.vocabulary import CaseStatus, InputStatus, Specialty
from tests.factories import a_case, agenda_item, board, meeting, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return a_case(board(), CaseStatus.LISTED)


def item_of(case):
    return agenda_item(meeting(case.board), case)


def asked(case, specialty, who=None, **more):
    who = who or member(case.board, specialty=specialty, title="Dr", given_name="Ida", family_name="Lowe")
    fields = {"presentation": case.presentation, "asked_of": who, "asked_at": timezone.now()} | more
    return SpecialistInput.objects.create(case=case, specialty=specialty, created_by=who, **fields)


def signed(case, specialty, opinion="RESECT", days_ago=0, **more):
    by = member(case.board, specialty=specialty)
    said = {"opinion": opinion, "confidence": "HIGH", "opinion_reason": "Two lesions on the right."}
    at = timezone.now() - timedelta(days=days_ago)
    return asked(case, specialty, by, status=InputStatus.SIGNED, signed_at=at, signed_by=by, **said, **more)


def heard(case, *, is_begun=True):
    item = item_of(case)
    return {voice.specialty: voice for voice in voices_of(item, recorded_of(case), is_begun=is_begun).heard}


def test_what_is_given_and_what_is_awaited(case):
    signed(case, Specialty.SURGERY)
    asked(case, Specialty.PATHOLOGY)
    asked(case, Specialty.NURSING, status=InputStatus.NOT_NEEDED, not_needed_reason="Known well.")

    voices = heard(case)

    given, awaited = voices[Specialty.SURGERY], voices[Specialty.PATHOLOGY]
    assert (given.state, given.opinion, given.reason) == ("given", "Resect", "Two lesions on the right.")
    assert (awaited.state, awaited.opinion, awaited.reason) == ("pending", "Pending", "asked of Dr I. Lowe")
    assert Specialty.NURSING not in voices


def test_an_opinion_from_before_the_last_imaging_says_so(case):
    before = signed(case, Specialty.SURGERY, days_ago=9)
    signed(case, Specialty.ONCOLOGY)
    on = timezone.now().astimezone(case.board.zone).date() - timedelta(days=3)
    ImagingStudy.objects.create(case=case, modality="CT", performed_on=on, created_by=before.signed_by)

    voices = heard(case)

    old = voices[Specialty.SURGERY]
    assert (old.state, old.old_because) == ("stale", "before the last imaging")
    assert old.said_on == before.signed_at.astimezone(case.board.zone).date()
    assert voices[Specialty.ONCOLOGY].state == "given"


def test_an_opinion_for_an_earlier_discussion_is_not_taken_for_this_one(case):
    signed(case, Specialty.SURGERY, presentation=1, days_ago=100)
    signed(case, Specialty.ONCOLOGY, presentation=1, days_ago=100)
    case.presentation = 2
    case.save()
    asked(case, Specialty.SURGERY)

    voices = heard(case)

    again, silent = voices[Specialty.SURGERY], voices[Specialty.ONCOLOGY]
    assert {again.state, silent.state} == {"stale"}
    assert again.old_because == silent.old_because == "earlier discussion"
    assert again.reason == "now asked of Dr I. Lowe"


def test_sealed_opinions_are_on_no_wall_before_the_case_is_opened(case):
    case.board.seals_opinions = True
    case.board.save()
    signed(case, Specialty.SURGERY, opinion="TRANSPLANT_EVALUATION")

    before = heard(case, is_begun=False)[Specialty.SURGERY]
    assert (before.state, before.opinion) == ("sealed", "Given")
    assert "lesions" not in before.reason


def test_where_the_board_stood_stands_for_ever(case):
    item = item_of(case)
    item.stood_before = {
        "SURGERY": {"opinion": "RESECT", "confidence": "HIGH"},
        "ONCOLOGY": {"opinion": "ABLATE", "confidence": "LOW"},
        "RADIOLOGY": {"opinion": "RESECT", "confidence": "LOW"},
    }
    signed(case, Specialty.SURGERY, opinion="ABLATE")

    assert voices_of(item, recorded_of(case), is_begun=True).before_the_talk == "2 resect, 1 ablate"


def test_a_day_is_that_of_the_boards_wall_clock():
    here = board(time_zone="Pacific/Auckland")
    case = a_case(here, CaseStatus.LISTED)
    late = signed(case, Specialty.SURGERY)
    ImagingStudy.objects.create(
        case=case, modality="CT", performed_on=date(2099, 1, 1), created_by=late.signed_by
    )

    voice = heard(case)[Specialty.SURGERY]

    assert voice.said_on == late.signed_at.astimezone(here.zone).date()
