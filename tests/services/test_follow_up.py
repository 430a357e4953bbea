"""Actions are reported by whom they concern, only ever added to, and close the case with the last one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import ActionUpdate, Case, StatusChange
from cases.models.follow_up import actions
from cases.services import follow_up
from cases.vocabulary import CaseStatus, Role
from tests.factories import member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def report(action, by, kind="ACCEPTED", *, reason="", note="", happened_on=None):
    planned_on = action.due_on if kind == "ACCEPTED" else None
    return follow_up.report(
        action=action,
        report=kind,
        reason=reason,
        note=note,
        happened_on=happened_on,
        planned_on=planned_on,
        by=by,
    )


def test_owners_are_told_once_and_without_what_is_to_be_done(room):
    mine = [room.action(), room.action(kind="IMAGING", detail="CT volume")]
    room.decide([*mine, room.action(owner=room.oncologist)])
    told = {message.recipient: message for message in Message.objects.filter(kind="action.handed_over")}

    assert set(told) == {room.surgeon, room.oncologist}
    assert told[room.surgeon].title == f"2 actions for you in {room.case.number}"
    for secret in ("CT volume", "hepatectomy", "Resection", room.case.patient.family_name):
        assert secret not in told[room.surgeon].text + told[room.surgeon].html


def test_the_owner_reports_and_the_newest_report_counts(room):
    action = room.decide([room.action(), room.action()]).actions.first()
    report(action, room.surgeon)
    report(action, room.surgeon, "DONE", happened_on=room.today, note=" R0. ")

    assert actions().with_report().get(pk=action.pk).last_report == "DONE"
    assert [update.note for update in action.updates.order_by("created_at")] == ["", "R0."]
    assert trail.of(room.case.about).filter(verb="action.reported").count() == 2


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
def test_who_leads_the_board_reports_for_others(room, role):
    action = room.decide().actions.get()

    assert report(action, member(room.board, role)).pk


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.REFERRER])
def test_others_do_not_report(room, role):
    action = room.decide().actions.get()

    with pytest.raises(PermissionDenied):
        report(action, member(room.board, role))


def test_a_coordinator_of_another_board_does_not_report(room):
    with pytest.raises(PermissionDenied):
        report(room.decide().actions.get(), a_room().coordinator)


def test_nothing_is_reported_before_the_signature(room):
    kept = room.written()

    with pytest.raises(Refused, match="not signed yet"):
        report(kept.actions.get(), room.surgeon)


def test_a_report_before_the_meeting_is_refused(room):
    action = room.decide().actions.get()

    with pytest.raises(Refused, match="before the board"):
        report(action, room.surgeon, "DONE", happened_on=room.today - timedelta(days=2))
    with pytest.raises(Refused, match="Choose the reason"):
        report(action, room.surgeon, "NOT_DONE")
    assert not ActionUpdate.objects.exists()


@pytest.mark.parametrize(
    "sql", ["UPDATE cases_actionupdate SET note = 'x'", "DELETE FROM cases_actionupdate"]
)
def test_the_database_itself_keeps_reports(room, sql):
    report(room.decide().actions.get(), room.surgeon)

    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_last_action_to_end_closes_the_case(room):
    first, second = room.decide([room.action(), room.action(owner=room.oncologist)]).actions.order_by(
        "position"
    )
    report(first, room.surgeon, "DONE", happened_on=room.today)
    room.case.refresh_from_db()
    assert room.case.status == CaseStatus.DECIDED

    report(second, room.oncologist, "NOT_DONE", reason="PATIENT_DECLINED")
    room.case.refresh_from_db()

    assert room.case.status == CaseStatus.CLOSED
    assert StatusChange.objects.get(step="closed").by == room.oncologist


def test_what_has_not_ended_keeps_the_case_open(room):
    action = room.decide().actions.get()
    report(action, room.surgeon)
    report(action, room.surgeon, "PARTLY", reason="LOGISTICS", happened_on=room.today)
    report(action, room.surgeon, "DECLINED", reason="OTHER", note="On leave.")
    room.case.refresh_from_db()

    assert room.case.status == CaseStatus.DECIDED


def test_a_correction_after_closing_is_kept_and_moves_nothing(room):
    action = room.decide().actions.get()
    report(action, room.surgeon, "DONE", happened_on=room.today)
    report(action, room.coordinator, "NOT_DONE", reason="PROGRESSION")

    assert actions().with_report().get(pk=action.pk).last_report == "NOT_DONE"
    assert StatusChange.objects.filter(step="closed").count() == 1


def test_an_owner_who_left_the_board_sees_their_own_action_and_not_the_case(room):
    mine, other = room.decide([room.action(), room.action(owner=room.oncologist)]).actions.order_by(
        "position"
    )
    room.surgeon.memberships.update(ended_at=timezone.now())

    assert list(actions().visible_to(room.surgeon)) == [mine]
    assert set(actions().visible_to(room.oncologist)) == {mine, other}
    assert not Case.objects.visible_to(room.surgeon).exists()
    assert not actions().visible_to(person()).exists()
