"""When is nothing left to do for a case, and when is there something again?"""

from cases.domain import lifecycle
from cases.models import Case, Ratification
from cases.models.follow_up import actions as all_actions
from cases.services._steps import take
from cases.vocabulary import CaseStatus, RatificationAnswer


def close_when_all_ended(case: Case, *, by) -> None:
    """A decided case is closed once nothing is left to do, from whichever of its discussions.

    An amendment or a correction may give a closed case something to do: then it is open again. Nor is a case
    closed whose decision an absent discipline has not ratified, or objects to.
    """
    if case.status not in {CaseStatus.DECIDED, CaseStatus.CLOSED}:
        return
    left = all_actions().in_force().filter(recommendation__case=case).unfinished().exists()
    if left and case.status == CaseStatus.CLOSED:
        take(lifecycle.REOPEN, case, by=by)
    if not left and case.status == CaseStatus.DECIDED and not _is_provisional(case):
        take(lifecycle.CLOSE, case, by=by)


def _is_provisional(case: Case) -> bool:
    """Where nobody sits for the discipline there is nobody to wait for; the coordinators know."""
    asked = Ratification.objects.filter(recommendation__case=case, recommendation__superseded_at=None)
    return asked.exclude(asked_of=None).exclude(answer=RatificationAnswer.RATIFIED).exists()
