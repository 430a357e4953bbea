"""What has become of a board's e-mails?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from cases.models import Meeting, Membership, TumorBoard
from cases.permissions import Permission, roles_granting
from cases.queries.message_filters import LABELS, Filters, cut
from cases.queries.message_subjects import Subject, day_of, subjects_of, told_of
from tumorboard.notifications.models import Message, MessageQuerySet
from tumorboard.notifications.states import NEEDS_A_PERSON, State

A_PAGE = 50
# Meetings whose messages one may ask for in the list of choices; an address asks for any.
AROUND = timedelta(days=60)
SIGN = {
    State.SENT: "done",
    State.CLOSED: "done",
    State.GATHERED: "done",
    State.QUEUED: "none",
    State.SENDING: "draft",
    State.DEAD: "block",
    State.HELD: "due",
    State.CANCELLED: "none",
    State.EXPIRED: "none",
}


@dataclass(frozen=True)
class Line:
    message: Message
    kind: str
    subject: Subject
    sign: str
    zone: Any
    is_refused: bool  # the relay will never take mail for this address

    @property
    def needs_a_person(self) -> bool:
        return self.message.state in NEEDS_A_PERSON

    @property
    def may_resend(self) -> bool:
        return self.message.state in (State.SENT, *NEEDS_A_PERSON)


@dataclass(frozen=True)
class MessagesPage:
    needing: list[Line]
    lines: list[Line]
    filters: Filters
    choices: list[dict[str, Any]]
    views: list[tuple[str, str, int, bool]]  # address, label, how many, is shown
    older: str
    newer: str

    @property
    def keep(self) -> list[tuple[str, str]]:
        return [("state", self.filters.state)] if self.filters.state else []

    @property
    def is_asked(self) -> bool:
        return bool(self.filters.pairs)


def boards_of(user) -> list[TumorBoard]:
    """Whose post the person looks after."""
    seats = Membership.objects.current().with_role(*roles_granting(Permission.SEE_MESSAGES))
    return list(TumorBoard.objects.filter(memberships__in=seats.filter(user=user)).order_by("name"))


def visible_to(user) -> MessageQuerySet:
    return _of(boards_of(user))


def page(boards: Sequence[TumorBoard], *, asked: Mapping[str, str], most: int = A_PAGE) -> MessagesPage:
    """What needs a person before everything else, and then the newest first."""
    filters = Filters.read(asked)
    wanted = filters.of_any_state(_of(boards))
    others = wanted.filter(state=filters.state) if filters.state else wanted.exclude(state__in=NEEDS_A_PERSON)
    shown = cut(others.select_related("recipient", "gathered_in"), asked, most=most)
    needing = [] if filters.state or shown.newer else _needing(wanted, most)
    lines = lines_of([*needing, *shown.rows], boards)
    return MessagesPage(
        needing=lines[: len(needing)],
        lines=lines[len(needing) :],
        filters=filters,
        choices=_choices(boards, filters),
        views=_views(wanted.counts(), filters),
        older=filters.address(older=str(shown.older)) if shown.older else "",
        newer=filters.address(newer=str(shown.newer)) if shown.newer else "",
    )


def lines_of(messages: Sequence[Message], boards: Sequence[TumorBoard]) -> list[Line]:
    zones = {board.scope: board.zone for board in boards}
    subjects = subjects_of(messages)
    refused = refused_among(messages)
    return [
        Line(
            message=message,
            kind=LABELS.get(message.kind, message.kind),
            subject=subjects.get(told_of(message.about), Subject()),
            sign=SIGN[State(message.state)],
            zone=zones[message.scope],
            is_refused=message.recipient_id in refused,
        )
        for message in messages
    ]


def refused_among(messages: Sequence[Message]) -> set[int]:
    """Whose address is refused for good, of those to whom something did not get through."""
    people = {message.recipient_id for message in messages if message.state in NEEDS_A_PERSON}
    if not people:
        return set()
    return set(Message.objects.filter(recipient__in=people).refused_addresses())


def _of(boards: Sequence[TumorBoard]) -> MessageQuerySet:
    return Message.objects.for_scope([board.scope for board in boards])


def _needing(wanted: MessageQuerySet, most: int) -> list[Message]:
    rows = wanted.needing_a_person().select_related("recipient", "gathered_in")
    return list(rows.order_by("-created_at", "-pk")[:most])


def _views(counts: dict[str, int], filters: Filters) -> list[tuple[str, str, int, bool]]:
    """Each state that there is, with how many; first those that need a person."""
    order = [*NEEDS_A_PERSON, *(state for state in State if state not in NEEDS_A_PERSON)]
    shown = [state for state in order if counts[state] or filters.state == state]
    return [
        (filters.address(state=""), "All", sum(counts.values()), not filters.state),
        *((filters.address(state=s), s.label, counts[s], filters.state == s) for s in shown),
    ]


def _choices(boards: Sequence[TumorBoard], filters: Filters) -> list[dict[str, Any]]:
    kinds = sorted(LABELS.items(), key=lambda option: option[1])
    return [
        _choice("kind", "What", filters.kind, kinds),
        _choice("person", "To", filters.person, _people(boards, filters.person)),
        _choice("meeting", "Meeting", filters.meeting, _meetings(boards, filters.meeting)),
    ]


def _choice(name: str, label: str, value: Any, options: list[tuple[Any, str]]) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value or "", "options": options}


def _people(boards: Sequence[TumorBoard], chosen: int | None) -> list[tuple[int, str]]:
    """Who sits on the boards or refers to them, and whoever is asked for and was written to."""
    seats = Membership.objects.current().filter(board__in=boards)
    written_to = _of(boards).filter(recipient=chosen or 0)
    people = get_user_model()._default_manager.filter(
        Q(pk__in=seats.values("user")) | Q(pk__in=written_to.values("recipient"))
    )
    return [(person.pk, person.display_name) for person in people.by_name()]


def _meetings(boards: Sequence[TumorBoard], chosen: UUID | None) -> list[tuple[UUID, str]]:
    now = timezone.now()
    around = Q(starts_at__range=(now - AROUND, now + AROUND)) | Q(pk=chosen)
    meetings = Meeting.objects.filter(around, board__in=boards).select_related("board")
    several = len(boards) > 1
    return [
        (meeting.pk, f"{day_of(meeting)}, {meeting.board}" if several else day_of(meeting))
        for meeting in meetings.order_by("-starts_at", "pk")
    ]
