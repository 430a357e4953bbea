"""Which looks at a case should a privacy officer look at? Rules that point, and never accuse.

Each rule names what it saw; whether it was right is for a person to say. The thresholds are few and stand
here, so that an officer can be told why something was shown and why something else was not.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from cases.domain.sending import WorkingDays, is_quiet

# Fewer patients than this in a day are never many, however few somebody usually reads.
MANY_AT_LEAST = 15
# So many times what this person reads on a usual day, and what others in the same role do.
MANY_TIMES_OWN = 3
MANY_TIMES_ROLE = 3
# Weeks before, from which the usual day is known; days without a read do not count.
USUAL_WEEKS = 8
# Working hours where a board sets no quiet hours, which it does for its e-mail.
DAY_BEGINS, DAY_ENDS = time(7), time(20)
# Whoever prepares for a meeting or comes from one may read at any hour.
NEAR_A_MEETING = timedelta(hours=12)
# For so long before and after a meeting, whoever sits on the board has its cases to read.
BEFORE_A_MEETING, AFTER_A_MEETING = timedelta(days=14), timedelta(days=14)


@dataclass(frozen=True)
class Name:
    given: str
    family: str


def usual(patients_a_day: list[int]) -> float:
    """The median of the days on which there was a read at all; 0 of somebody new."""
    return median(patients_a_day) if patients_a_day else 0


def is_many(patients: int, *, own: float, role: float) -> bool:
    """Many, and many for this person, and many for their role."""
    return patients >= MANY_AT_LEAST and patients > MANY_TIMES_OWN * own and patients > MANY_TIMES_ROLE * role


def is_own_name(reader: Name, patient: Name) -> bool:
    """Somebody who reads of a person of their own name: perhaps of themselves."""
    return has_surname_of(reader, patient) and bool(_first(reader.given) & _first(patient.given))


def has_surname_of(reader: Name, patient: Name) -> bool:
    """Perhaps a relative. A double name shares a part; particles such as “de” are no part."""
    return bool(_surnames(reader.family) & _surnames(patient.family))


def _surnames(text: str) -> set[str]:
    return {part for part in _parts(text) if len(part) > 3} or {" ".join(_parts(text))} - {""}


def _first(text: str) -> set[str]:
    return set(_parts(text)[:1])


def _parts(text: str) -> list[str]:
    """Without accents, case and hyphens: "Müller-Lüdenscheidt" is "muller" and "ludenscheidt"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return "".join(one if one.isalpha() else " " for one in letters).split()


def is_out_of_hours(
    at: datetime, *, days: WorkingDays, quiet_from: time, quiet_until: time, meetings: list[datetime]
) -> bool:
    """By night or on a day off, on the clock of the board, and with no meeting near.

    `at` and `meetings` are on that clock.
    """
    if any(abs(at - meeting) <= NEAR_A_MEETING for meeting in meetings):
        return False
    if quiet_from == quiet_until:
        quiet_from, quiet_until = DAY_ENDS, DAY_BEGINS
    return not days.is_working(at.date()) or is_quiet(
        at.time(), quiet_from=quiet_from, quiet_until=quiet_until
    )


def has_no_task(at: datetime, *, concerned: bool, meetings: list[datetime]) -> bool:
    """Neither their input, referral, action or letter, nor the list of a meeting of their board just then.

    `meetings`: when the case was or is on the list of a board on which the person sits.
    """
    on_a_list = any(meeting - BEFORE_A_MEETING <= at <= meeting + AFTER_A_MEETING for meeting in meetings)
    return not concerned and not on_a_list
