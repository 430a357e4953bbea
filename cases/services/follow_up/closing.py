"""When is nothing left to do for a case, and when is there something again?"""

from cases.domain import lifecycle
from cases.models import Case
from cases.models.follow_up import actions as all_actions
from cases.services._steps import take
from cases.vocabulary import CaseStatus


def close_when_all_ended(case: Case, *, by) -> None:
    """A decided case is closed once nothing is left to do, from whichever of its discussions.

    An amendment or a correction may give a closed case something to do: then it is open again.
    """
    if case.status not in {CaseStatus.DECIDED, CaseStatus.CLOSED}:
        return
    left = all_actions().in_force().filter(recommendation__case=case).unfinished().exists()
    if left and case.status == CaseStatus.CLOSED:
        take(lifecycle.REOPEN, case, by=by)
    if not left and case.status == CaseStatus.DECIDED:
        take(lifecycle.CLOSE, case, by=by)
