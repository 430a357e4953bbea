"""When may a case be read in an emergency, for how long, and by when has somebody looked at why?"""

from datetime import date

from cases.domain.errors import Refused
from cases.domain.sending import WorkingDays
from cases.vocabulary import EmergencyReason, EmergencyVerdict

MINUTES = 60
AT_ONCE = 3  # cases that one person may have open in this way
IN_A_DAY = 10
REVIEW_DAYS = 3  # working days
SHORTEST_REASON = 10  # letters; “x” tells a reviewer nothing


def check_reason(*, kind: str, reason: str) -> None:
    if kind not in EmergencyReason.values:
        raise Refused("Choose what kind of emergency it is.")
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise Refused("Say in a few words why you need to read this case now.")


def check_number(*, running: int, today: int) -> None:
    if running >= AT_ONCE:
        raise Refused(f"You have {AT_ONCE} cases open in an emergency. End one of them first.")
    if today >= IN_A_DAY:
        raise Refused(
            f"You have opened {IN_A_DAY} cases in an emergency since yesterday. Ask your privacy officer."
        )


def check_verdict(*, verdict: str, note: str) -> None:
    if verdict not in EmergencyVerdict.values:
        raise Refused("Choose whether the access was justified.")
    if verdict == EmergencyVerdict.NOT_JUSTIFIED and not note.strip():
        raise Refused("Say why it was not justified, and what follows.")


def is_overdue(begun_on: date, *, today: date, days: WorkingDays) -> bool:
    """Once the last working day on which to review it is past."""
    return today > days.after(begun_on, REVIEW_DAYS)
