"""Who has looked at which case? One line of the trail each time a page shows one."""

from typing import Any

from cases.models import Case
from cases.views.shell import shell_of
from tumorboard.audit import trail


def looked_at(request, case: Case, **details: Any) -> None:
    """What is read in an emergency says so, and which page it was."""
    if emergency := shell_of(request).emergency_for(case.pk):
        details |= {"emergency": emergency.pk, "page": request.resolver_match.url_name}
    trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about, **details)
