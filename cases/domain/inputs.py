"""What may happen to a discipline's input, and what does its signature need?"""

from cases.domain.errors import Refused
from cases.vocabulary import CaseStatus

ANSWERABLE = frozenset({CaseStatus.PREPARING, CaseStatus.LISTED, CaseStatus.DISCUSSED, CaseStatus.DECIDED})


def require_open(status: str) -> None:
    """Inputs are asked for and given from the case's acceptance until it is closed."""
    if status not in ANSWERABLE:
        label = CaseStatus(status).label.lower()
        raise Refused(f"This case is {label}: nothing is asked of the disciplines now.")
