"""Will everybody be there whom a meeting needs, as far as people have said?"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from cases.domain.errors import Refused
from cases.vocabulary import MeetingStatus, Reply


class Word(StrEnum):
    """What is known of one person for one meeting."""

    COMES = "comes"
    DEPUTY = "somebody comes for them"
    FOR_ANOTHER = "comes for another discipline"
    CANNOT = "cannot come"
    AWAY = "is away"
    SILENT = "nothing heard"


class State(StrEnum):
    """How it stands with one discipline."""

    SURE = "sure"
    UNCERTAIN = "uncertain"
    MISSING = "missing"


def word_of(
    *, reply: str, is_away: bool, deputy_comes: bool = True, speaks_for_another: bool = False
) -> Word:
    """What somebody said counts before what their absence says."""
    if speaks_for_another:
        return Word.FOR_ANOTHER
    if reply == Reply.COMING:
        return Word.COMES
    if reply == Reply.DEPUTY:
        return Word.DEPUTY if deputy_comes else Word.CANNOT
    if reply == Reply.NOT_COMING:
        return Word.CANNOT
    return Word.AWAY if is_away else Word.SILENT


def state_of(words: Iterable[Word]) -> State:
    """Of all who speak for the discipline."""
    heard = set(words)
    if heard & {Word.COMES, Word.DEPUTY}:
        return State.SURE
    return State.UNCERTAIN if Word.SILENT in heard else State.MISSING


def why_no_reply(status: str, *, ends_at: datetime, now: datetime) -> str:
    """What to say to somebody who answers too late; "" while an answer counts."""
    if status == MeetingStatus.CANCELLED:
        return "This meeting is called off. Nobody needs to answer."
    if status == MeetingStatus.CLOSED or ends_at <= now:
        return "This meeting is over. Who was there is in its minutes."
    return ""


def require_reply(status: str, *, ends_at: datetime, now: datetime) -> None:
    if reason := why_no_reply(status, ends_at=ends_at, now=now):
        raise Refused(reason)
