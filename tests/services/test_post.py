"""When does an e-mail leave, with which others, and who else gets it? Expected moments written by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Absence, ClosedDay, MailSettings
from cases.notices._render import entry
from cases.notices.recipients import reason_not_to_send
from cases.services._post import owe, withdraw
from cases.vocabulary import Role, Specialty
from tests.factories import board, member, person
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db
# A Friday in winter: London's clock is UTC. The board: mornings at 08:00, quiet from 20:00 to 07:00.
FRIDAY = "2026-12-04"


def at(text) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def here():
    return board(holidays="GB-ENG", quiet_from=time(20), quiet_until=time(7))


@pytest.fixture
def surgeon(here):
    return member(here, specialty=Specialty.SURGERY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def second(here):
    return member(here, specialty=Specialty.SURGERY, given_name="Ben", family_name="Hope")


def mail(here, to, kind="input.asked", about="case:1", link="http://localhost:8000/x/", **more):
    context = {
        "input": type("Asked", (), {"get_specialty_display": "Surgery", "due_at": at("2026-12-09T09:00")}),
        "case": type("Case", (), {"number": "LT-26-0001"}),
        "zone": "Europe/London",
        "reason": "",
        "number": "LT-26-0001",
    }
    return entry(
        kind=kind, title="Asked", recipient=to, board=here, link=link, about=about, context=context, **more
    )


# kind, choice, seconds to gather, owed at, planned for, useless from -> leaves at ("" = now), with others?
MOMENTS = [
    ("input.asked", "", 0, "2026-12-04T10:00", "", "", "", False),
    ("input.asked", "", 120, "2026-12-04T10:00", "", "", "2026-12-04T10:02", True),
    ("input.asked", "", 120, "2026-12-04T19:59", "", "", "2026-12-05T07:00", True),  # into the night
    ("input.asked", "", 0, "2026-12-04T20:00", "", "", "2026-12-05T07:00", False),  # a Saturday morning
    ("input.asked", "", 0, "2026-12-04T06:59", "", "", "2026-12-04T07:00", False),
    ("input.asked", "", 0, "2026-12-04T07:00", "", "", "", False),
    ("input.asked", "DAILY", 0, "2026-12-04T10:00", "", "", "2026-12-07T08:05", True),  # over the weekend
    ("input.asked", "DAILY", 120, "2026-12-03T10:00", "", "", "2026-12-04T08:05", True),
    ("input.asked", "DAILY", 120, "2026-12-04T03:00", "", "", "2026-12-04T08:05", True),
    # by the morning's job
    ("input.asked", "DAILY", 120, "2026-12-04T08:03", "", "", "2026-12-04T08:05", True),
    ("input.asked", "DAILY", 120, "2026-12-24T10:00", "", "", "2026-12-29T08:05", True),  # 28th: Boxing Day
    ("input.asked", "DAILY", 120, "2026-12-04T10:00", "2026-12-08T08:00", "", "2026-12-08T08:05", True),
    ("input.asked", "", 120, "2026-12-04T10:00", "2026-12-08T21:00", "", "2026-12-08T21:00", True),
    ("input.asked", "DAILY", 120, "2026-12-04T10:00", "", "2026-12-07T07:00", "", False),  # would be useless
    ("input.asked", "", 0, "2026-12-04T21:00", "", "2026-12-05T06:00", "", False),
    # useless by Monday's summary, but not by the end of the night
    ("input.asked", "DAILY", 120, "2026-12-04T23:00", "", "2026-12-07T07:30", "2026-12-05T07:00", False),
    ("input.asked", "DAILY", 120, "2026-12-04T23:00", "", "2026-12-05T06:30", "", False),
    # may not wait for others, but for the morning
    ("agenda.published", "", 120, "2026-12-04T10:00", "", "", "", False),
    ("agenda.published", "DAILY", 120, "2026-12-04T10:00", "", "", "", False),
    ("agenda.published", "DAILY", 120, "2026-12-04T22:00", "", "", "2026-12-05T07:00", False),
    # wakes people
    ("agenda.cancelled", "DAILY", 120, "2026-12-04T22:00", "", "", "", False),
]


@pytest.mark.parametrize(
    ("kind", "choice", "seconds", "owed", "planned", "useless", "leaves", "gathers"), MOMENTS
)
def test_the_moment(settings, here, surgeon, kind, choice, seconds, owed, planned, useless, leaves, gathers):
    settings.MAIL_GATHER_SECONDS = seconds
    if choice:
        MailSettings.objects.create(user=surgeon, mail=choice)
    words = mail(
        here,
        surgeon,
        not_before=at(planned) if planned else None,
        expires_at=at(useless) if useless else None,
    )
    said = {field: getattr(words, field) for field in words.__dataclass_fields__} | {"kind": kind}
    [message] = owe([said], now=at(owed))

    assert message.gather is gathers
    if leaves:
        assert message.not_before == at(leaves)
    else:
        assert abs(message.not_before - timezone.now()).total_seconds() < 60


def test_a_day_on_which_the_board_is_closed_is_no_morning(here, surgeon):
    ClosedDay.objects.create(board=here, day=date(2026, 12, 7), created_by=surgeon)
    MailSettings.objects.create(user=surgeon, mail="DAILY")
    [message] = owe([mail(here, surgeon)], now=at("2026-12-04T10:00"))

    assert message.not_before == at("2026-12-08T08:05")


def test_a_kind_that_is_not_in_the_table_cannot_be_owed(here, surgeon):
    with pytest.raises(ValueError, match="Not in the table"):
        owe([mail(here, surgeon).__class__(kind="x", about="", recipient=surgeon, title="", text="")])


# -- deputies ---------------------------------------------------------------------------------------------


def away(user, deputy, first="2026-12-01", last="2026-12-12"):
    return Absence.objects.create(user=user, deputy=deputy, first_day=first, last_day=last, created_by=user)


def copies() -> list[Message]:
    return list(Message.objects.filter(about__contains="/for:"))


def test_the_deputy_gets_a_copy_that_says_for_whom(here, surgeon, second):
    away(surgeon, second)
    messages = owe([mail(here, surgeon)], now=at("2026-12-04T10:00"))

    assert [message.recipient for message in messages] == [surgeon]
    [copy] = copies()
    assert copy.recipient == second
    assert copy.title == "For A. Lowe: Asked"
    assert copy.text.startswith("Dear B. Hope,\n\nYou stand in for A. Lowe until 12-Dec-2026.\n\n")
    assert "You stand in for A. Lowe until 12-Dec-2026." in copy.html


# what is different -> is there a copy?
COPIES = [
    ({}, True),
    ({"kind": "case.accepted"}, False),  # the absent person's own matter
    ({"first": "2026-12-05"}, False),  # not away yet
    ({"last": "2026-12-04"}, True),
    ({"last": "2026-12-03"}, False),  # back
    ({"planned": "2026-12-14T08:00"}, False),  # back when it leaves
    ({"withdrawn": True}, False),
    ({"closed": True}, False),
    ({"left": True}, False),
    ({"nobody": True}, False),
]


@pytest.mark.parametrize(("said", "copied"), COPIES)
def test_who_gets_a_copy(here, surgeon, second, said, copied):
    absence = away(
        surgeon,
        None if said.get("nobody") else second,
        said.get("first", "2026-12-01"),
        said.get("last", "2026-12-12"),
    )
    if said.get("withdrawn"):
        Absence.objects.filter(pk=absence.pk).update(withdrawn_at=timezone.now(), withdrawn_by=surgeon)
    if said.get("closed"):
        type(second).objects.filter(pk=second.pk).update(is_active=False)
    if said.get("left"):
        second.memberships.update(ended_at=timezone.now())
    planned = at(said["planned"]) if "planned" in said else None
    words = mail(here, surgeon, kind=said.get("kind", "input.asked"), not_before=planned)
    owe([words], now=at("2026-12-04T10:00"))

    assert bool(copies()) is copied


def test_a_deputy_hears_nothing_of_a_board_on_which_they_do_not_sit(here, surgeon, second):
    elsewhere = board()
    member(elsewhere, user=surgeon)
    away(surgeon, second)
    owe([mail(elsewhere, surgeon)], now=at("2026-12-04T10:00"))

    assert copies() == []


@pytest.mark.parametrize(
    ("role", "specialty", "copied"),
    [
        (Role.MEMBER, Specialty.SURGERY, True),
        (Role.CHAIR, Specialty.SURGERY, True),
        (Role.MEMBER, Specialty.ONCOLOGY, False),  # cannot write the surgeon's input
        (Role.REFERRER, Specialty.SURGERY, False),  # may not even see the case
        (Role.OBSERVER, Specialty.SURGERY, False),
    ],
)
def test_on_another_board_the_deputy_hears_only_what_they_can_answer(
    here, surgeon, second, role, specialty, copied
):
    elsewhere = board()
    member(elsewhere, user=surgeon, specialty=Specialty.SURGERY)
    member(elsewhere, role, specialty, user=second)
    away(surgeon, second)
    owe([mail(elsewhere, surgeon)], now=at("2026-12-04T10:00"))

    assert bool(copies()) is copied


def test_no_link_by_which_the_absent_person_answers_is_copied(here, surgeon, second):
    away(surgeon, second)
    link = "http://localhost:8000/answer/abc:def-_/"
    owe([mail(here, surgeon, link=link)], now=at("2026-12-04T10:00"))

    [copy] = copies()
    assert "/answer/" in Message.objects.get(recipient=surgeon).text
    assert "/answer/" not in copy.text + copy.html
    assert "only A. Lowe can answer" in " ".join(copy.text.split())


def test_a_copy_takes_the_place_of_nothing_that_the_deputy_is_owed_themselves(here, surgeon, second):
    away(surgeon, second)
    owe([mail(here, surgeon), mail(here, second)], now=at("2026-12-04T10:00"))

    # The same words: once is enough. Other words: both.
    assert Message.objects.filter(recipient=second).count() == 1
    other = mail(here, second, about="case:2", link="http://localhost:8000/y/")
    owe([mail(here, surgeon, about="case:2"), other], now=at("2026-12-04T10:00"))
    assert Message.objects.filter(recipient=second, about__startswith="case:2").count() == 2


def test_what_is_withdrawn_is_withdrawn_from_the_deputy_too(here, surgeon, second):
    third = member(here, specialty=Specialty.SURGERY)
    one, other = away(surgeon, second), away(second, third)
    owe(
        [mail(here, surgeon), mail(here, second, link="http://localhost:8000/y/")], now=at("2026-12-04T10:00")
    )
    withdraw(about="case:1", reason="Signed.", recipient=surgeon)

    states = set(Message.objects.values_list("recipient", "about", "state"))
    assert states == {
        (surgeon.pk, "case:1", "CANCELLED"),
        (third.pk, f"case:1/for:{surgeon.pk}:{one.pk}", "CANCELLED"),  # second is away too
        (second.pk, "case:1", "QUEUED"),
        (third.pk, f"case:1/for:{second.pk}:{other.pk}", "QUEUED"),
    }
    withdraw(about="case:1", reason="Withdrawn.")
    assert not Message.objects.exclude(state="CANCELLED").exists()


@pytest.mark.parametrize("gone", ["", "the absence", "its days", "the seat", "the right to speak"])
def test_just_before_it_leaves_a_copy_asks_once_more(here, surgeon, second, gone):
    today = timezone.now().astimezone(here.zone).date()
    # Another absence with the same deputy is no reason to send the copy of this one.
    away(surgeon, second, today - timedelta(days=400), today - timedelta(days=390))
    away(surgeon, second, today + timedelta(days=30), today + timedelta(days=40))
    absence = away(surgeon, second, today - timedelta(days=3), today)
    # Of a kind that people without a seat are sent too: their deputy has one, or is told nothing.
    owe([mail(here, surgeon, kind="addendum.asked")])
    [copy] = copies()
    if gone == "the absence":
        Absence.objects.filter(pk=absence.pk).update(withdrawn_at=timezone.now(), withdrawn_by=surgeon)
    if gone == "its days":
        Absence.objects.filter(pk=absence.pk).update(last_day=today - timedelta(days=1))
    if gone == "the seat":
        second.memberships.update(ended_at=timezone.now())
    if gone == "the right to speak":
        second.memberships.update(role=Role.REFERRER)

    assert bool(reason_not_to_send(copy)) is bool(gone)


def test_the_number_of_queries_is_the_same_however_many(here):
    counts = []
    for many in (1, 3):
        people = [member(here, Role.MEMBER, Specialty.SURGERY) for _ in range(2 * many)]
        for user, deputy in zip(people[:many], people[many:], strict=True):
            away(user, deputy)
        entries = [mail(here, user, about=f"case:{many}") for user in people[:many]]
        with CaptureQueriesContext(connection) as seen:
            owe(entries, now=at("2026-12-04T10:00"))
        counts.append(len(seen))
        assert Message.objects.filter(about__startswith=f"case:{many}").count() == 2 * many

    assert counts[0] == counts[1]


def test_people_without_a_seat_are_written_to_as_well(here):
    [message] = owe([mail(here, person(), kind="case.accepted")])

    assert message.state == "QUEUED"


# -- a deputy who is away as well ---------------------------------------------------------------------------


@pytest.fixture
def third(here):
    return member(here, specialty=Specialty.SURGERY, given_name="Cat", family_name="Wood")


@pytest.mark.parametrize(
    ("chain", "reached"),
    [
        ({}, "second"),
        ({"first": "2026-12-07"}, "second"),  # away only later
        ({"deputy": "third"}, "third"),
        ({"deputy": None}, None),
        ({"deputy": "surgeon"}, None),  # no loops
        ({"deputy": "third", "third is away": True}, None),  # one step only
    ],
)
def test_while_the_deputy_is_away_the_next_one_gets_it_or_nobody(
    here, surgeon, second, third, chain, reached
):
    people = {"surgeon": surgeon, "second": second, "third": third}
    away(surgeon, second)
    if chain:
        away(second, people.get(chain.get("deputy")), first=chain.get("first", "2026-12-03"))
    if "third is away" in chain:
        away(third, member(here, specialty=Specialty.SURGERY))
    owe([mail(here, surgeon)], now=at("2026-12-04T10:00"))

    assert [copy.recipient for copy in copies()] == ([people[reached]] if reached else [])
    if reached == "third":
        [copy] = copies()
        words = " ".join(copy.text.split())
        assert "B. Hope is away too. You stand in for A. Lowe until 12-Dec-2026." in words


def test_just_before_it_leaves_the_copy_of_the_next_one_may_go_until_the_deputy_is_back(
    here, surgeon, second, third
):
    today = timezone.now().astimezone(here.zone).date()
    away(surgeon, second, today, today)
    too = away(second, third, today, today)
    owe([mail(here, surgeon, kind="addendum.asked")])
    [copy] = copies()
    assert (copy.recipient, reason_not_to_send(copy)) == (third, "")

    Absence.objects.filter(pk=too.pk).update(withdrawn_at=timezone.now(), withdrawn_by=second)
    assert reason_not_to_send(copy) == "no longer stands in"
