"""When is nothing left to do for a case?"""

from cases.domain import lifecycle
from cases.models import Case
from cases.models.follow_up import actions as all_actions
from cases.services._steps import take
from cases.vocabulary import CaseStatus


def close_when_all_ended(case: Case, *, by) -> None:
    """A decided case is closed once nothing is left to do, from whichever of its discussions."""
    unfinished = all_actions().in_force().filter(recommendation__case=case)
    if case.status == CaseStatus.DECIDED and not unfinished.unfinished().exists():
        take(lifecycle.CLOSE, case, by=by)
