"""What has become of a board's e-mails?"""

import uuid
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from cases.models import AddendumRequest, Case, Letter, Meeting, TumorBoard
from cases.notices.kinds import KINDS
from cases.permissions import Permission, roles_granting
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import NEEDS_A_PERSON, State

SIGN = {
    State.SENT: "done",
    State.CLOSED: "done",
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
    about: str
    sign: str
    may_close: bool
    may_resend: bool


@dataclass(frozen=True)
class MessagesPage:
    lines: list[Line]
    counts: list[tuple[str, str, int]]  # state, label, how many
    state: str
    needing: int


def visible_to(user):
    """Messages of the boards whose post the person looks after."""
    boards = TumorBoard.objects.filter(
        memberships__user=user,
        memberships__ended_at=None,
        memberships__role__in=roles_granting(Permission.SEE_MESSAGES),
    )
    return Message.objects.for_scope([board.scope for board in boards])


def page(user, *, state: str = "", limit: int = 100) -> MessagesPage:
    """The newest first; those that need a person before all others."""
    visible = visible_to(user)
    counts = visible.counts()
    chosen = visible.filter(state=state) if state in State.values else visible
    needed_first = ExpressionWrapper(Q(state__in=NEEDS_A_PERSON), output_field=BooleanField()).desc()
    people = chosen.select_related("recipient", "closed_by", "resent_by")
    rows = list(people.order_by(needed_first, "-created_at", "pk")[:limit])
    names = _names(rows)
    lines = [_line(row, names) for row in rows]
    return MessagesPage(
        lines=lines,
        counts=[(value, State(value).label, number) for value, number in counts.items() if number],
        state=state,
        needing=sum(counts[value] for value in NEEDS_A_PERSON),
    )


def _line(message: Message, names: dict[str, str]) -> Line:
    return Line(
        message=message,
        kind=KINDS[message.kind].label if message.kind in KINDS else message.kind,
        about=names.get(message.about, ""),
        sign=SIGN[State(message.state)],
        may_close=message.state in NEEDS_A_PERSON,
        may_resend=message.state in (State.SENT, *NEEDS_A_PERSON),
    )


def _names(messages: list[Message]) -> dict[str, str]:
    """Keys such as case:<id> in words, with one query for each sort of thing."""
    keys: dict[str, set[str]] = {"addendum": set(), "case": set(), "letter": set(), "meeting": set()}
    for message in messages:
        what, _, key = message.about.partition(":")
        if what in keys and _is_id(key):
            keys[what].add(key)
    cases = Case.objects.filter(pk__in=keys["case"]).values_list("pk", "number")
    addenda = AddendumRequest.objects.filter(pk__in=keys["addendum"]).values_list("pk", "case__number")
    letters = Letter.objects.filter(pk__in=keys["letter"]).values_list("pk", "case__number")
    meetings = Meeting.objects.filter(pk__in=keys["meeting"]).select_related("board")
    return (
        {f"case:{pk}": f"case {number}" for pk, number in cases}
        | {f"addendum:{pk}": f"case {number}" for pk, number in addenda}
        | {f"letter:{pk}": f"case {number}" for pk, number in letters}
        | {meeting.about: _day_of(meeting) for meeting in meetings}
    )


def _day_of(meeting: Meeting) -> str:
    return f"meeting on {meeting.starts_at.astimezone(meeting.board.zone):%d-%b-%Y}"


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
