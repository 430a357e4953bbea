"""After an answer from the relay: try again, when, or never?

RFC 5321 section 4.2.1: a code that starts with 4 is transient, with 5 permanent.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

MINUTES_BETWEEN_TRIES = (1, 5, 15, 60, 120, 240)
SPREAD = 0.25  # so that a thousand refused together do not come back together
ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Verdict:
    """Wait this long and try again; without a wait it will never do."""

    wait: timedelta | None


def judge(*, code: int | None, about_recipient: bool, attempts: int, jitter: float) -> Verdict:
    """What follows the given number of tries, counted with the one that was just answered.

    `code` is the relay's, or None when the connection broke. `about_recipient` is False for answers to our
    own greeting or sender address: those say nothing about the message and are worth another try.
    `jitter` from -1 to 1 spreads the waits by a quarter either way.
    """
    refused_for_good = code is not None and code >= 500 and about_recipient
    if refused_for_good or attempts > len(MINUTES_BETWEEN_TRIES):
        return Verdict(None)
    minutes = MINUTES_BETWEEN_TRIES[max(attempts, 1) - 1]
    return Verdict(timedelta(minutes=minutes * (1 + SPREAD * jitter)))


def note(text: str) -> str:
    """What may be kept of a relay's words: short, on one line, without addresses."""
    return ADDRESS.sub("<address>", " ".join(text.split()))[:LONGEST_NOTE]
