"""Where is the meeting: which case is on the screen, which comes next, and who may do what here?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from cases.domain.agenda import require_near
from cases.domain.errors import Refused
from cases.domain.pace import Pace, Slot, pace
from cases.models import AgendaItem, Draft, Meeting, Recommendation
from cases.permissions import Permission, granted
from cases.queries.agenda_rows import items_in_order
from cases.queries.hold_decision import newest_decision
from cases.queries.room import Room, room_of
from cases.vocabulary import ItemStatus, Lane, MeetingStatus
from tumorboard.audit.models import RowChange

WAITING = {ItemStatus.PLANNED, ItemStatus.OPEN}
BEFORE_THE_BOARD = {ItemStatus.OPEN, ItemStatus.DISCUSSED}
FORM = "discussion"  # under which words are kept that came too late


@dataclass(frozen=True)
class Stage:
    """What every part of the screen knows of the meeting."""

    meeting: Meeting
    items: list[AgendaItem]
    item: AgendaItem | None  # on this screen
    is_chosen: bool  # somebody looks at it on purpose: the screen does not go along
    rights: frozenset[Permission]
    now: datetime

    @cached_property
    def room(self) -> Room:
        """Several parts tell of it; it is looked up once."""
        return room_of(self.meeting, self.items, item=self.item)

    @cached_property
    def newest(self) -> Recommendation | None:
        return newest_decision(self.item) if self.item else None

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
        return Permission.DRAFT_DECISION in self.rights and self.is_before_the_board

    @cached_property
    def may_pull_back(self) -> bool:
        """Whoever may write down a decision may ask for the talk that it should have."""
        return Permission.DRAFT_DECISION in self.rights

    @cached_property
    def may_sign(self) -> bool:
        return Permission.SIGN_DECISION in self.rights

    @cached_property
    def may_write(self) -> bool:
        """Type what is said, for everybody to see."""
        return self.may_run and self.is_running and self.is_before_the_board

    @cached_property
    def is_before_the_board(self) -> bool:
        return bool(self.item and self.item.status in BEFORE_THE_BOARD)

    @cached_property
    def may_postpone(self) -> bool:
        return bool(self.may_run and self.is_running and self.item and self.item.status in WAITING)

    @cached_property
    def not_yet(self) -> str:
        """Why the meeting cannot be opened now."""
        try:
            require_near(starts_at=self.meeting.starts_at, now=self.now)
        except Refused as error:
            return str(error)
        return ""

    # -- going from case to case --------------------------------------------------------------------------

    @cached_property
    def number(self) -> int:
        return self.items.index(self.item) + 1 if self.item else 0

    @cached_property
    def open_item(self) -> AgendaItem | None:
        return next((item for item in self.items if item.status == ItemStatus.OPEN), None)

    @cached_property
    def elsewhere(self) -> AgendaItem | None:
        """The case before the board, when this screen shows another."""
        other = self.open_item
        return other if other and (self.item is None or other.pk != self.item.pk) else None

    @cached_property
    def walked(self) -> list[AgendaItem]:
        """What is discussed one after the other: standard of care is recorded without a talk."""
        return [item for item in self.items if item.lane != Lane.STANDARD or item.opened_at]

    @cached_property
    def next_item(self) -> AgendaItem | None:
        """This one, when it waits and none is open; else the next after it that waits, or the first."""
        waiting = [item for item in self.walked if item.status == ItemStatus.PLANNED]
        if self.open_item is None and self.item in waiting:
            return self.item
        after = [item for item in waiting if self.items.index(item) >= self.number]
        others = [item for item in after or waiting if self.item is None or item.pk != self.item.pk]
        return next(iter(others), None)

    @cached_property
    def before(self) -> AgendaItem | None:
        earlier = [item for item in self.walked if self.items.index(item) + 1 < self.number]
        return earlier[-1] if earlier else None

    @cached_property
    def still_waiting(self) -> list[AgendaItem]:
        return [item for item in self.items if item.status in WAITING]

    @property
    def nth(self) -> str:
        """Which discussion of this case it is."""
        number = self.item.presentation if self.item else 1
        return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")

    # -- time ---------------------------------------------------------------------------------------------

    @cached_property
    def pace(self) -> Pace | None:
        slots = [
            Slot(item.minutes, item.opened_at, item.status not in WAITING)
            for item in self.items
            if item.lane != Lane.STANDARD or item.opened_at
        ]
        return pace(slots, starts_at=self.meeting.starts_at) if self.is_running else None

    @property
    def pace_words(self) -> str:
        return self.pace.words(self.now) if self.pace else ""

    @cached_property
    def took(self) -> str:
        """Minutes and seconds before the board, once that is over."""
        if not self.item or not self.item.opened_at or not self.item.closed_at:
            return ""
        seconds = int((self.item.closed_at - self.item.opened_at).total_seconds())
        return f"{seconds // 60:02}:{seconds % 60:02}"

    @cached_property
    def days_since_referral(self) -> int | None:
        at = self.item.case.referred_at if self.item else None
        if at is None:
            return None
        zone = self.meeting.board.zone
        return (self.now.astimezone(zone).date() - at.astimezone(zone).date()).days


def stage_of(
    meeting: Meeting, *, user, now: datetime, chosen: UUID | None = None, seen: UUID | None = None
) -> Stage:
    """`user` is None on the screen of a room: nobody there may do anything.

    `seen`: what stood here before; it stays until another case is opened.
    """
    items = items_in_order(meeting)
    item = _shown(items, chosen, seen)
    if item:
        item.meeting = meeting  # with its board: loaded once for all parts
    return Stage(
        meeting=meeting,
        items=items,
        item=item,
        is_chosen=bool(item and item.pk == chosen),
        rights=granted(user, board=meeting.board) if user else frozenset(),
        now=now,
    )


def _shown(items: Sequence[AgendaItem], chosen: UUID | None, seen: UUID | None) -> AgendaItem | None:
    """The chosen one; else the one before the board; else what was seen; else the first that waits."""
    picks = (
        lambda item: item.pk == chosen,
        lambda item: item.status == ItemStatus.OPEN,
        lambda item: item.pk == seen,
        lambda item: item.status == ItemStatus.PLANNED and item.lane != Lane.STANDARD,
        lambda item: item.status == ItemStatus.PLANNED,
    )
    found = (item for pick in picks for item in items if pick(item))
    return next(found, items[-1] if items else None)


@dataclass(frozen=True)
class Said:
    """What is said of a case, as it stands in the record, and what came too late to stand there."""

    item: AgendaItem
    words: str
    version: int
    by: str
    at: datetime | None
    mine: str = ""  # typed by this person, and not in the record

    @property
    def is_conflict(self) -> bool:
        return bool(self.mine and self.mine.strip() != self.words.strip())


def said_of(item: AgendaItem, *, user) -> Said:
    drafts = Draft.objects.visible_to(user) if user else Draft.objects.none()
    late = drafts.filter(form=FORM, key=str(item.pk)).first()
    kept = late.payload.get("discussion") if late else None
    by = item.discussion_by
    return Said(
        item=item,
        words=item.discussion,
        version=item.discussion_version,
        by=by.display_name if by else "",
        at=_written_at(item) if by else None,
        mine=kept[0] if kept else "",
    )


def _written_at(item: AgendaItem) -> datetime | None:
    past = RowChange.objects.of([(AgendaItem._meta.db_table, str(item.pk))])
    return past.filter(after__has_key="discussion").order_by("-id").values_list("at", flat=True).first()
