"""A board, its people and its clock, and all that they do in a year."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone

from cases import tasks
from cases.models import Attendance, Case, ClosedDay, Meeting, SpecialistInput
from cases.services import absences, cut_off, follow_up, invitations, reading, specialist_input
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, InputStatus, ItemStatus, MeetingStatus, Role, Specialty
from tests import factories
from tests.factories.decisions import Room
from tests.simulation import calendar_by_hand as year
from tests.simulation.calendar_by_hand import DAY
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
# What is planned runs all year; what a decision sets off, in the month around it.
PLANNED = (invitations.invite, specialist_input.remind_awaiting, cut_off.report, reading.send)
NEVER_WRITE = {"cases.services.matters", "cases.services.intake.working", "cases.services.intake.checking"}
SENDING = tuple(job for job in tasks.DUE if job.__module__ not in NEVER_WRITE)


def aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=LONDON).astimezone(UTC)


class World:
    def __init__(self, monkeypatch):
        self.now = year.BEGINS
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
        ClosedDay.objects.create(board=board, day=year.CLOSED, name="Open day", created_by=boss)
        self.meetings = {start: self._meeting(start, boss) for start in self._starts()}

    def _starts(self):
        return [year.FIRST + timedelta(weeks=week) for week in range(53)]

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
                asked_at=aware(year.BEGINS - DAY),
                created_by=boss,
            )
        return meeting

    @property
    def utc(self):
        return aware(self.now)

    def tick(self):
        """What the beat sets off, and the relay takes what may leave."""
        for job in SENDING if year.WINTER[0] <= self.now.date() <= year.WINTER[1] else PLANNED:
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
            for case in self._case_of(start):
                factories.brought_to(case, CaseStatus.DECIDED)

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
        meeting = self._fresh(year.MOVED_FROM)
        span = {"starts_at": aware(year.MOVED_TO), "ends_at": aware(year.MOVED_TO + timedelta(hours=2))}
        meetings.move(
            meeting=meeting, **span, place="", version=meeting.version, by=self.people["coordinator"]
        )

    def say_who_is_away(self):
        first, last = year.AWAY
        radiologist, surgeon = self.people["radiologist"], self.people["surgeon"]
        deputy = self.people["deputy"]
        absences.enter(user=radiologist, first_day=first, last_day=last, deputy=deputy, by=radiologist)
        first, last = year.AWAY_ALONE
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
        return Case.objects.filter(agenda_items__meeting=self.meetings[start])

    # -- what was owed

    def owed(self) -> Counter:
        names = {user.pk: name for name, user in self.people.items()}
        rows = Message.objects.exclude(state=State.CANCELLED)
        return Counter(
            (kind, names.get(to, to), leaves.astimezone(LONDON).replace(tzinfo=None))
            for kind, to, leaves in rows.values_list("kind", "recipient", "not_before")
        )
