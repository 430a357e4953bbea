"""Who has looked at which case? One line of the trail each time a page shows one."""

from typing import Any
from uuid import UUID

from cases.models import Case
from cases.views.shell import shell_of
from tumorboard.audit import trail


def looked_at(request, case: Case, **details: Any) -> None:
    details |= marked(request, case.pk)
    trail.record(actor=request.user, verb="case.viewed", subject=case, about=case.about, **details)


def marked(request, case: UUID) -> dict[str, str]:
    """What is read in an emergency says so in the trail, and which page it was."""
    emergency = shell_of(request).emergency_for(case)
    return {"emergency": emergency.pk, "page": request.resolver_match.url_name} if emergency else {}
