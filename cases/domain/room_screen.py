"""When may the screen of a meeting room show a meeting, when is it locked, and when is it over?"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from cases.domain.check_in import ALPHABET
from cases.domain.errors import Refused

CODE_LENGTH = 8
CODE_HOLDS = timedelta(minutes=10)
PIN_LENGTHS = range(4, 9)
TRIES = 5  # wrong PINs, then the screen is closed


class WrongPin(Refused):
    """One of the tries is used up."""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normal(typed: str) -> str:
    """As people type it: small letters, blanks and hyphens count for nothing."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:32]


def in_groups(code: str) -> str:
    """Two groups of four are read aloud without a mistake."""
    return f"{code[:4]} {code[4:]}"


def check_pin(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise Refused("Choose a PIN of 4 to 8 digits.")
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise Refused("This PIN is the first that anybody tries. Choose another.")


def tries_left(wrong: int) -> int:
    return max(0, TRIES - wrong)


def is_locked(
    *, locked_at: datetime | None, moments: Iterable[datetime | None], minutes: int, now: datetime
) -> bool:
    """On demand, or because nothing has happened: neither at the screen nor in the meeting."""
    last = max((moment for moment in moments if moment), default=None)
    return bool(locked_at) or last is None or now - last >= timedelta(minutes=minutes)


def is_over(*, meeting_ended: bool, day: date, today: date) -> bool:
    """A screen that was forgotten does not show the next day what was discussed on this one."""
    return meeting_ended or today > day
