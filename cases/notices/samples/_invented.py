"""Of whom and of what do the examples tell? Of nobody: nothing here is stored."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cases.models import (
    Case,
    Meeting,
    Membership,
    Recommendation,
    RecommendedAction,
    SpecialistInput,
    TumorBoard,
)
from cases.vocabulary import ActionRole, Specialty
from tumorboard.notifications.outbox import Entry

Sample = Callable[[TumorBoard, Any], Entry]
SAMPLES: dict[str, Sample] = {}


def sample(kind: str) -> Callable[[Sample], Sample]:
    """The example of a sort: for this board, to this person."""

    def keep(made: Sample) -> Sample:
        SAMPLES[kind] = made
        return made

    return keep


def a_case(board: TumorBoard, user, number: int = 42, **more: Any) -> Case:
    told = {"number": f"{board.prefix}-26-{number:04}", "board": board, "referred_by": user}
    return Case(**told | more)


def a_meeting(board: TumorBoard, **more: Any) -> Meeting:
    """On the day after tomorrow, at two."""
    begins = datetime.combine(in_days(board, 2), time(14), board.zone)
    told: dict[str, Any] = {"board": board, "starts_at": begins, "ends_at": begins + timedelta(minutes=90)}
    return Meeting(**told | {"place": "Seminar room 2", "agenda_version": 1} | more)


def a_seat(board: TumorBoard, user) -> Membership:
    return Membership(board=board, user=user, specialty=Specialty.SURGERY)


def in_days(board: TumorBoard, days: int) -> date:
    return timezone.localdate(timezone=board.zone) + timedelta(days=days)


def an_action(board: TumorBoard, user, *, days: int = 7, number: int = 42, **more: Any) -> RecommendedAction:
    decided = Recommendation(case=a_case(board, user, number))
    action = RecommendedAction(
        recommendation=decided, position=1, owner=user, due_on=in_days(board, days), role=ActionRole.MAIN
    )
    vars(action).update(more)
    return action


def an_input(board: TumorBoard, user, number: int = 42) -> SpecialistInput:
    due_at = datetime.combine(in_days(board, 1), time(12), board.zone)
    return SpecialistInput(
        case=a_case(board, user, number), specialty=Specialty.RADIOLOGY, asked_of=user, due_at=due_at
    )
