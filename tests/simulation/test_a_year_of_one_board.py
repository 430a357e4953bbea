"""In a year of one board, is every planned e-mail there once, at its hour on the wall, and no other?

The application's own jobs run against the database at chosen moments: a minute before each moment at which
something should happen, at it, and in the mornings of all days off and of a month in winter, but for two
outages. What should have been sent is reckoned by hand in `calendar_by_hand`.
"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.utils import timezone

from cases import tasks
from cases.models import Attendance, ClosedDay, Meeting, SpecialistInput
from cases.services import absences, follow_up
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, InputStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests import factories
from tests.factories.decisions import Room
from tests.simulation.calendar_by_hand import CLOSED, DAY, NEVER, Sitting, is_off, mornings
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
NEVER_WRITE = ("matters", "intake.working", "intake.checking", "meeting.series")
WINTER = (date(2026, 12, 14), date(2027, 1, 11))
MINUTE = timedelta(minutes=1)
# All that can owe an e-mail by itself; the others are run on their own in their tests.
SENDING = [job for job in tasks.DUE if job.__module__.partition("cases.services.")[2] not in NEVER_WRITE]
BEGINS, ENDS = datetime(2026, 9, 10, 7, 30), datetime(2027, 9, 30, 20, 0)  # noqa: DTZ001 on the wall
FIRST = datetime(2026, 10, 1, 14, 0)  # noqa: DTZ001


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


# A Wednesday on which nothing ran until half an hour past seven the next day; and a day and a half in June.
OUTAGES = [
    (wall("2027-01-20 00:00"), wall("2027-01-21 07:30")),
    (wall("2027-06-07 12:00"), wall("2027-06-08 23:30")),
]
CALLED_OFF = {
    wall("2026-12-24 14:00"): wall("2026-12-01 10:00"),  # before anybody was asked
    wall("2026-12-31 14:00"): wall("2026-12-21 10:00"),
    wall("2027-04-01 14:00"): wall("2027-03-31 10:00"),  # the day before
    wall("2027-08-05 14:00"): wall("2027-07-30 10:00"),
}
MOVED_FROM, MOVED_TO = wall("2026-11-12 14:00"), wall("2026-11-20 08:00")
MOVED_AT = wall("2026-11-10 10:00")
AWAY = (date(2026, 12, 7), date(2026, 12, 18))
AWAY_SAID = wall("2026-11-30 12:00")
AWAY_ALONE = (date(2027, 2, 15), date(2027, 2, 19))  # nobody stands in
DECIDED, DONE = wall("2026-12-21 12:00"), wall("2027-01-06 10:00")

EVERYBODY = ("chair", "surgeon", "oncologist", "radiologist", "deputy", "coordinator", "observer")
READERS = ("chair", "surgeon", "oncologist", "radiologist", "deputy")
TO = {"meeting.invited": EVERYBODY, "cutoff.passed": ("coordinator",), "reading.list": READERS}


# -- what should be sent -----------------------------------------------------------------------------------


def sittings() -> list[Sitting]:
    found = []
    for week in range(53):
        start = FIRST + timedelta(weeks=week)
        # Of every other meeting the radiologist's input is no longer needed on Tuesday evening.
        ready = datetime.combine(start.date() - 2 * DAY, time(18)) if week % 2 else NEVER
        if start == MOVED_FROM:
            found.append(Sitting(start, BEGINS, MOVED_AT))
            found.append(Sitting(MOVED_TO, MOVED_AT, NEVER, is_new=False))
        else:
            found.append(Sitting(start, BEGINS, CALLED_OFF.get(start, NEVER), ready_from=ready))
    return found


def expected() -> Counter:
    """(what, to whom, when), each once: two meetings that remind one person at one moment do it together."""
    planned, told = set(), Counter()
    for sitting in sittings():
        for kind, decided, leaves in sitting.sent(OUTAGES):
            for name in TO.get(kind, ()):
                told[kind, name, leaves] += 1
            if kind == "input.reminder":
                planned.add((kind, "surgeon", leaves))
                if decided < sitting.ready_from:
                    planned.add((kind, "radiologist", leaves))
    away = {one for one in planned if one[1] == "radiologist" and AWAY[0] <= one[2].date() <= AWAY[1]}
    planned |= {(kind, "deputy", leaves) for kind, _name, leaves in away}
    return told + Counter(planned) + Counter(of_single_days())


def of_single_days():
    """What people set off, and the mornings of one decision over Christmas."""
    yield "absence.stands_in", "deputy", AWAY_SAID
    yield "action.handed_over", "surgeon", DECIDED
    yield "ratification.asked", "radiologist", DECIDED
    # Five working days after Monday 21-Dec: 22, 23, 24, 29, 30.
    yield "ratification.reminder", "radiologist", wall("2026-12-29 08:00")
    for name in ("chair", "coordinator"):
        yield "ratification.overdue", name, wall("2026-12-31 08:00")
    for name in EVERYBODY:
        yield "meeting.moved", name, MOVED_AT
        for start, said in CALLED_OFF.items():
            if start != wall("2026-12-24 14:00"):
                yield "agenda.cancelled", name, said
    # The action is due on 28-Dec: told from two days before it, taken further from three days after it.
    for morning in mornings(date(2026, 12, 26), DONE.date()):
        yield "action.due", "surgeon", morning
    for morning in mornings(date(2026, 12, 31), DONE.date()):
        yield "action.escalated", "coordinator", morning


# -- the board ---------------------------------------------------------------------------------------------


class World:
    def __init__(self, monkeypatch):
        self.now = BEGINS
        monkeypatch.setattr(timezone, "now", lambda: self.utc)
        night = {"quiet_from": time(20), "quiet_until": time(7), "morning_at": time(8)}
        days = {"invite_days": 10, "reminder_days": [5], "reminder_hours": [72, 24], "reading_days": 1}
        self.board = board = factories.board(holidays="GB-ENG", cut_off_hours=48, **night, **days)
        seats = {
            "chair": (Role.CHAIR, Specialty.SURGERY),
            "surgeon": (Role.MEMBER, Specialty.SURGERY),
            "oncologist": (Role.MEMBER, Specialty.ONCOLOGY),
            "radiologist": (Role.MEMBER, Specialty.RADIOLOGY),
            "deputy": (Role.MEMBER, Specialty.RADIOLOGY),
            "coordinator": (Role.COORDINATOR, ""),
            "observer": (Role.OBSERVER, ""),
        }
        names = {"radiologist": "Lowe", "deputy": "Zeller"}
        self.people = {
            name: factories.member(board, role, specialty, family_name=names.get(name, "Example"))
            for name, (role, specialty) in seats.items()
        }
        boss = self.people["coordinator"]
        ClosedDay.objects.create(board=board, day=CLOSED, name="Open day", created_by=boss)
        self.meetings = {start: self._meeting(start, boss) for start in self._starts()}

    def _starts(self):
        return [FIRST + timedelta(weeks=week) for week in range(53)]

    def _meeting(self, start, boss):
        meeting = factories.meeting(self.board, aware(start), by=boss)
        case = factories.a_case(self.board, CaseStatus.LISTED, referred_by=boss)
        factories.agenda_item(meeting, case)
        for name, specialty in (("surgeon", Specialty.SURGERY), ("radiologist", Specialty.RADIOLOGY)):
            SpecialistInput.objects.create(
                case=case,
                specialty=specialty,
                status=InputStatus.ASKED,
                asked_of=self.people[name],
                asked_at=aware(BEGINS - DAY),
                created_by=boss,
            )
        return meeting

    @property
    def utc(self):
        return aware(self.now)

    def tick(self):
        """What the beat sets off, and the relay takes what may leave."""
        for job in SENDING:
            job(now=self.utc)
        self.relay()

    def relay(self):
        left = {"sent_at": F("not_before"), "handover_at": F("not_before"), "to_address": "a@example.org"}
        waiting = Message.objects.filter(state=State.QUEUED, not_before__lte=self.utc)
        waiting.update(state=State.SENT, **left)

    # -- what people do

    def is_over(self, start):
        meeting = Meeting.objects.filter(pk=self.meetings[start].pk, status=MeetingStatus.PLANNED)
        if meeting.update(status=MeetingStatus.CLOSED):
            self._case_of(start).update(status=CaseStatus.DECIDED)

    def not_needed(self, start):
        SpecialistInput.objects.filter(case__in=self._case_of(start), specialty=Specialty.RADIOLOGY).update(
            status=InputStatus.NOT_NEEDED, not_needed_reason="A palliative question."
        )

    def call_off(self, start):
        cases = list(self._case_of(start).values_list("pk", flat=True))
        meetings.cancel(meeting=self._fresh(start), reason="Too few come.", by=self.people["coordinator"])
        type(self.meetings[start].items.first().case).objects.filter(pk__in=cases).update(
            status=CaseStatus.WITHDRAWN
        )

    def move(self):
        meeting = self._fresh(MOVED_FROM)
        span = {"starts_at": aware(MOVED_TO), "ends_at": aware(MOVED_TO + timedelta(hours=2))}
        meetings.move(
            meeting=meeting, **span, place="", version=meeting.version, by=self.people["coordinator"]
        )

    def say_who_is_away(self):
        first, last = AWAY
        radiologist, surgeon = self.people["radiologist"], self.people["surgeon"]
        deputy = self.people["deputy"]
        absences.enter(user=radiologist, first_day=first, last_day=last, deputy=deputy, by=radiologist)
        first, last = AWAY_ALONE
        absences.enter(user=surgeon, first_day=first, last_day=last, by=surgeon)

    def decide(self):
        """Without radiology, which the board needs: it is asked to ratify."""
        who, now = self.people, self.utc
        case = factories.a_case(self.board, CaseStatus.LISTED)
        opened = {"opened_at": now - 5 * MINUTE, "opened_by": who["coordinator"]}
        running = {"by": who["coordinator"], "status": MeetingStatus.RUNNING}
        sitting = factories.meeting(self.board, now - 20 * MINUTE, **running)
        item = factories.agenda_item(sitting, case, status=ItemStatus.OPEN, **opened)
        for name, specialty in (("surgeon", Specialty.SURGERY), ("oncologist", Specialty.ONCOLOGY)):
            Attendance.objects.create(
                meeting=sitting,
                user=who[name],
                specialty=specialty,
                joined_at=sitting.starts_at,
                created_by=who["coordinator"],
            )
        names = ("chair", "coordinator", "surgeon", "oncologist")
        room = Room(self.board, *(who[name] for name in names), case.referred_by, sitting, case, item)
        self.action = room.decide([room.action(days=7)]).actions.get()
        Meeting.objects.filter(pk=sitting.pk).update(status=MeetingStatus.CLOSED)

    def done(self):
        said = {"report": "DONE", "reason": "", "note": "", "happened_on": date(2027, 1, 5)}
        follow_up.report(action=self.action, by=self.people["surgeon"], **said)

    def _fresh(self, start):
        return Meeting.objects.select_related("board").get(pk=self.meetings[start].pk)

    def _case_of(self, start):
        from cases.models import Case

        return Case.objects.filter(agenda_items__meeting=self.meetings[start])

    # -- what was owed

    def owed(self) -> Counter:
        names = {user.pk: name for name, user in self.people.items()}
        rows = Message.objects.exclude(state=State.CANCELLED)
        return Counter(
            (kind, names.get(to, to), leaves.astimezone(LONDON).replace(tzinfo=None))
            for kind, to, leaves in rows.values_list("kind", "recipient", "not_before")
        )


def aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=LONDON).astimezone(UTC)


def story(world) -> list[tuple[datetime, object]]:
    """Everything that happens, in order: people first, then the clock of the same minute."""
    deeds = [(MOVED_AT, world.move), (AWAY_SAID, world.say_who_is_away)]
    deeds += [(DECIDED, world.decide), (DONE, world.done)]
    deeds += [(said, lambda start=start: world.call_off(start)) for start, said in CALLED_OFF.items()]
    for start in world.meetings:
        ends = (MOVED_TO if start == MOVED_FROM else start) + timedelta(hours=2)
        deeds.append((ends, lambda start=start: world.is_over(start)))
    ticks = {back for _, back in OUTAGES}
    for one in sittings():
        if one.ready_from != NEVER:
            deeds.append((one.ready_from, lambda start=one.start: world.not_needed(start)))
        for _, moment in one.planned():
            ticks |= {moment - MINUTE, moment}
    day = BEGINS.date()
    while day <= ENDS.date():
        # Every morning of one winter month, and of every weekend and holiday.
        if is_off(day) or WINTER[0] <= day <= WINTER[1]:
            ticks.add(datetime.combine(day, time(8)))
        day += DAY
    ticks = {at for at in ticks if at >= BEGINS and not any(down <= at < up for down, up in OUTAGES)}
    deeds += [(at, world.tick) for at in sorted(ticks)]
    return sorted(deeds, key=lambda deed: deed[0])


def test_every_planned_e_mail_is_owed_once_at_its_hour_and_nothing_else(monkeypatch):
    world = World(monkeypatch)
    for moment, deed in story(world):
        world.now = moment
        deed()
    world.now = ENDS
    world.relay()

    owed, wanted = world.owed(), expected()
    twice = {key: number for key, number in owed.items() if number > 1}
    missing, more = wanted - owed, owed - wanted
    print(
        f"\nowed {owed.total()}, expected {wanted.total()}, twice {len(twice)}, missing {missing.total()}, "
        f"not expected {more.total()}"
    )
    assert (sorted(missing), sorted(more), twice) == ([], [], {})
