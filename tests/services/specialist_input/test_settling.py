"""Is nobody asked, chased or reminded of an input that is done, and everybody of what is not?"""

from datetime import UTC, datetime

import pytest
from django.db.models import F
from django.utils import timezone

from cases.notices import specialist_input as notices
from cases.notices.recipients import reason_not_to_send
from cases.services import chasing, pathway
from cases.services import specialist_input as service
from cases.services._post import owe
from cases.vocabulary import Role, Specialty
from tests import factories
from tests.factories.inputs import DETAILS, OPINION, an_input
from tumorboard.notifications import gather, outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db

TOLD = ("input.asked", "input.chased", "input.reminder")


@pytest.fixture
def board():
    return factories.board(input_specialties=[Specialty.SURGERY])


@pytest.fixture
def coordinator(board):
    return factories.member(board, Role.COORDINATOR)


@pytest.fixture
def surgeon(board, coordinator):
    return factories.member(board, specialty=Specialty.SURGERY)


@pytest.fixture
def asked(board, coordinator, surgeon):
    """Asked, chased and reminded, and none of it has left yet."""
    case = factories.a_case(board)
    [wanted] = service.request_all(case=case, by=coordinator)
    chasing.chase(people={(board.pk, surgeon.pk)}, by=coordinator)
    meeting = factories.meeting(board, starts_at=datetime(2030, 3, 5, 14, tzinfo=UTC))
    owe([notices.reminder(recipient=surgeon, owed=[(meeting, [wanted])], version=1)])
    assert states(surgeon) == dict.fromkeys(TOLD, State.QUEUED)
    return wanted


def states(person) -> dict[str, str]:
    return dict(Message.objects.filter(recipient=person).values_list("kind", "state"))


def sign(one, by):
    details = DETAILS[Specialty.SURGERY]
    service.sign(specialist_input=one, version=one.version, fields=OPINION, details=details, by=by)


def take_over(one, by):
    service.save_draft(specialist_input=one, version=one.version, fields={}, details={}, by=by)


@pytest.mark.parametrize("ends", ["signed", "signed by another", "taken over", "not needed", "asked anew"])
def test_what_has_not_left_is_withdrawn(board, coordinator, surgeon, asked, ends):
    other = factories.member(board, specialty=Specialty.SURGERY)
    if ends == "signed":
        sign(asked, surgeon)
    if ends == "signed by another":
        sign(asked, other)
    if ends == "taken over":
        take_over(asked, other)
    if ends == "not needed":
        service.mark_not_needed(specialist_input=asked, reason="Palliative.", by=coordinator)
    if ends == "asked anew":
        service.ask(case=asked.case, specialty=Specialty.SURGERY, asked_of=other, due_at=None, by=coordinator)

    assert states(surgeon) == dict.fromkeys(TOLD, State.CANCELLED)


def test_what_speaks_of_another_input_too_leaves(board, coordinator, surgeon, asked):
    other = an_input(factories.a_case(board), surgeon)
    Message.objects.exclude(kind="input.asked").delete()
    person = {(board.pk, surgeon.pk)}
    chasing.chase(people=person, again=person, by=coordinator)
    owe([notices.reminder(recipient=surgeon, owed=[(board.meetings.get(), [asked, other])], version=1)])
    sign(asked, surgeon)

    assert states(surgeon) == dict.fromkeys(TOLD, State.QUEUED) | {"input.asked": State.CANCELLED}
    sign(other, surgeon)
    assert states(surgeon) == dict.fromkeys(TOLD, State.CANCELLED)


def test_what_speaks_of_it_only_is_withdrawn_though_another_is_owed(board, surgeon, asked):
    an_input(factories.a_case(board), surgeon)
    sign(asked, surgeon)

    assert states(surgeon) == dict.fromkeys(TOLD, State.CANCELLED)


@pytest.mark.parametrize("gathered", [False, True])
def test_of_a_withdrawn_case_nobody_is_asked_reminded_or_chased(board, coordinator, surgeon, asked, gathered):
    if gathered:
        Message.objects.filter(kind="input.asked").update(gather=True, next_try_at=F("not_before"))
        an_extra = {"kind": "input.asked", "about": "case:other", "recipient": surgeon, "gather": True}
        outbox.put(**an_extra, title="T", text="T", scope=board.scope)
        gather.gather()
        assert states(surgeon)["digest"] == State.QUEUED
    chasing.chase(people={(board.pk, asked.case.referred_by_id)}, by=coordinator)
    pathway.withdraw(case=asked.case, reason="Treated elsewhere.", by=coordinator)

    mine = Message.objects.filter(recipient=surgeon, kind__in=TOLD).exclude(about="case:other")
    assert set(mine.values_list("state", flat=True)) == {State.CANCELLED}
    chased = Message.objects.filter(kind="input.chased", recipient=asked.case.referred_by)
    assert set(chased.values_list("state", flat=True)) == {State.CANCELLED}


def test_another_board_reminds_and_chases_all_the_same(coordinator, surgeon, asked):
    elsewhere = factories.board()
    factories.member(elsewhere, specialty=Specialty.SURGERY, user=surgeon)
    factories.member(elsewhere, Role.COORDINATOR, user=coordinator)
    an_input(factories.a_case(elsewhere), surgeon)
    chasing.chase(people={(elsewhere.pk, surgeon.pk)}, by=coordinator)
    sign(asked, surgeon)

    chased = Message.objects.filter(kind="input.chased", recipient=surgeon)
    assert set(chased.values_list("scope", "state")) == {
        (elsewhere.scope, State.QUEUED),
        (asked.case.board.scope, State.CANCELLED),
    }


def test_a_chase_for_a_referral_as_well_leaves(board, coordinator, surgeon):
    case = factories.a_case(board, referred_by=surgeon)
    [wanted] = service.request_all(case=case, by=coordinator)
    chasing.chase(people={(board.pk, surgeon.pk)}, by=coordinator)
    sign(wanted, surgeon)

    assert states(surgeon) == {"input.asked": State.CANCELLED, "input.chased": State.QUEUED}


def test_who_left_the_board_is_not_chased_for_what_members_owe(board, coordinator, surgeon, asked):
    chase = Message.objects.get(kind="input.chased")
    assert reason_not_to_send(chase) == ""
    surgeon.memberships.update(ended_at=timezone.now())
    assert reason_not_to_send(chase) == "no longer on the board"

    Message.objects.filter(pk=chase.pk).update(state=State.DEAD, last_error="no such user")
    again = outbox.resend(message=chase, by=coordinator)
    assert reason_not_to_send(again) == "no longer on the board"


def test_a_referrer_without_a_seat_is_chased(board, coordinator):
    case = factories.a_case(board)
    chasing.chase(people={(board.pk, case.referred_by.pk)}, by=coordinator)

    assert reason_not_to_send(Message.objects.get(kind="input.chased")) == ""
