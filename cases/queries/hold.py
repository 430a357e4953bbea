"""What stands on the live screen: one case, who is in the room, and what comes next?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from cases.domain.agenda import require_near
from cases.domain.errors import Refused
from cases.domain.quorum import Quorum, quorum
from cases.models import (
    AgendaItem,
    Attendance,
    Case,
    Draft,
    Meeting,
    Membership,
    PatientWish,
    Recommendation,
    SpecialistInput,
)
from cases.models.board import SITTING
from cases.permissions import Permission, granted
from cases.queries import case_course as course
from cases.queries.agenda_rows import items_in_order
from cases.queries.case_disease import newest
from cases.queries.hold_lines import Line, lines_of
from cases.queries.lesion_rows import Lesions, in_rows
from cases.queries.picture import drawn
from cases.queries.recorded import Recorded, recorded_of
from cases.queries.snapshot import Since, since_last
from cases.vocabulary import InputStatus, ItemStatus, MeetingStatus, Opinion, Specialty

WAITING = {ItemStatus.PLANNED, ItemStatus.OPEN}
FORM = "discussion"


@dataclass(frozen=True)
class Voice:
    """One discipline in the list of opinions."""

    code: str
    name: str
    opinion: str
    reason: str
    is_given: bool


@dataclass(frozen=True)
class Person:
    """Somebody who may be in the room."""

    user: Any
    what: str
    specialty: str
    attendance: Attendance | None

    @property
    def is_there(self) -> bool:
        return self.attendance is not None


@dataclass(frozen=True)
class Room:
    """Who is there, and whether that is enough for a decision."""

    people: list[Person]
    guests: list[Person]
    quorum: Quorum
    absent: str

    @property
    def there(self) -> int:
        return sum(one.is_there for one in (*self.people, *self.guests))

    @property
    def missing_words(self) -> str:
        return f"Missing: {self.absent}"


@dataclass(frozen=True)
class OnScreen:
    """One case as the room sees it."""

    item: AgendaItem
    number: int
    case: Case
    wish: PatientWish | None
    lines: list[Line]
    lesions: Lesions
    voices: list[Voice]
    last: course.Discussion | None
    since: Since | None  # what has changed since the last decision
    recommendation: Recommendation | None
    draft: Draft | None
    is_chosen: bool  # somebody looks at it on purpose: the screen does not go along

    @property
    def is_long(self) -> bool:
        """A question of this length is set smaller."""
        return len(self.case.question) > 120

    @property
    def took(self) -> str:
        """Minutes and seconds before the board, once that is over."""
        if not self.item.opened_at or not self.item.closed_at:
            return ""
        seconds = int((self.item.closed_at - self.item.opened_at).total_seconds())
        return f"{seconds // 60:02}:{seconds % 60:02}"

    @property
    def typed(self) -> str:
        """What somebody has typed and not recorded yet, else what stands in the record."""
        kept = self.draft.payload.get("discussion") if self.draft else None
        return kept[0] if kept else self.item.discussion


@dataclass(frozen=True)
class HoldPage:
    meeting: Meeting
    items: list[AgendaItem]
    shown: OnScreen | None
    room: Room
    rights: frozenset[Permission]
    not_yet: str  # why the meeting cannot be opened now

    @cached_property
    def is_running(self) -> bool:
        return self.meeting.status == MeetingStatus.RUNNING

    @cached_property
    def may_run(self) -> bool:
        return Permission.RUN_MEETING in self.rights

    @cached_property
    def may_open(self) -> bool:
        return self.may_run and self.meeting.status == MeetingStatus.PLANNED

    @cached_property
    def may_decide(self) -> bool:
        return Permission.DRAFT_DECISION in self.rights

    @cached_property
    def open_item(self) -> AgendaItem | None:
        return next((item for item in self.items if item.status == ItemStatus.OPEN), None)

    @cached_property
    def next_item(self) -> AgendaItem | None:
        """The next that waits after this one, else the first that waits at all."""
        waiting = [item for item in self.items if item.status == ItemStatus.PLANNED]
        here = self._place
        after = [item for item in waiting if self.items.index(item) > here]
        others = [item for item in after or waiting if self.shown is None or item.pk != self.shown.item.pk]
        return others[0] if others else None

    @cached_property
    def before(self) -> AgendaItem | None:
        return self.items[self._place - 1] if self._place > 0 else None

    @cached_property
    def still_waiting(self) -> list[AgendaItem]:
        return [item for item in self.items if item.status in WAITING]

    @property
    def _place(self) -> int:
        return self.shown.number - 1 if self.shown else -1


def hold_page(meeting: Meeting, *, user, now: datetime, chosen: UUID | None = None) -> HoldPage:
    items = items_in_order(meeting)
    item = _shown(items, chosen)
    return HoldPage(
        meeting=meeting,
        items=items,
        shown=_on_screen(item, items, user=user, now=now, chosen=chosen) if item else None,
        room=room_of(meeting, items),
        rights=granted(user, board=meeting.board),
        not_yet=_not_yet(meeting, now),
    )


def _not_yet(meeting: Meeting, now: datetime) -> str:
    try:
        require_near(starts_at=meeting.starts_at, now=now)
    except Refused as error:
        return str(error)
    return ""


def _shown(items: Sequence[AgendaItem], chosen: UUID | None) -> AgendaItem | None:
    """The chosen one; else the one before the board; else the first that waits; else the last."""
    picks = (
        lambda item: item.pk == chosen,
        lambda item: item.status == ItemStatus.OPEN,
        lambda item: item.status == ItemStatus.PLANNED,
    )
    found = (item for pick in picks for item in items if pick(item))
    return next(found, items[-1] if items else None)


def room_of(meeting: Meeting, items: Iterable[AgendaItem]) -> Room:
    there = {
        one.user_id: one
        for one in Attendance.objects.present().filter(meeting=meeting).select_related("user")
    }
    people = [_person(seat, there) for seat in _seats(meeting)]
    known = {one.user.pk for one in people}
    referrers = {item.case.referred_by for item in items if item.case.referred_by_id not in known}
    guests = [Person(user, "referred a case", "", there.get(user.pk)) for user in referrers]
    left = {one.user for key, one in there.items() if key not in known} - referrers
    guests += [Person(user, "guest", "", there[user.pk]) for user in left]
    found = quorum(meeting.board.quorum_specialties, (one.specialty for one in there.values()))
    return Room(
        people=people,
        guests=sorted(guests, key=lambda one: one.user.display_name),
        quorum=found,
        absent=_absent(found.missing, people),
    )


def _seats(meeting: Meeting) -> list[Membership]:
    order = [*Specialty.values, ""]
    seats = (
        Membership.objects.current().with_role(*SITTING).filter(board=meeting.board).select_related("user")
    )
    return sorted(seats, key=lambda seat: (order.index(seat.specialty), seat.user.family_name, seat.pk))


def _person(seat: Membership, there: dict[Any, Attendance]) -> Person:
    role = seat.get_role_display()
    what = f"{seat.get_specialty_display()}, {role.lower()}" if seat.specialty else role
    return Person(seat.user, what, seat.specialty, there.get(seat.user_id))


def _absent(missing: Sequence[Specialty], people: Iterable[Person]) -> str:
    """The discipline and whom one would ring; many are named by their code, so that the lamp stays small."""
    if len(missing) > 2:
        return ", ".join(specialty.short for specialty in missing)
    words = [specialty.short if len(missing) > 1 else specialty.label.lower() for specialty in missing]
    names = [[one.user.display_name for one in people if one.specialty == code] for code in missing]
    who = [", ".join(found[:2]) or "nobody sits for it" for found in names]
    return ", ".join(f"{word} ({name})" for word, name in zip(words, who, strict=True))


def _on_screen(
    item: AgendaItem, items: list[AgendaItem], *, user, now: datetime, chosen: UUID | None
) -> OnScreen:
    case = item.case
    decisions = course.decisions_of(case, user=user)
    found = recorded_of(case)
    lesions = in_rows(found.lesions, plans=_plans(item, decisions))
    earlier = [one for one in decisions if one.item_id != item.pk and one.signed_at]
    today = now.astimezone(item.meeting.board.zone).date()
    picture = drawn(found, on=today)
    return OnScreen(
        item=item,
        number=items.index(item) + 1,
        case=case,
        wish=newest(PatientWish, case),
        lines=lines_of(found, lesions=lesions, picture=picture),
        lesions=lesions,
        voices=_voices(found),
        last=next(iter(course.discussions([one.item for one in earlier[:1]], earlier, today=today)), None),
        since=since_last(earlier, case, picture),
        recommendation=next((one for one in decisions if one.item_id == item.pk), None),
        draft=Draft.objects.visible_to(user).filter(form=FORM, key=str(item.pk)).first(),
        is_chosen=item.pk == chosen,
    )


def _plans(item: AgendaItem, decisions: Iterable[Recommendation]) -> dict[Any, str]:
    """What is being decided now goes before what was decided last."""
    for one in decisions:
        if one.item_id == item.pk:
            rows = getattr(one, "with_reports", [])
            return {lesion.pk: action.kind for action in rows for lesion in action.lesions.all()}
    return course.plans_of(decisions)


def _voices(recorded: Recorded) -> list[Voice]:
    found: dict[str, SpecialistInput] = {}
    wanted = (one for one in recorded.of_now if one.status != InputStatus.NOT_NEEDED)
    for one in sorted(wanted, key=lambda one: one.status == InputStatus.SIGNED):
        found[one.specialty] = one
    return [_voice(found[code]) for code in Specialty.values if code in found]


def _voice(one: SpecialistInput) -> Voice:
    specialty = Specialty(one.specialty)
    if one.status == InputStatus.SIGNED:
        return Voice(specialty.short, specialty.label, Opinion(one.opinion).label, one.opinion_reason, True)
    who = one.asked_of.display_name if one.asked_of else "nobody"
    return Voice(specialty.short, specialty.label, "Pending", f"asked of {who}", False)
