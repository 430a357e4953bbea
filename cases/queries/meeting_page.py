"""What does a coordinator see while building the list of a meeting?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, OuterRef, Q, Subquery

from cases.domain import agenda as rules
from cases.domain.readiness import State
from cases.models import AgendaItem, Case, Matter, Meeting, Membership, TumorBoard
from cases.models.board import SITTING
from cases.permissions import Permission, granted
from cases.queries.agenda_order import Leaving, Proposal, leaving_early, order_of, proposal, with_who_is_gone
from cases.queries.agenda_rows import (
    AgendaLine,
    CaseLine,
    case_lines,
    in_order,
    items_in_order,
    meeting_day,
    pause_of,
)
from cases.queries.meetings import OVER
from cases.queries.recorded import OF_THE_CASE
from cases.vocabulary import CaseStatus, ItemStatus, Lane, MeetingStatus, Specialty, Urgency
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import NEEDS_A_PERSON, UNSENT
from tumorboard.notifications.states import State as Delivery

MOST = 200  # cases offered for a list
# Where cases are put; what comes back from earlier decisions is listed by itself.
LANES = (Lane.DISCUSSION, Lane.STANDARD)


@dataclass(frozen=True)
class Deliveries:
    """What became of the e-mails of the version that was sent last."""

    recipients: int
    sent: int
    waiting: int
    failed: int

    @property
    def words(self) -> str:
        people = "recipient" if self.recipients == 1 else "recipients"
        told = [f"{self.sent} sent", f"{self.waiting} waiting" if self.waiting else ""]
        told.append(f"{self.failed} not deliverable" if self.failed else "")
        return f"{self.recipients} {people}: {', '.join(part for part in told if part)}"


@dataclass(frozen=True)
class Part:
    """One part of the list, with its cases."""

    lane: Lane
    lines: list[AgendaLine]

    @property
    def minutes(self) -> int:
        return sum(line.item.minutes for line in self.lines)


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    lines: list[AgendaLine]
    waiting: list[CaseLine]
    capacity: rules.Capacity
    break_advised: int | None
    leaves: list[Leaving]
    proposal: Proposal | None
    matters: list[Matter]
    cut_off: datetime
    is_late: bool
    is_past: bool
    uncovered: list[Specialty]  # disciplines of the quorum for which nobody sits on the board
    deliveries: Deliveries | None
    is_changed: bool
    rights: frozenset[Permission]

    @cached_property
    def may_plan(self) -> bool:
        open_to_changes = self.meeting.status in {MeetingStatus.PLANNED, MeetingStatus.RUNNING}
        return open_to_changes and Permission.LIST_CASE in self.rights

    @cached_property
    def may_list(self) -> bool:
        """Nothing is added to a meeting that nobody held; what stands there can be taken off."""
        return self.may_plan and (self.meeting.status == MeetingStatus.RUNNING or not self.is_past)

    @cached_property
    def may_pull_back(self) -> bool:
        return self.meeting.status not in OVER and self._may(Permission.PULL_BACK)

    @cached_property
    def may_publish(self) -> bool:
        return (
            self.meeting.status == MeetingStatus.PLANNED
            and not self.is_past
            and self._may(Permission.PUBLISH_AGENDA)
        )

    @cached_property
    def may_cancel(self) -> bool:
        return self.meeting.status == MeetingStatus.PLANNED and self._may(Permission.SCHEDULE_MEETING)

    @cached_property
    def may_see_messages(self) -> bool:
        return Permission.SEE_MESSAGES in self.rights

    @cached_property
    def may_hold(self) -> bool:
        return self.meeting.status in {MeetingStatus.PLANNED, MeetingStatus.RUNNING}

    @cached_property
    def may_show_in_room(self) -> bool:
        is_near = self.meeting.status == MeetingStatus.RUNNING or not self.is_past
        return self.may_hold and is_near and self._may(Permission.RUN_MEETING)

    def _may(self, permission: Permission) -> bool:
        return permission in self.rights

    @cached_property
    def parts(self) -> list[Part]:
        """Whoever plans sees an empty part too, to put something there."""
        parts = [Part(lane, [line for line in self.lines if line.item.lane == lane]) for lane in Lane]
        return [part for part in parts if part.lines or (self.may_plan and part.lane in LANES)]

    @cached_property
    def pause(self) -> rules.Pause | None:
        """The break, where it stands between two cases."""
        pause = pause_of(self.meeting)
        return pause if pause and pause.within(len(self.lines)) else None

    @cached_property
    def order(self) -> str:
        return order_of(self.lines)

    @property
    def specialties(self) -> list[tuple[str, str]]:
        return list(Specialty.choices)

    @cached_property
    def suggested_minutes(self) -> list[AgendaLine]:
        return [line for line in self.lines if line.is_waiting and line.suggested]

    @cached_property
    def minutes_in_one(self) -> str:
        """All suggestions as one form sends them."""
        found = ((line.item.pk, line.suggested) for line in self.suggested_minutes)
        return " ".join(f"{pk}:{one.minutes}" for pk, one in found if one)

    @cached_property
    def sampled(self) -> list[AgendaLine]:
        """Drawn to be checked, once the board is done with them: before, nobody is to know which."""
        done = (ItemStatus.DISCUSSED, ItemStatus.DEFERRED)
        return [line for line in self.lines if line.item.audit_sample and line.item.status in done]

    @cached_property
    def not_ready(self) -> int:
        return sum(line.readiness.state == State.BLOCKED for line in self.lines)

    @cached_property
    def may_answer_for_others(self) -> bool:
        return self._may(Permission.REPORT_FOR_OTHERS)


def meeting_page(meeting: Meeting, *, user, now: datetime, left: str = "") -> MeetingPage:
    """`left`: the suggested order that this person has declined."""
    board = meeting.board
    cut_off = rules.cut_off(meeting.starts_at, board.cut_off_hours, zone=board.zone)
    rights = granted(user, board=board)
    items = items_in_order(meeting)
    offered = _offered(meeting, now=now) if Permission.LIST_CASE in rights else []
    listed = [item.case for item in items]
    lines = case_lines([*listed, *offered], on=meeting_day(meeting), now=now)
    minutes = [item.minutes for item in items]
    leaves = leaving_early(meeting)
    in_place = with_who_is_gone(in_order(meeting, items, lines[: len(listed)]), leaves)
    return MeetingPage(
        meeting=meeting,
        lines=in_place,
        waiting=_by_urgency(lines[len(listed) :]),
        capacity=rules.capacity(minutes, available=meeting.minutes, pause=pause_of(meeting)),
        break_advised=rules.break_after(minutes),
        leaves=leaves,
        proposal=_proposal(meeting, in_place, leaves, rights, left),
        matters=_matters(meeting),
        cut_off=cut_off,
        is_late=now >= cut_off,
        is_past=now >= meeting.ends_at,
        uncovered=_uncovered(board),
        deliveries=_deliveries(meeting) if meeting.agenda_version else None,
        is_changed=bool(meeting.agenda_version) and _changed_since(meeting),
        rights=rights,
    )


def _proposal(meeting: Meeting, lines, leaves, rights, left: str) -> Proposal | None:
    """For whoever may take it, while the list is being prepared."""
    if meeting.status != MeetingStatus.PLANNED or Permission.LIST_CASE not in rights:
        return None
    found = proposal(meeting, lines, leaves)
    return None if found and found.key == left else found


def _matters(meeting: Meeting) -> list[Matter]:
    found = meeting.matters.select_related("case", "action__owner", "ratification__asked_of")
    return list(found.order_by("settled_at", "created_at", "pk"))


def _offered(meeting: Meeting, *, now: datetime) -> list[Case]:
    is_past = meeting.status == MeetingStatus.PLANNED and meeting.ends_at <= now
    if meeting.status in OVER or is_past:
        return []
    last = AgendaItem.objects.standing().filter(case=OuterRef("pk"), presentation=OuterRef("presentation"))
    put_off = Subquery(last.order_by("-created_at").values("defer_reason")[:1])
    cases = Case.objects.filter(board=meeting.board, status=CaseStatus.PREPARING).annotate(put_off=put_off)
    return list(cases.select_related(*OF_THE_CASE).order_by("referred_at", "pk")[:MOST])


def _by_urgency(lines: Sequence[CaseLine]) -> list[CaseLine]:
    """Emergencies first, then what is ready, then by age of the referral."""
    order = [State.READY, State.WAITING, State.STALE, State.BLOCKED]
    urgency = [Urgency.EMERGENCY, Urgency.SOON, Urgency.ROUTINE]
    return sorted(
        lines,
        key=lambda line: (
            not line.is_emergency,
            order.index(line.readiness.state),
            urgency.index(Urgency(line.case.urgency)),
        ),
    )


def _uncovered(board: TumorBoard) -> list[Specialty]:
    seats = Membership.objects.current().with_role(*SITTING).filter(board=board)
    known = set(seats.values_list("specialty", flat=True).distinct())
    return [Specialty(code) for code in board.quorum_specialties if code not in known]


def _deliveries(meeting: Meeting) -> Deliveries:
    counts = Message.objects.filter(
        kind="agenda.published", about=meeting.about, version=meeting.agenda_version
    ).aggregate(
        recipients=Count("recipient", distinct=True),
        sent=Count("recipient", distinct=True, filter=Q(state=Delivery.SENT)),
        waiting=Count("recipient", distinct=True, filter=Q(state__in=UNSENT)),
        failed=Count("recipient", distinct=True, filter=Q(state__in=NEEDS_A_PERSON)),
    )
    return Deliveries(**counts)


def _changed_since(meeting: Meeting) -> bool:
    """Each change counts the row's version up; the trail keeps which one was sent."""
    sent = trail.of(meeting.about).filter(verb="agenda.published").first()
    return sent is not None and sent.details.get("row_version") != meeting.version
