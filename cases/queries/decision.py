"""What has been decided so far for one case on the list, by whom may it be done, and who was there?"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from cases.domain import recommendation as rules
from cases.models import AgendaItem, Attendance, Case, Membership, Recommendation, RecommendedAction
from cases.vocabulary import Role

User = get_user_model()


def decision_of(recommendation: Recommendation | None) -> rules.Decision:
    """What stands in the record, as the rules take it."""
    if recommendation is None:
        return rules.Decision()
    return rules.Decision(
        intent=recommendation.intent,
        rationale=recommendation.rationale,
        wish=recommendation.patient_wish,
        wish_weight=recommendation.wish_weight,
        wish_reason=recommendation.wish_reason,
        actions=tuple(map(as_said, actions_of(recommendation))),
        dissents=tuple(
            rules.Dissent(who=str(one.who or ""), reason=one.reason)
            for one in recommendation.dissents.select_related("who").order_by("created_at", "pk")
        ),
    )


def actions_of(recommendation: Recommendation) -> QuerySet[RecommendedAction]:
    return recommendation.actions.select_related("owner").prefetch_related("lesions").order_by("position")


def as_said(action: RecommendedAction) -> rules.Action:
    lesions = sorted(action.lesions.all(), key=lambda lesion: lesion.number)
    return rules.Action(
        kind=action.kind,
        detail=action.detail,
        lesions=tuple(lesion.label for lesion in lesions),
        owner=str(action.owner or ""),
        due_on=action.due_on,
        condition=action.condition,
        plan_b=action.plan_b,
    )


def possible_owners(case: Case) -> QuerySet:
    """Who may be given an action: whoever works on the board, and the referrer."""
    seats = Membership.objects.current().filter(board=case.board)
    working = seats.with_role(Role.COORDINATOR, Role.CHAIR, Role.MEMBER).values("user")
    return User.objects.filter(Q(pk__in=working) | Q(pk=case.referred_by_id), is_active=True).by_name()


def possible_dissenters(item: AgendaItem) -> QuerySet:
    """Whoever sits on the board, and whoever was at the meeting."""
    seats = Membership.objects.current().filter(board=item.meeting.board_id).exclude(role=Role.REFERRER)
    there = Attendance.objects.filter(meeting=item.meeting_id)
    return User.objects.filter(Q(pk__in=seats.values("user")) | Q(pk__in=there.values("user"))).by_name()


def there_for(item: AgendaItem, *, now: datetime) -> list[Attendance]:
    """Who was in the room when the discussion of this case ended, or is there now."""
    moment = item.closed_at or now
    stretches = Attendance.objects.filter(meeting=item.meeting_id, joined_at__lte=moment)
    still = stretches.filter(Q(left_at=None) | Q(left_at__gte=moment))
    return list(still.select_related("user").order_by("joined_at", "user__family_name", "pk"))


def quorum_missing(item: AgendaItem, there: Sequence[Attendance]) -> list[str]:
    present = {attendance.specialty for attendance in there}
    return [code for code in item.meeting.board.quorum_specialties if code not in present]
