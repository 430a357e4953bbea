"""What holds for recording any fact? Who may, on which cases, and what the trail says."""

from cases import permissions
from cases.domain.errors import Refused
from cases.models import Case
from cases.permissions import Permission
from cases.vocabulary import CaseStatus
from tumorboard.audit import trail


def require_recording(case: Case, *, by) -> None:
    permissions.require(by, Permission.RECORD_FACTS, board=case.board)
    if case.status == CaseStatus.WITHDRAWN:
        raise Refused("This case is withdrawn. Nothing more is recorded in it.")


def recorded(verb: str, *, case: Case, by, **details) -> None:
    trail.record(actor=by, verb=verb, subject=case, about=case.about, **details)
