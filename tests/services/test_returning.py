"""A date that the board signed brings its case back by itself: once, with its question, and all are told."""

from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model

from cases.domain.returning import Signed, question
from cases.models import Case, StatusChange
from cases.services import returning
from cases.vocabulary import CaseStatus
from tests.factories import a_case, brought_to
from tests.factories.decisions import a_room
from tests.factories.plans import reported
from tumorboard.notifications.models import Message

TODAY = date(2027, 2, 1)
SIGNED = Signed(
    met_on=date(2026, 11, 22), expires_on=None, re_present_on=None, re_present_why="", unfinished=1
)
EXPIRED = "The recommendation of 22-Nov-2026 has expired before it was carried out: does it still hold?"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"re_present_on": date(2027, 2, 2), "re_present_why": "x"}, None),
        ({"re_present_on": TODAY, "re_present_why": "remnant grown?"}, "Re-staging: remnant grown?"),
        ({"re_present_on": TODAY, "unfinished": 0}, "Re-staging: what has changed, and what follows?"),
        ({"expires_on": TODAY}, None),
        ({"expires_on": date(2027, 1, 31)}, EXPIRED),
        ({"expires_on": date(2027, 1, 31), "unfinished": 0}, None),
        ({"expires_on": date(2027, 1, 1), "re_present_on": TODAY, "re_present_why": "x"}, "Re-staging: x"),
    ],
)
def test_which_question_it_comes_back_with(change, words):
    asked = question(Signed(**(SIGNED.__dict__ | change)), today=TODAY)

    assert (asked.words if asked else None) == words


@pytest.fixture
def room(db, on_a_tuesday):
    return a_room()


def morning(room, days):
    return datetime.combine(room.today + timedelta(days=days), time(8), tzinfo=room.board.zone)


def decide(room, *actions, **fields):
    return room.decide(list(actions) or None, **fields)


def now(room) -> Case:
    return Case.objects.get(pk=room.case.pk)


def test_on_its_day_the_case_comes_back_prepared_and_told(room):
    decide(room, re_present_on=room.today + timedelta(days=30), re_present_why="Has the remnant grown?")

    assert [returning.re_present_due(now=morning(room, days)) for days in (29, 30, 30, 31)] == [0, 1, 0, 0]
    case = now(room)
    assert (case.status, case.presentation) == (CaseStatus.PREPARING, 2)
    assert case.question == "Re-staging: Has the remnant grown?"
    assert StatusChange.objects.get(step="re-presented").by == get_user_model().objects.the_system()
    assert {one.specialty for one in case.inputs.filter(presentation=2)} == set(room.board.input_specialties)
    told = Message.objects.filter(kind="case.re_presented")
    assert {one.recipient for one in told} == {room.coordinator, room.referrer}
    for message in told:
        assert "remnant" not in message.title + message.text + message.html
        assert room.case.patient.family_name not in message.text


def test_a_case_that_is_closed_comes_back_too(room):
    signed = decide(room, re_present_on=room.today + timedelta(days=30), re_present_why="Recurrence?")
    reported(signed.actions.get(), "DONE", happened_on=room.today)
    Case.objects.filter(pk=room.case.pk).update(status=CaseStatus.CLOSED)

    assert returning.re_present_due(now=morning(room, 30)) == 1
    assert now(room).status == CaseStatus.PREPARING


@pytest.mark.parametrize(("done", "comes"), [(False, 1), (True, 0)])
def test_expired_it_comes_back_unless_it_was_carried_out(room, done, comes):
    signed = decide(room, room.action(), expires_on=room.today + timedelta(days=10))
    if done:
        reported(signed.actions.get(), "DONE", happened_on=room.today)

    assert returning.re_present_due(now=morning(room, 10)) == 0
    assert returning.re_present_due(now=morning(room, 13)) == comes
    if comes:
        assert now(room).question.endswith("does it still hold?")


@pytest.mark.parametrize("status", [CaseStatus.PREPARING, CaseStatus.LISTED, CaseStatus.WITHDRAWN])
def test_a_case_that_is_under_way_or_withdrawn_is_left_alone(room, status):
    decide(room, re_present_on=room.today + timedelta(days=30), re_present_why="x")
    brought_to(now(room), status)

    assert returning.re_present_due(now=morning(room, 30)) == 0
    assert now(room).presentation == 1


def test_the_version_in_force_says_when(room):
    first = decide(room, re_present_on=room.today + timedelta(days=30), re_present_why="x")
    room.amend(first, re_present_on=room.today + timedelta(days=62), re_present_why="later")

    assert [returning.re_present_due(now=morning(room, days)) for days in (30, 61, 62)] == [0, 0, 1]


def test_one_that_cannot_come_back_does_not_keep_the_others(room):
    decide(room, re_present_on=room.today + timedelta(days=30), re_present_why="x")
    Case.objects.filter(pk=room.case.pk).update(status=CaseStatus.CLOSED)
    a_case(room.board, CaseStatus.PREPARING, patient=room.case.patient)
    other = a_room()
    decide(other, re_present_on=other.today + timedelta(days=30), re_present_why="y")

    assert returning.re_present_due(now=morning(room, 30)) == 1
    assert (now(room).status, now(other).status) == (CaseStatus.CLOSED, CaseStatus.PREPARING)
    assert returning.re_present_due(now=morning(room, 31)) == 0
    assert Message.objects.get(kind="case.not_re_presented").recipient == room.coordinator
