"""Who may say that somebody is away, who can stand in, and who is told?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Absence
from cases.queries.absences import away_on
from cases.services import absences as service
from cases.services._post import owe
from cases.vocabulary import Role, Specialty
from tests.factories import board, member, person
from tests.together import at_once
from tumorboard.audit import trail
from tumorboard.notifications import gather
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
S = Specialty


@pytest.fixture
def here():
    return board()


@pytest.fixture
def surgeon(here):
    return member(here, specialty=S.SURGERY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def second(here):
    return member(here, specialty=S.SURGERY, given_name="Ben", family_name="Hope")


def day(days):
    return timezone.now().date() + timedelta(days=days)


def enter(user, first=1, last=5, **more):
    return service.enter(
        **({"user": user, "first_day": day(first), "last_day": day(last), "by": user} | more)
    )


def test_one_says_it_oneself_and_the_deputy_is_told_once(surgeon, second):
    absence = enter(surgeon, deputy=second)

    told = Message.objects.get(kind="absence.stands_in")
    assert told.recipient == second
    assert "A. Lowe is away from" in told.text
    assert [event.verb for event in trail.of(absence.about)] == ["absence.entered"]
    assert away_on([surgeon, second], day(1)) == {surgeon.pk: absence}
    assert away_on([surgeon.pk], day(5)) == {surgeon.pk: absence}
    assert away_on([surgeon], day(0)) == away_on([surgeon], day(6)) == away_on([], day(1)) == {}


def test_withdrawn_the_deputy_hears_of_it_only_if_they_heard_of_the_absence(surgeon, second):
    unheard, heard = enter(surgeon, deputy=second), enter(surgeon, 10, 12, deputy=second)
    Message.objects.filter(about=heard.about).update(
        state="SENT", sent_at=timezone.now(), handover_at=timezone.now(), to_address=second.email
    )
    for absence in (unheard, heard):
        service.withdraw(absence=absence, by=surgeon)

    assert list(Message.objects.filter(about=unheard.about).values_list("state", flat=True)) == ["CANCELLED"]
    over = Message.objects.get(about=heard.about, version=2)
    assert "You need not stand in." in " ".join(over.text.split())
    assert away_on([surgeon], day(1)) == {}
    with pytest.raises(SomeoneWasFaster):
        service.withdraw(absence=heard, by=surgeon)


@pytest.mark.parametrize(("role", "allowed"), [(r, r in {"COORDINATOR", "CHAIR"}) for r in Role.values])
def test_for_others_says_it_who_leads_a_board_that_both_sit_on(here, surgeon, role, allowed):
    other = member(here, role=role)
    elsewhere = member(board(), role=role)
    with pytest.raises(PermissionDenied):
        enter(surgeon, by=elsewhere)
    if not allowed:
        with pytest.raises(PermissionDenied):
            enter(surgeon, by=other)
        return
    absence = enter(surgeon, by=other)
    assert (absence.user, absence.created_by) == (surgeon, other)
    service.withdraw(absence=absence, by=other)


def test_overlapping_days_are_refused_in_words_until_the_first_is_withdrawn(surgeon):
    first = enter(surgeon, 1, 5)
    with pytest.raises(Refused, match=r"A\. Lowe is away from .* already"):
        enter(surgeon, 5, 9)
    enter(surgeon, 6, 9)
    service.withdraw(absence=first, by=surgeon)
    enter(surgeon, 2, 3)


# the person's seats, the deputy's seats (board: role, discipline), what is said
DEPUTIES = [
    ({1: ("MEMBER", "SURGERY")}, {1: ("MEMBER", "SURGERY")}, ""),
    ({1: ("MEMBER", "SURGERY")}, {1: ("CHAIR", "SURGERY")}, ""),
    ({1: ("MEMBER", "SURGERY")}, {1: ("MEMBER", "RADIOLOGY")}, "for hepatobiliary surgery on"),
    ({1: ("MEMBER", "SURGERY")}, {1: ("OBSERVER", "SURGERY")}, "for hepatobiliary surgery on"),
    ({1: ("MEMBER", "SURGERY")}, {1: ("COORDINATOR", "")}, "for hepatobiliary surgery on"),
    ({1: ("MEMBER", "SURGERY")}, {2: ("MEMBER", "SURGERY")}, "for hepatobiliary surgery on"),
    ({1: ("COORDINATOR", "")}, {1: ("MEMBER", "RADIOLOGY")}, ""),
    ({1: ("MEMBER", "SURGERY"), 2: ("MEMBER", "SURGERY")}, {2: ("MEMBER", "SURGERY")}, ""),
    ({}, {1: ("MEMBER", "SURGERY")}, "sits on no board"),
]


@pytest.mark.parametrize(("theirs", "deputys", "refused"), DEPUTIES)
def test_who_can_stand_in(theirs, deputys, refused):
    boards = {1: board(), 2: board()}
    user, deputy = person(), person()
    for who, seats in ((user, theirs), (deputy, deputys)):
        for number, (role, specialty) in seats.items():
            member(boards[number], role=role, specialty=specialty, user=who)
    if not refused:
        assert enter(user, deputy=deputy).deputy == deputy
        return
    with pytest.raises(Refused, match=refused):
        enter(user, deputy=deputy)


def test_nobody_stands_in_who_has_left_or_for_themselves(surgeon, second):
    with pytest.raises(Refused, match="themselves"):
        enter(surgeon, deputy=surgeon)
    second.memberships.update(ended_at=timezone.now())
    with pytest.raises(Refused, match="takes somebody"):
        enter(surgeon, deputy=second)
    second.memberships.update(ended_at=None)
    type(second).objects.filter(pk=second.pk).update(is_active=False)
    second.refresh_from_db()
    with pytest.raises(Refused, match="no longer has access"):
        enter(surgeon, deputy=second)


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_days_at_once_enter_them_once():
    here = board()
    surgeon, coordinator = member(here), member(here, Role.COORDINATOR)
    outcomes = at_once(lambda: enter(surgeon), lambda: enter(surgeon, by=coordinator))

    assert Absence.objects.count() == 1
    assert sum(isinstance(one, Refused) for one in outcomes) == 1


# -- what waits already -------------------------------------------------------------------------------------


def waits(here, to, kind="input.asked", **more):
    """As the pathway owes it, while its recipient is expected to be here."""
    words = {"title": "Asked", "text": "Dear A,\n\nYour input is asked.\n\n-- \nFooter", "html": ""}
    return owe([{"kind": kind, "about": "case:1", "recipient": to, "scope": here.scope} | words | more])[0]


def copies(state="QUEUED"):
    return {one.recipient for one in Message.objects.filter(about__contains="/for:", state=state)}


@pytest.mark.parametrize("gathered", [False, True])
def test_what_waits_when_an_absence_is_entered_reaches_the_deputy_and_is_taken_back_with_it(
    here, surgeon, second, gathered
):
    one = waits(here, surgeon)
    if gathered:
        waits(here, surgeon, about="case:2")
        Message.objects.update(gather=True, not_before=one.created_at, next_try_at=one.created_at)
        gather.gather()
        assert Message.objects.get(pk=one.pk).state == "GATHERED"
    waits(here, surgeon, kind="letter.sent", about="letter:1")  # no deputy is told of these
    absence = enter(surgeon, first=0, deputy=second)
    assert copies() == {second}
    assert Message.objects.filter(about__contains="/for:").count() == 1 + gathered

    service.withdraw(absence=absence, by=surgeon)
    assert (copies(), copies("CANCELLED")) == (set(), {second})
    enter(surgeon, first=0, deputy=second)
    assert copies() == {second}


def test_what_leaves_before_the_absence_or_after_it_is_not_copied(here, surgeon, second):
    waits(here, surgeon)
    waits(here, surgeon, about="case:2", not_before=timezone.now() + timedelta(days=9))
    enter(surgeon, first=1, last=5, deputy=second)
    assert copies() == set()


def test_a_deputy_who_goes_away_hands_on_what_waits(here, surgeon, second):
    third = member(here, specialty=Specialty.SURGERY)
    enter(surgeon, first=0, deputy=second)
    waits(here, surgeon)
    assert copies() == {second}
    enter(second, first=2, deputy=third)
    assert copies() == {second}, "it leaves before"
    service.withdraw(absence=second.absences.get(), by=second)
    enter(second, first=0, deputy=third)
    assert (copies(), copies("CANCELLED")) == ({third}, {second})
    service.withdraw(absence=second.absences.standing().get(), by=second)
    assert (copies(), copies("CANCELLED")) == ({second}, {second, third}), "back after all"
