"""Who answers for whom, until when, and who hears of it?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Absence, Meeting, MeetingReply
from cases.services import meeting as meetings
from cases.services import replies as service
from cases.vocabulary import MeetingStatus, Reply, Role, Specialty
from tests.factories import board, meeting, member, person
from tests.together import at_once
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
S = Specialty


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coming(here):
    return meeting(here)


@pytest.fixture
def surgeon(here):
    return member(here, specialty=S.SURGERY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def second(here):
    return member(here, specialty=S.SURGERY, given_name="Ben", family_name="Hope")


def say(on, user, reply, **more):
    return service.say(**({"meeting": on, "user": user, "reply": reply, "by": user} | more))


def told() -> list[tuple]:
    rows = Message.objects.filter(kind="reply.deputy").order_by("created_at", "version")
    return [(row.recipient.family_name, "need not" not in row.title, row.state) for row in rows]


def test_the_last_answer_counts_and_the_earlier_ones_stand_in_the_history(coming, surgeon):
    say(coming, surgeon, Reply.COMING)
    say(coming, surgeon, Reply.COMING)
    last = say(coming, surgeon, Reply.NOT_COMING, note=" On call. ", by_link=True)

    row = MeetingReply.objects.get()
    assert (row, row.reply, row.note, row.version, row.by_link) == (last, "NOT_COMING", "On call.", 2, True)
    events = trail.of(coming.about).filter(verb="reply.said")
    assert [(event.details["reply"], event.details["by_link"]) for event in events] == [
        ("NOT_COMING", True),
        ("COMING", False),
    ]
    assert "On call" not in str([event.details for event in events])


@pytest.mark.parametrize("role", Role.values)
def test_on_behalf_of_somebody_answers_who_leads_the_board(here, coming, surgeon, role):
    other = member(here, role=role)
    if role in {"COORDINATOR", "CHAIR"}:
        row = say(coming, surgeon, Reply.COMING, by=other)
        assert (row.user, row.created_by) == (surgeon, other)
        return
    with pytest.raises(PermissionDenied):
        say(coming, surgeon, Reply.COMING, by=other)


def test_who_does_not_sit_there_is_not_asked(here, coming, surgeon):
    for stranger in (person(), member(board()), member(here, Role.REFERRER)):
        with pytest.raises(PermissionDenied):
            say(coming, stranger, Reply.COMING)
    surgeon.memberships.update(ended_at=timezone.now())
    with pytest.raises(PermissionDenied):
        say(coming, surgeon, Reply.COMING)


def test_a_deputy_is_told_and_told_again_when_somebody_else_is_named(here, coming, surgeon, second):
    third = member(here, specialty=S.RADIOLOGY, given_name="Cem", family_name="Ince")
    say(coming, surgeon, Reply.DEPUTY, deputy=second)
    say(coming, surgeon, Reply.DEPUTY, deputy=second, note="Only for the first hour.")
    assert told() == [("Hope", True, "QUEUED")]
    assert Message.objects.get().title.startswith("You come for A. Lowe on ")

    say(coming, surgeon, Reply.DEPUTY, deputy=third)  # unheard: taken back without a word
    assert told() == [("Hope", True, "CANCELLED"), ("Ince", True, "QUEUED")]

    now = timezone.now()
    Message.objects.filter(recipient=third).update(
        state="SENT", sent_at=now, handover_at=now, to_address=third.email
    )
    say(coming, surgeon, Reply.COMING)
    assert told()[1:] == [("Ince", True, "SENT"), ("Ince", False, "QUEUED")]
    assert MeetingReply.objects.get().deputy is None


def test_two_who_name_the_same_deputy_are_both_told_of(here, coming, surgeon, second):
    other = member(here, specialty=S.RADIOLOGY)
    say(coming, surgeon, Reply.DEPUTY, deputy=second)
    say(coming, other, Reply.DEPUTY, deputy=second)

    assert told() == [("Hope", True, "QUEUED")] * 2


@pytest.mark.parametrize("what", ["moved", "called off"])
def test_of_a_day_that_is_no_longer_so_no_deputy_is_told(here, coming, surgeon, second, what):
    say(coming, surgeon, Reply.DEPUTY, deputy=second)
    coordinator = member(here, Role.COORDINATOR)
    if what == "moved":
        later = {name: getattr(coming, name) + timedelta(days=1) for name in ("starts_at", "ends_at")}
        meetings.move(meeting=coming, place="", version=coming.version, by=coordinator, **later)
        assert not MeetingReply.objects.exists()
    else:
        meetings.cancel(meeting=coming, reason="A holiday.", by=coordinator)

    assert told() == [("Hope", True, "CANCELLED")]


@pytest.mark.parametrize(
    ("deputy", "words"),
    [
        (None, "Choose who comes"),
        ("self", "Choose who comes"),
        ("stranger", "does not sit on"),
        ("observer", "does not sit on"),
        ("left", "does not sit on"),
        ("away", "is away on"),
        ("says no", "do not come themselves"),
    ],
)
def test_who_cannot_be_named(here, coming, surgeon, second, deputy, words):
    named = {"self": surgeon, "stranger": person(), "observer": member(here, Role.OBSERVER)}.get(
        deputy, second
    )
    if deputy == "left":
        second.memberships.update(ended_at=timezone.now())
    if deputy == "away":
        day = coming.starts_at.astimezone(here.zone).date()
        Absence.objects.create(user=second, first_day=day, last_day=day, created_by=second)
    if deputy == "says no":
        say(coming, second, Reply.NOT_COMING)
    with pytest.raises(Refused, match=words):
        say(coming, surgeon, Reply.DEPUTY, deputy=named if deputy else None)
    assert not MeetingReply.objects.filter(user=surgeon).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": MeetingStatus.CANCELLED}, "called off"),
        ({"status": MeetingStatus.CLOSED}, "is over"),
        ({"starts_at": -3, "ends_at": -1}, "is over"),
    ],
)
def test_too_late_is_said_in_words(coming, surgeon, change, words):
    now = timezone.now()
    said = {
        name: now + timedelta(hours=value) if isinstance(value, int) else value
        for name, value in change.items()
    }
    Meeting.objects.filter(pk=coming.pk).update(**said)
    with pytest.raises(Refused, match=words):
        say(coming, surgeon, Reply.COMING)  # with the row as it was read before


@pytest.mark.django_db(transaction=True)
def test_two_answers_of_one_person_at_once_are_one_row():
    here = board()
    coming, surgeon, coordinator = meeting(here), member(here), member(here, Role.COORDINATOR)
    at_once(
        lambda: say(coming, surgeon, Reply.COMING),
        lambda: say(coming, surgeon, Reply.NOT_COMING, by=coordinator),
    )

    assert MeetingReply.objects.get().version == 2
