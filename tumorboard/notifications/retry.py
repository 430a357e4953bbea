"""After an answer from the relay: try again, when, or never?

RFC 5321 section 4.2.1: a code that starts with 4 is transient, with 5 permanent. RFC 3463 section 3.3: with
X.2.2 behind it, it means a full mailbox, which its owner may empty, whatever the code.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


class Sort(Enum):
    """Of answer. Its value: how many minutes pass between the tries; all are as many, for answers change."""

    BUSY = (1, 2, 5, 15, 60, 240)  # so many others at this moment
    LINE = (1, 5, 15, 60, 120, 240)  # it broke, or the relay is not set up to take anything from us
    LATER = (5, 15, 30, 60, 120, 240)  # such as "greylisted": coming back too soon does not count
    FULL = (30, 60, 240, 480, 720, 1440)  # emptied by a person, when they are back at work
    NEVER = ()


BUSY_CODES = (421, 432, 451)
FULL_CODES = (452, 552)
SPREAD = 0.25  # so that a thousand refused together do not come back together
STATUS = re.compile(r"[245]\.(\d{1,3}\.\d{1,3})\b")
FULL_STATUS = ("2.2", "3.1")  # this mailbox, the machine it is on
ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Verdict:
    """Wait this long and try again; without a wait it will never do."""

    wait: timedelta | None


def sort_of(*, code: int | None, words: str = "", about_recipient: bool = True) -> Sort:
    """`code` and `words` are the relay's; no code when the connection broke.

    `about_recipient` is False for answers to our own greeting or sender address: those say nothing about the
    message and are worth another try.
    """
    if code is None:
        return Sort.LINE
    status = STATUS.match(words)
    full = status.group(1) in FULL_STATUS if status else code in FULL_CODES
    if full and about_recipient:
        return Sort.FULL
    if code >= 500:
        return Sort.NEVER if about_recipient else Sort.LINE
    return Sort.BUSY if code in BUSY_CODES else Sort.LATER


def judge(sort: Sort, *, attempts: int, jitter: float) -> Verdict:
    """What follows the given number of tries, counted with the one that was just answered.

    `jitter` from -1 to 1 spreads the waits by a quarter either way.
    """
    if attempts > len(sort.value):
        return Verdict(None)
    minutes = sort.value[max(attempts, 1) - 1]
    return Verdict(timedelta(minutes=minutes * (1 + SPREAD * jitter)))


def note(text: str) -> str:
    """What may be kept of a relay's words: short, on one line, without addresses."""
    return ADDRESS.sub("<address>", " ".join(text.split()))[:LONGEST_NOTE]
