"""How does a case begin, and how is it taken in, sent back, withdrawn or brought again?"""

from django.db import transaction
from django.db.models import F

from cases import permissions
from cases.domain import lifecycle
from cases.models import Case, CaseCounter
from cases.permissions import Permission
from cases.services._steps import take


@transaction.atomic
def accept(*, case: Case, by) -> None:
    """Take a referral in; asking the disciplines is `pathway.accept`."""
    permissions.require(by, Permission.TRIAGE_CASE, board=case.board)
    take(lifecycle.ACCEPT, case, by=by)


@transaction.atomic
def new_number(board, year: int) -> str:
    """LT-26-0412: the board's prefix, the year, and a number given once. The counter's row is the lock."""
    CaseCounter.objects.get_or_create(board=board, year=year)
    CaseCounter.objects.filter(board=board, year=year).update(last=F("last") + 1)
    counter = CaseCounter.objects.get(board=board, year=year)
    return f"{board.prefix}-{year % 100:02}-{counter.last:04}"
