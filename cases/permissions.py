"""Who may do what on a board? One table, which a clinician can read and sign."""

from enum import StrEnum, auto

from django.core.exceptions import PermissionDenied

from cases.models import Membership
from cases.vocabulary import Role


class Permission(StrEnum):
    REFER_CASE = auto()
    VIEW_BOARD = auto()
    TRIAGE_CASE = auto()
    WITHDRAW_CASE = auto()
    RECORD_FACTS = auto()
    GIVE_INPUT = auto()
    ASK_FOR_INPUT = auto()
    SCHEDULE_MEETING = auto()
    LIST_CASE = auto()
    PULL_BACK = auto()
    PUBLISH_AGENDA = auto()
    RUN_MEETING = auto()
    DRAFT_DECISION = auto()
    SIGN_DECISION = auto()
    APPROVE_LETTER = auto()
    SEND_LETTER = auto()
    REPORT_FOR_OTHERS = auto()
    SEE_MESSAGES = auto()
    IMPORT_CASES = auto()


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(P) - {P.GIVE_INPUT, P.SIGN_DECISION, P.APPROVE_LETTER},
    Role.CHAIR: frozenset(P) - {P.IMPORT_CASES},
    Role.MEMBER: frozenset(
        {P.REFER_CASE, P.VIEW_BOARD, P.RECORD_FACTS, P.GIVE_INPUT, P.PULL_BACK, P.DRAFT_DECISION}
    ),
    Role.REFERRER: frozenset({P.REFER_CASE}),
    Role.OBSERVER: frozenset({P.VIEW_BOARD}),
}


def roles_granting(permission: Permission) -> list[Role]:
    return [role for role, granted in GRANTS.items() if permission in granted]


def may(user, permission: Permission, *, board) -> bool:
    """Whether the person's present seat on this board grants the permission."""
    return (
        user.is_active
        and Membership.objects.current()
        .filter(user=user, board=board, role__in=roles_granting(permission))
        .exists()
    )


def granted(user, *, board) -> frozenset[Permission]:
    """Everything the person may do on this board, in one query, for a page."""
    seat = Membership.objects.current().filter(user=user, board=board).first()
    return GRANTS[Role(seat.role)] if seat and user.is_active else frozenset()


def require(user, permission: Permission, *, board) -> None:
    if not may(user, permission, board=board):
        raise PermissionDenied(f"Your seat on {board} does not allow this. Ask the coordinator.")
