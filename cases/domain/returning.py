"""When does a decided case come back to the board by itself, and with which question?"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Signed:
    """What a decision says of its own end."""

    met_on: date
    expires_on: date | None
    re_present_on: date | None
    re_present_why: str
    unfinished: int  # of its own actions


@dataclass(frozen=True)
class Question:
    words: str
    why_now: str


def question(signed: Signed, *, today: date) -> Question | None:
    """None while nothing has come due. A decision that was carried out does not expire."""
    on = signed.re_present_on
    if on and on <= today:
        words = f"Re-staging: {signed.re_present_why or 'what has changed, and what follows?'}"
        why = f"On {signed.met_on:%d-%b-%Y} the board asked to see this case again on {on:%d-%b-%Y}."
        return Question(words, why)
    until = signed.expires_on
    if until and until < today and signed.unfinished:
        words = (
            f"The recommendation of {signed.met_on:%d-%b-%Y} has expired before it was carried out:"
            " does it still hold?"
        )
        left = "1 action is" if signed.unfinished == 1 else f"{signed.unfinished} actions are"
        return Question(words, f"It was good until {until:%d-%b-%Y}, and {left} not done.")
    return None
