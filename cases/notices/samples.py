"""What does each sort of e-mail look like? One invented example each; nothing here is stored or sent."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cases.domain.plan_state import PlanState
from cases.models import (
    AddendumRequest,
    Case,
    ImagingStudy,
    Letter,
    Meeting,
    Membership,
    Ratification,
    Recommendation,
    RecommendedAction,
    SpecialistInput,
    TumorBoard,
)
from cases.notices import (
    addendum,
    case,
    follow_up,
    letter,
    meeting,
    ratification,
    returning,
    specialist_input,
)
from cases.vocabulary import ActionRole, Modality, Specialty, Urgency
from tumorboard.notifications.outbox import Entry

Sample = Callable[[TumorBoard, Any], Entry]
SAMPLES: dict[str, Sample] = {}
PDF = b"%PDF-1.7 an invented agenda"


def sample(kind: str) -> Callable[[Sample], Sample]:
    def keep(made: Sample) -> Sample:
        SAMPLES[kind] = made
        return made

    return keep


# -- what the examples are about ---------------------------------------------------------------------------


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


# -- cases -------------------------------------------------------------------------------------------------


@sample("case.referred")
def referred(board: TumorBoard, user) -> Entry:
    return case.referred_to(user, a_case(board, user, urgency=Urgency.EMERGENCY), version=1)


@sample("case.returned")
def returned(board: TumorBoard, user) -> Entry:
    return case.returned(a_case(board, user), version=1)


@sample("case.accepted")
def accepted(board: TumorBoard, user) -> Entry:
    return case.accepted(a_case(board, user), version=1)


@sample("case.re_presented")
def re_presented(board: TumorBoard, user) -> Entry:
    return returning.back_to(user, a_case(board, user))


@sample("case.not_re_presented")
def not_re_presented(board: TumorBoard, user) -> Entry:
    return returning.not_back_to(user, a_case(board, user), version=1)


# -- inputs ------------------------------------------------------------------------------------------------


@sample("input.asked")
def input_asked(board: TumorBoard, user) -> Entry:
    return specialist_input.asked(an_input(board, user), version=1)


@sample("input.reminder")
def input_reminder(board: TumorBoard, user) -> Entry:
    owed = [an_input(board, user), an_input(board, user, 47)]
    return specialist_input.reminder(recipient=user, owed=[(a_meeting(board), owed)], version=24)


def _addendum(board: TumorBoard, user) -> AddendumRequest:
    study = ImagingStudy(
        modality=Modality.MRI, performed_on=in_days(board, -12), done_at="St Elsewhere Hospital"
    )
    return AddendumRequest(case=a_case(board, user), study=study, created_by=user)


@sample("addendum.asked")
def addendum_asked(board: TumorBoard, user) -> Entry:
    return addendum.asked(_addendum(board, user))


@sample("addendum.answered")
def addendum_answered(board: TumorBoard, user) -> Entry:
    return addendum.answered(_addendum(board, user))


# -- meetings ----------------------------------------------------------------------------------------------


@sample("agenda.published")
def agenda_published(board: TumorBoard, user) -> Entry:
    return meeting.agenda_to(user, a_meeting(board), pdf=PDF, now=timezone.now())


@sample("agenda.cancelled")
def agenda_cancelled(board: TumorBoard, user) -> Entry:
    told = {"to": [a_seat(board, user)], "reason": "The room is flooded.", "now": timezone.now()}
    return meeting.agenda_cancelled(a_meeting(board), **told)[0]


@sample("meeting.moved")
def meeting_moved(board: TumorBoard, user) -> Entry:
    old, new = a_meeting(board), a_meeting(board, place="Seminar room 5")
    new.starts_at += timedelta(hours=2)
    new.ends_at += timedelta(hours=2)
    told = {"to": [a_seat(board, user)], "reason": "The room is taken.", "now": timezone.now()}
    return meeting.meeting_moved(new, old, **told)[0]


@sample("case.pulled_back")
def pulled_back(board: TumorBoard, user) -> Entry:
    return meeting.pulled_back_to(user, a_meeting(board), a_case(board, user))


# -- decisions ---------------------------------------------------------------------------------------------


@sample("letter.sent")
def letter_sent(board: TumorBoard, user) -> Entry:
    return letter.sent(Letter(case=a_case(board, user), recipient=user))


def _ratification(board: TumorBoard, user) -> Ratification:
    decided = Recommendation(case=a_case(board, user))
    told = {"specialty": Specialty.RADIOLOGY, "asked_of": user, "due_on": in_days(board, board.ratify_days)}
    return Ratification(recommendation=decided, **told)


@sample("ratification.asked")
def ratification_asked(board: TumorBoard, user) -> Entry:
    return ratification.asked(_ratification(board, user))[0]


@sample("ratification.reminder")
def ratification_reminder(board: TumorBoard, user) -> Entry:
    return ratification.reminder(_ratification(board, user))[0]


@sample("ratification.unfilled")
def ratification_unfilled(board: TumorBoard, user) -> Entry:
    return ratification.to_lead("ratification.unfilled", user, _ratification(board, user))


@sample("ratification.overdue")
def ratification_overdue(board: TumorBoard, user) -> Entry:
    return ratification.to_lead("ratification.overdue", user, _ratification(board, user))


@sample("ratification.objected")
def ratification_objected(board: TumorBoard, user) -> Entry:
    return ratification.to_lead("ratification.objected", user, _ratification(board, user))


# -- actions -----------------------------------------------------------------------------------------------


@sample("action.due")
def action_due(board: TumorBoard, user) -> Entry:
    mine = [an_action(board, user, days=-2), an_action(board, user, days=1, number=47)]
    return follow_up.due(board, owner=user, actions=mine, day=in_days(board, 0))


@sample("action.escalated")
def action_escalated(board: TumorBoard, user) -> Entry:
    late = [an_action(board, user, days=-9)]
    return follow_up.escalated(board, coordinator=user, actions=late, day=in_days(board, 0))


def _of_a_case(kind: str, tell: Callable[..., Entry], **more: Any) -> None:
    """Told of one case: an action and its plan B."""

    @sample(kind)
    def made(board: TumorBoard, user) -> Entry:
        first = an_action(board, user, **more)
        plan_b = an_action(board, user, days=30, role=ActionRole.PLAN_B, **more)
        return tell(first.recommendation.case, owner=user, actions=[first, plan_b], version=1)


_of_a_case("action.handed_over", follow_up.handed_over)
_of_a_case("action.withdrawn", follow_up.withdrawn)
_of_a_case("action.condition_met", follow_up.condition_met)
_of_a_case("action.plan_b", follow_up.plan_b_now)
_of_a_case("action.not_now", follow_up.not_now, state=PlanState.DORMANT)
_of_a_case("action.crossed", follow_up.crossed)
_of_a_case("action.overtaken", follow_up.overtaken)
_of_a_case("action.ownerless", follow_up.ownerless)
