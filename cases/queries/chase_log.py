"""What was sent to whom about what they owe, did they look since, and what was said on the telephone?

Six queries, however much is owed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from cases.domain import chasing
from cases.models import Absence, ChaseNote, Draft
from cases.queries.absences import away_on
from cases.queries.chase_debt import Debt, What
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

CHASED = "input.chased"
ASKED, REMINDED, WAS_CHASED = "Asked", "Reminded", "Chased"
# Of each sort of debt, the e-mails that say so, by what they do.
TELLING: Mapping[What, Mapping[str, str]] = {
    What.INPUT: {"input.asked": ASKED, "input.reminder": REMINDED, CHASED: WAS_CHASED},
    What.REFERRAL: {CHASED: WAS_CHASED},
    What.RATIFICATION: {"ratification.asked": ASKED, "ratification.reminder": REMINDED, CHASED: WAS_CHASED},
    What.ACTION: {
        **dict.fromkeys(("action.handed_over", "action.condition_met", "action.plan_b"), ASKED),
        "action.due": REMINDED,
        CHASED: WAS_CHASED,
    },
}
TOLD_TOGETHER = frozenset({"input.reminder", "action.due", CHASED})  # of all that a person owes at once
NOT_TOLD = (State.CANCELLED, State.EXPIRED)
NOT_REACHED = (State.DEAD, *NOT_TOLD)
SIGN = {State.SENT: "done", State.CLOSED: "done", State.DEAD: "block", State.HELD: "due"}
OF_A_DEPUTY = "/for:"  # in the key of the copy that whoever stands in gets
SAME_MOMENT = timedelta(minutes=1)  # a message bears the time at which its transaction began


@dataclass(frozen=True)
class Told:
    """One e-mail about it."""

    pk: UUID
    what: str
    at: datetime
    state: str
    sign: str


@dataclass(frozen=True)
class Chased:
    """When somebody was last chased on a board, and by whom."""

    at: datetime
    by: Any
    reached: bool


@dataclass(frozen=True)
class Row:
    """What somebody owes, with all that was done about it."""

    debt: Debt
    told: tuple[Told, ...] = ()
    opened_at: datetime | None = None
    writing: bool = False
    notes: tuple[ChaseNote, ...] = ()
    away: Absence | None = None
    chased: Chased | None = None
    just_chased: bool = False

    @property
    def begun(self) -> bool:
        return self.debt.begun or self.writing

    @property
    def opened_since(self) -> bool:
        """Since the last e-mail about it, or since it was asked for."""
        last = max((one.at for one in self.told), default=self.debt.since)
        return self.opened_at is not None and self.opened_at >= last - SAME_MOMENT


def with_log(debts: Sequence[Debt], *, now: datetime) -> list[Row]:
    if not debts:
        return []
    kinds = {kind for telling in TELLING.values() for kind in telling}
    messages = messages_about(debts, kinds=kinds)
    sent, opened = _by_reader(messages), _opened(debts)
    inputs = [debt.pk for debt in debts if debt.what == What.INPUT]
    notes, writing = notes_on(inputs), _writing(inputs)
    chased = last_chased(debts, messages)
    away = away_on({debt.who for debt in debts if debt.who}, debts[0].today)
    return [
        Row(
            debt=debt,
            told=_told(debt, sent),
            opened_at=opened.get((debt.case.about, debt.who.pk)) if debt.who else None,
            writing=debt.who is not None and (str(debt.pk), debt.who.pk) in writing,
            notes=tuple(notes.get(debt.pk, ())),
            away=away.get(debt.who.pk) if debt.who else None,
            chased=(last := chased.get(debt.person)),
            just_chased=is_just(last, now=now),
        )
        for debt in debts
    ]


def is_just(last: Chased | None, *, now: datetime) -> bool:
    """What did not arrive has chased nobody."""
    return last is not None and last.reached and chasing.was_just_chased(last.at, now=now)


def last_chased(debts: Sequence[Debt], messages: Iterable[Message]) -> dict[Any, Chased]:
    """The last chase of each person on each board; `messages` are theirs, of any kind, the oldest first."""
    wanted = {(debt.board.scope, debt.who.pk): debt.person for debt in debts if debt.person}
    chases = (message for message in messages if message.kind == CHASED and _is_own(message))
    last = {wanted.get((message.scope, message.recipient_id)): message for message in chases}
    by = _chasers(debts, last.values())
    return {
        person: Chased(one.created_at, by.get(str(one.pk)), one.state not in NOT_REACHED)
        for person, one in last.items()
        if person
    }


def messages_about(debts: Sequence[Debt], *, kinds: Iterable[str]) -> list[Message]:
    """The oldest first. Never the words: a hundred e-mails with their HTML weigh more than the page."""
    found = Message.objects.for_scope({debt.board.scope for debt in debts})
    found = found.filter(recipient__in={debt.who.pk for debt in debts if debt.who}, kind__in=kinds)
    return list(
        found.exclude(state__in=NOT_TOLD)
        .only("kind", "about", "recipient", "scope", "state", "created_at", "sent_at")
        .order_by("created_at")
    )


def _by_reader(messages: Iterable[Message]) -> dict[tuple[str, int], list[Message]]:
    found: dict[tuple[str, int], list[Message]] = {}
    for message in messages:
        found.setdefault((message.scope, message.recipient_id), []).append(message)
    return found


def _told(debt: Debt, sent: Mapping[tuple[str, int], list[Message]]) -> tuple[Told, ...]:
    """Of each sort the last, in the order in which they were written."""
    if debt.who is None:
        return ()
    telling = TELLING[debt.what]
    last: dict[str, Told] = {}
    for message in sent.get((debt.board.scope, debt.who.pk), ()):
        if message.kind in telling and _is_about(message, debt):
            what, state = telling[message.kind], State(message.state)
            last.pop(what, None)
            at, sign = message.sent_at or message.created_at, SIGN.get(state, "none")
            last[what] = Told(message.pk, what, at, str(state.label), sign)
    return tuple(last.values())


def _is_about(message: Message, debt: Debt) -> bool:
    own = f"ratification:{debt.pk}" if debt.what == What.RATIFICATION else debt.case.about
    if message.created_at < debt.since - SAME_MOMENT or not _is_own(message):
        return False
    return message.kind in TOLD_TOGETHER or message.about == own


def _is_own(message: Message) -> bool:
    """What somebody got because they stand in for another is not about what they owe themselves."""
    return OF_A_DEPUTY not in message.about


def _opened(debts: Sequence[Debt]) -> dict[tuple[str, int], datetime]:
    """When each person last looked at each case, or at their input to it."""
    views = AuditEvent.objects.filter(
        verb="case.viewed",
        about__in={debt.case.about for debt in debts},
        actor__in={debt.who.pk for debt in debts if debt.who},
    )
    rows = views.order_by().values_list("about", "actor").annotate(last=Max("at"))
    return {(about, actor): last for about, actor, last in rows}


def notes_on(inputs: Iterable[UUID]) -> dict[UUID, list[ChaseNote]]:
    """The newest first."""
    found: dict[UUID, list[ChaseNote]] = {}
    rows = ChaseNote.objects.filter(input__in=inputs).select_related("created_by", "asked")
    for note in rows.order_by("-created_at", "-pk"):
        found.setdefault(note.input_id, []).append(note)
    return found


def _writing(inputs: Iterable[UUID]) -> set[tuple[str, int]]:
    """Which of the inputs somebody has begun to type into."""
    drafts = Draft.objects.filter(form="input", key__in=[str(pk) for pk in inputs])
    return set(drafts.values_list("key", "owner"))


def _chasers(debts: Sequence[Debt], messages: Iterable[Message]) -> dict[str, Any]:
    """Who pressed the button, from the audit trail."""
    events = AuditEvent.objects.filter(
        verb=CHASED,
        about__in={debt.case.about for debt in debts},
        details__message__in=[str(message.pk) for message in messages],
    )
    return {event.details["message"]: event.actor for event in events.select_related("actor")}
