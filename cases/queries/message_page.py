"""What has become of one message, step by step, and what did it say?"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from cases.queries.messages import Line, boards_of, lines_of
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Parcel
from tumorboard.notifications.states import State

# A signed address acts for the one it was made for: nobody else is to have it, whoever looks after the post.
SIGNED = re.compile(r"(?<=/)[\w.=-]{4,}:[\w-]+:[\w-]{20,}(?=/?)")
MASK = "…"


@dataclass(frozen=True)
class Step:
    title: str
    at: datetime | None = None
    words: str = ""
    mark: str = "none"


@dataclass(frozen=True)
class File:
    name: str
    mime: str
    size: int

    @classmethod
    def of(cls, parcel: Parcel) -> "File":
        return cls(parcel.name, parcel.mime.partition(";")[0], len(parcel.content))


@dataclass(frozen=True)
class MessagePage:
    line: Line
    board: object
    steps: list[Step]
    text: str
    files: list[File]
    others: list[Line]  # the same message on its other ways
    parts: list[Line]  # what this summary carries

    @property
    def is_purged(self) -> bool:
        return self.line.message.purged_at is not None


def page_of(message: Message, user) -> MessagePage:
    boards = boards_of(user)
    others = list(_people(_same(message)).order_by("resend_no"))
    parts = list(_people(message.parts.all()).order_by("created_at", "pk"))
    lines = lines_of([message, *others, *parts], boards)
    enclosures = message.enclosures.order_by("position").annotate(size=Length("attachment__content"))
    return MessagePage(
        line=lines[0],
        board=next(board for board in boards if board.scope == message.scope),
        steps=steps_of(message),
        text=masked(message.text),
        files=[File(one.name, one.mime.partition(";")[0], one.size) for one in enclosures],
        others=lines[1 : 1 + len(others)],
        parts=lines[1 + len(others) :],
    )


def masked(words: str) -> str:
    return SIGNED.sub(MASK, words)


def steps_of(message: Message) -> list[Step]:
    """In the order in which they happened, and at the end what comes next."""
    return [*_owed(message), *_tried(message), *END[State(message.state)](message), *_purged(message)]


def _owed(message: Message) -> list[Step]:
    words = f"sent again by {message.resent_by.display_name}" if message.resent_by else ""
    steps = [Step("Owed", message.created_at, words)]
    if message.not_before > message.created_at:
        steps.append(Step("Not before", message.not_before, "planned for then, or kept from the quiet hours"))
    if message.gather:
        steps.append(Step("Waits for a summary", message.not_before, "what else is due goes along with it"))
    return steps


def _tried(message: Message) -> list[Step]:
    steps = []
    if message.attempts:
        tries = "1 try" if message.attempts == 1 else f"{message.attempts} tries"
        words = "" if message.state == State.DEAD else message.last_error
        steps.append(Step(f"Tried: {tries}", words=words, mark="draft"))
    if message.handover_at:
        words = "the server’s answer was lost: it may have arrived" if message.ambiguous else ""
        steps.append(Step("Handed over to the mail server", message.handover_at, words, mark="draft"))
    return steps


def _purged(message: Message) -> list[Step]:
    return [Step("Words removed", message.purged_at, "kept no longer")] if message.purged_at else []


def _queued(message: Message) -> list[Step]:
    if message.gather:
        return []
    if message.next_try_at <= timezone.now():
        return [Step("Next try", words="as soon as there is a turn")]
    return [Step("Next try", message.next_try_at)]


def _gathered(message: Message) -> list[Step]:
    """Withdrawn after a summary that did not arrive: the summary is as it was, but is not sent again."""
    summary = message.gathered_in
    steps = [Step("Told in a summary", summary.created_at if summary else None, mark="done")]
    if message.reason:
        steps.append(Step("Withdrawn, since the summary had not arrived", words=message.reason))
    return steps


END = {
    State.QUEUED: _queued,
    State.SENDING: lambda m: [Step("Being sent", words="a worker has it in hand", mark="draft")],
    State.SENT: lambda m: [Step("Taken by the mail server", m.sent_at, m.proof, mark="done")],
    State.DEAD: lambda m: [Step("Given up", words=m.last_error, mark="block")],
    State.HELD: lambda m: [
        Step("Held", words="nobody knows whether it arrived, and it must not go twice", mark="due")
    ],
    State.CANCELLED: lambda m: [Step("Withdrawn before it left", words=m.reason)],
    State.EXPIRED: lambda m: [Step("Too late", m.expires_at, "after this it is of no use")],
    State.CLOSED: lambda m: [
        Step("Closed by hand", m.closed_at, f"{m.closed_by.display_name}: {m.reason}", mark="done")
    ],
    State.GATHERED: _gathered,
}


def _same(message: Message) -> QuerySet[Message]:
    key = {name: getattr(message, name) for name in ("kind", "about", "version", "recipient")}
    return Message.objects.filter(scope=message.scope, **key).exclude(pk=message.pk)


def _people(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("recipient", "gathered_in")
