"""What holds for recording any fact? Who may, on which cases, and what the trail says."""

from cases import permissions
from cases.domain.errors import Refused
from cases.models import Case
from cases.permissions import Permission
from cases.vocabulary import CaseStatus
from tumorboard.audit import trail


def require_recording(case: Case, *, by) -> None:
    permissions.require(by, Permission.RECORD_FACTS, board=case.board)
    # The case's row is held: two who record wait for each other, and nobody puts the case on a list as ready
    # while what it needs is being taken back.
    held = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if held.status == CaseStatus.WITHDRAWN:
        raise Refused("This case is withdrawn. Nothing more is recorded in it.")


def recorded(verb: str, *, case: Case, by, **details) -> None:
    trail.record(actor=by, verb=verb, subject=case, about=case.about, **details)
