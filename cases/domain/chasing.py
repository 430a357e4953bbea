"""In which order is chased what people owe, and when may somebody be chased again?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.domain.picture import NAMES
from cases.domain.readiness import SEEN_ON_IMAGES
from cases.vocabulary import Specialty, Urgency

AGAIN_AFTER = timedelta(hours=20)  # so that who is chased every morning is, and nobody twice in one day
DAYS_TO_ANSWER = 2  # in which an owner says whether they take an action on, before anybody asks again
NO_CUT_OFF = 10_000  # days: what no meeting waits for comes after everything that one does
ORDER = (Urgency.EMERGENCY, Urgency.SOON, Urgency.ROUTINE)

Weight = tuple[int, bool, int, int]


@dataclass(frozen=True)
class Facts:
    """What is asked of one thing that somebody owes, to put it in its place. Days are the board's own."""

    urgency: str = Urgency.ROUTINE
    blocks: bool = False
    due_on: date | None = None
    cut_off_on: date | None = None


def weight(facts: Facts, *, today: date) -> Weight:
    """The smallest first: the more urgent case, what blocks it, what is longest overdue, cut off soonest."""
    left = (facts.cut_off_on - today).days if facts.cut_off_on else NO_CUT_OFF
    urgency = ORDER.index(Urgency(facts.urgency))
    return urgency, not facts.blocks, -days_overdue(facts.due_on, today=today), left


def days_overdue(due_on: date | None, *, today: date) -> int:
    return max(0, (today - due_on).days) if due_on else 0


def due_words(due_on: date | None, *, is_late: bool, today: date) -> str:
    """ "2 days late", "late today", "tomorrow", "in 5 days"; nothing where there is no date."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if is_late:
        return "late today" if days >= 0 else f"{-days} day{'' if days == -1 else 's'} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def discipline_blocks(specialty: str, items: Iterable[str]) -> bool:
    """Whether one of the items that block a case is this discipline's to give."""
    return any(
        NAMES[item].place == f"input:{specialty}"
        or (specialty == Specialty.RADIOLOGY and item in SEEN_ON_IMAGES)
        for item in items
        if item in NAMES
    )


def is_due_an_answer(handed_over_on: date, *, today: date) -> bool:
    """Who was given an action the other day has not been silent yet."""
    return today - handed_over_on >= timedelta(days=DAYS_TO_ANSWER)


def was_just_chased(last: datetime | None, *, now: datetime) -> bool:
    return last is not None and now - last < AGAIN_AFTER
