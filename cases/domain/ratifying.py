"""Until when is an absent discipline asked to answer, when is it reminded, and what may it say?"""

from datetime import date

from cases.domain.errors import Refused
from cases.domain.sending import WorkingDays
from cases.vocabulary import RatificationAnswer, Specialty


def is_to_be_reminded(due_on: date, *, today: date, days: WorkingDays) -> bool:
    """From the working day before to the day itself: once, on the first of them that the clock sees."""
    return days.before(due_on) <= today <= due_on


def check_answer(*, answer: str, note: str) -> None:
    if answer not in RatificationAnswer.values:
        raise Refused("Choose whether your discipline stands by the decision or objects.")
    if answer == RatificationAnswer.OBJECTED and not note.strip():
        raise Refused("Say why you object; the board takes it up at its next meeting.")


def provisional_words(*, waiting: list[str], objected: list[str]) -> str:
    """What stands beside a decision that a discipline has not stood by; "" once all have."""
    parts = []
    if objected:
        parts.append(f"{_listed(objected)} {_verb(objected, 'objects', 'object')}")
    if waiting:
        parts.append(f"{_listed(waiting)} {_verb(waiting, 'has', 'have')} not answered yet")
    return f"Provisional: {'; '.join(parts)}." if parts else ""


def _listed(codes: list[str]) -> str:
    words = [Specialty(code).label.lower() for code in Specialty.values if code in codes]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _verb(codes: list[str], one: str, many: str) -> str:
    return one if len(codes) == 1 else many
