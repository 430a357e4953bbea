"""What may an e-mail say of an emergency access? Who, which case by its number, when; never why in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from cases.domain import deadlines
from cases.models import EmergencyAccess, Membership, TumorBoard
from cases.notices._render import at, entry
from cases.vocabulary import EmergencyReason, Role
from tumorboard.notifications.outbox import Entry


def begun(access: EmergencyAccess) -> list[Entry]:
    return [begun_to(one, access) for one in officers_of(access.case.board, but=access.user)]


def begun_to(officer, access: EmergencyAccess) -> Entry:
    board = access.case.board
    return entry(
        kind="emergency.begun",
        about=access.about,
        recipient=officer,
        board=board,
        title=f"Emergency access to {access.case.number}",
        link=at(reverse("cases:emergency-reviews")),
        context={
            "case_number": access.case.number,
            "who": access.user.display_name,
            "kind": EmergencyReason(access.reason_kind).label.lower(),
            "begun_at": access.begun_at.astimezone(board.zone),
            "ends_at": access.ends_at.astimezone(board.zone),
        },
    )


def unreviewed(board: TumorBoard, waiting: Sequence[EmergencyAccess], *, day: date) -> list[Entry]:
    return [unreviewed_to(one, board, waiting, day=day) for one in officers_of(board)]


def unreviewed_to(officer, board: TumorBoard, waiting: Sequence[EmergencyAccess], *, day: date) -> Entry:
    """One an officer, board and day; worthless once the day is over."""
    counted = "1 emergency access waits" if len(waiting) == 1 else f"{len(waiting)} emergency accesses wait"
    return entry(
        kind="emergency.unreviewed",
        about=f"emergencies:{board.pk}",
        version=day.toordinal(),
        recipient=officer,
        board=board,
        title=f"{counted} for your review",
        link=at(reverse("cases:emergency-reviews")),
        expires_at=deadlines.end_of_day(day, zone=board.zone),
        context={"rows": [_row(one, board) for one in waiting]},
    )


def _row(access: EmergencyAccess, board: TumorBoard) -> dict[str, Any]:
    return {
        "case_number": access.case.number,
        "who": access.user.display_name,
        "begun_on": access.begun_at.astimezone(board.zone).date(),
    }


def officers_of(board: TumorBoard, *, but: Any = None) -> list[Any]:
    """The privacy officers of the hospital; where there is no other than the person, who leads the board."""
    people = get_user_model().objects.filter(is_active=True).exclude(pk=but.pk if but else None)
    officers = list(people.filter(privacy_of=board.hospital_id).by_name())
    leads = Membership.objects.current().with_role(Role.CHAIR, Role.COORDINATOR).filter(board=board)
    return officers or list(people.filter(pk__in=leads.values("user")).by_name())
