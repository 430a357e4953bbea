"""Does the list hold all that is owed and what was done about it, however much, in as many queries?"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Absence, ActionUpdate, ChaseNote, Draft, Ratification
from cases.queries.chase import HAS_LEFT, IS_GONE, NOBODY_ASKED, by_person, debts
from cases.queries.chase_debt import What
from cases.queries.chase_log import with_log
from cases.vocabulary import CaseStatus, InputStatus, Role, Specialty, Urgency
from tests.factories import a_case, agenda_item, board, meeting, member, person
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input
from tumorboard.audit import trail
from tumorboard.notifications import outbox
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


@pytest.fixture
def surgeon(here):
    return member(here, family_name="Duarte")


def owed(user, what=What.INPUT):
    return [debt for debt in debts(user, now=timezone.now()) if debt.what == what]


def logged(user, what=What.INPUT):
    now = timezone.now()
    return [row for row in with_log(debts(user, now=now), now=now) if row.debt.what == what]


def ago(**span):
    return timezone.now() - timedelta(**span)


def test_inputs_of_cases_that_are_prepared_are_owed_until_they_are_signed(here, coordinator, surgeon):
    wanted = an_input(a_case(here), surgeon, due_at=ago(days=2))
    an_input(a_case(here), surgeon, status=InputStatus.NOT_NEEDED, not_needed_reason="No surgery.")
    an_input(a_case(here, CaseStatus.DECIDED), surgeon)
    an_input(a_case(here), surgeon, revision=2, amendment_reason="New CT.")
    an_input(a_case(here, presentation=2), surgeon, presentation=1)
    an_input(a_case(), member(board()))

    [one] = owed(coordinator)

    assert (one.pk, one.who, one.title, one.is_late) == (wanted.pk, surgeon, "Hepatobiliary surgery", True)
    assert one.due_words == "2 days late"
    assert one.person == (here.pk, surgeon.pk)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REFERRER, Role.OBSERVER])
def test_who_may_not_ask_sees_nothing(here, surgeon, role):
    an_input(a_case(here), surgeon)

    assert debts(member(here, role), now=timezone.now()) == []


def test_a_chair_sees_it_too(here, surgeon):
    an_input(a_case(here), surgeon)

    assert len(owed(member(here, Role.CHAIR))) == 1


def test_who_cannot_be_chased_is_said(here, coordinator, surgeon):
    gone = member(here, Role.MEMBER, Specialty.ONCOLOGY, is_active=False)
    surgeon.memberships.update(ended_at=timezone.now())
    case = a_case(here)
    an_input(case, surgeon)
    an_input(case, gone, Specialty.ONCOLOGY)
    an_input(case, None, Specialty.RADIOLOGY)

    found = owed(coordinator)

    assert {one.unreachable for one in found} == {HAS_LEFT, IS_GONE, NOBODY_ASKED}
    assert [one for one in found if one.person] == []


def test_what_a_referrer_has_not_told_is_one_line_a_case(here, coordinator):
    case = a_case(here)

    [one] = owed(coordinator, What.REFERRAL)

    assert (one.case, one.who, one.blocks) == (case, case.referred_by, True)
    assert "ECOG" in one.detail
    assert re.fullmatch(r"\d+ items missing from your referral", one.in_mail)
    assert one.person == (here.pk, case.referred_by.pk)


def test_who_is_asked_for_what_blocks_comes_before_others(here, coordinator, surgeon):
    radiologist = member(here, specialty=Specialty.RADIOLOGY)
    case = a_case(here)
    an_input(case, surgeon)
    an_input(case, radiologist, Specialty.RADIOLOGY)

    assert [(one.who, one.blocks) for one in owed(coordinator)] == [(radiologist, True), (surgeon, False)]


def test_an_emergency_is_chased_before_a_case_of_the_next_meeting(here, coordinator, surgeon):
    listed, urgent = a_case(here, CaseStatus.LISTED), a_case(here, urgency=Urgency.EMERGENCY)
    coming = meeting(here, timezone.now() + timedelta(days=3))
    agenda_item(coming, listed)
    an_input(listed, surgeon)
    an_input(urgent, surgeon)

    found = owed(coordinator)

    assert [one.case for one in found] == [urgent, listed]
    assert [one.meeting for one in found] == [None, coming]


def test_open_ratifications_and_silent_or_late_actions_are_owed():
    room = a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))
    radiologist = member(room.board, specialty=Specialty.RADIOLOGY)
    late, silent, answered = (room.action(days=n) for n in (1, 20, 21))
    decided = room.decide(actions=[late, silent, answered])
    first, second, third = decided.actions.order_by("position")
    ActionUpdate.objects.create(
        action=third, report="ACCEPTED", planned_on=room.today, created_by=room.surgeon
    )

    def found(days):
        now = timezone.now() + timedelta(days=days)
        return debts(room.coordinator, now=now)

    ratification = Ratification.objects.get()
    at_once = [one for one in found(0) if one.what != What.REFERRAL]
    assert [(one.pk, one.who) for one in at_once] == [(ratification.pk, radiologist)]
    later = {one.pk: one for one in found(3) if one.what == What.ACTION}
    assert set(later) == {first.pk, second.pk}
    assert (later[first.pk].is_late, later[second.pk].is_late) == (True, False)
    assert [later[pk].in_mail for pk in (first.pk, second.pk)] == [
        "a report on action 1",
        "an answer to action 2",
    ]


def test_each_email_about_it_is_told_with_what_became_of_it(here, coordinator, surgeon):
    case = a_case(here)
    an_input(case, surgeon, asked_at=ago(hours=1))
    said = {"title": "-", "text": "-", "scope": here.scope, "recipient": surgeon}
    outbox.put(kind="input.asked", about=case.about, **said)
    outbox.put(kind="input.asked", about=a_case(here).about, **said)
    outbox.put(kind="input.reminder", about="meeting:1", **said)
    outbox.put(kind="input.chased", about=f"chase:{here.pk}:{surgeon.pk}", **said)
    outbox.put(kind="input.chased", about=f"chase:{here.pk}:{coordinator.pk}", version=2, **said)
    sent = {"state": State.SENT, "sent_at": ago(minutes=50), "handover_at": ago(minutes=50)}
    Message.objects.filter(kind="input.asked").update(**sent, to_address=surgeon.email)
    Message.objects.filter(kind="input.reminder").update(state=State.DEAD, last_error="no such user")

    [row] = logged(coordinator)

    assert [(one.what, one.state) for one in row.told] == [
        ("Asked", "Sent"),
        ("Reminded", "Not deliverable"),
        ("Chased", "Waiting"),
    ]
    assert row.just_chased
    assert not row.opened_since


def test_what_was_sent_before_it_was_asked_for_was_about_something_else(here, coordinator, surgeon):
    outbox.put(
        kind="input.chased",
        about=f"chase:{here.pk}:{surgeon.pk}",
        recipient=surgeon,
        title="-",
        text="-",
        scope=here.scope,
    )
    Message.objects.update(created_at=ago(hours=30))
    an_input(a_case(here), surgeon, asked_at=ago(hours=1))

    [row] = logged(coordinator)

    assert row.told == ()
    assert not row.just_chased


def test_whether_they_looked_and_began_is_told(here, coordinator, surgeon):
    seen, unseen = (an_input(a_case(here), surgeon, asked_at=ago(hours=1)) for _ in range(2))
    trail.record(actor=surgeon, verb="case.viewed", subject=seen.case, about=seen.case.about)
    trail.record(actor=coordinator, verb="case.viewed", subject=unseen.case, about=unseen.case.about)
    Draft.objects.create(owner=surgeon, form="input", key=str(seen.pk), saved_at=timezone.now())

    rows = {row.debt.pk: row for row in logged(coordinator)}

    assert (rows[seen.pk].opened_since, rows[seen.pk].begun) == (True, True)
    assert (rows[unseen.pk].opened_since, rows[unseen.pk].begun) == (False, False)


def test_a_look_before_the_last_email_is_no_answer_to_it(here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon, asked_at=timezone.now() + timedelta(hours=2))
    trail.record(actor=surgeon, verb="case.viewed", subject=one.case, about=one.case.about)

    [row] = logged(coordinator)

    assert row.opened_at
    assert not row.opened_since


def test_who_is_away_is_told_with_who_stands_in(here, coordinator, surgeon):
    deputy, today = member(here), timezone.now().astimezone(here.zone).date()
    Absence.objects.create(user=surgeon, first_day=today, last_day=today, deputy=deputy, created_by=surgeon)
    an_input(a_case(here), surgeon)

    assert [row.away.deputy for row in logged(coordinator)] == [deputy]


def much(room, n):
    """Of everything so many, each with another person, and all of it chased."""
    here, coordinator = room.board, room.coordinator
    room.decide(actions=[room.action(member(here), days=1) for _ in range(n)])
    for _ in range(n):
        surgeon, case = member(here), a_case(here, CaseStatus.LISTED)
        agenda_item(meeting(here, timezone.now() + timedelta(days=n, hours=3 * surgeon.pk)), case)
        one = an_input(case, surgeon)
        ChaseNote.objects.create(input=one, note="On Thursday.", asked=surgeon, created_by=coordinator)
        message = outbox.put(
            kind="input.chased",
            about=f"chase:{here.pk}:{surgeon.pk}",
            recipient=surgeon,
            title="-",
            text="-",
            scope=here.scope,
        )
        trail.record(
            actor=coordinator, verb="input.chased", subject=one, about=case.about, message=str(message.pk)
        )


def test_queries_do_not_grow_with_what_is_owed():
    used = []
    for n in (1, 3):
        room = a_room(present=(Specialty.SURGERY,))
        much(room, n)
        now = timezone.now() + timedelta(days=3)
        with CaptureQueriesContext(connection) as asked:
            rows = with_log(debts(room.coordinator, now=now), now=now)
        used.append(len(asked))
        assert [row.chased.by for row in rows if row.debt.what == What.INPUT] == [room.coordinator] * n
        assert len([row for row in rows if row.debt.what == What.ACTION]) == n
        assert len(by_person(row.debt for row in rows)) > 2 * n

    assert used[0] == used[1]


def test_a_stranger_owes_nothing_here(here, coordinator):
    assert debts(person(), now=timezone.now()) == []
