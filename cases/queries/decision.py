"""What has been decided so far for one case on the list, by whom may it be done, and who was there?"""

from collections.abc import Iterable, Set
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet

from cases.domain import recommendation as rules
from cases.models import (
    ActionUpdate,
    AgendaItem,
    Attendance,
    Case,
    Lesion,
    LesionPlan,
    Membership,
    Recommendation,
    RecommendedAction,
)
from cases.models.follow_up import ENDED
from cases.vocabulary import ActionRole, Role

User = get_user_model()


def in_making(item: AgendaItem) -> Recommendation | None:
    """The version that is being written of this discussion, not signed yet."""
    return Recommendation.objects.being_made().filter(item=item).first()


def in_force(item: AgendaItem) -> Recommendation | None:
    """What the board recommends after this discussion, as it stands today."""
    return Recommendation.objects.in_force().filter(item=item).order_by("-number").first()


def viable_lesions(case_id) -> list[Lesion]:
    """The lesions that need a plan, in the order of their numbers."""
    standing = Lesion.objects.standing().filter(case=case_id).order_by("number")
    return [lesion for lesion in standing if rules.needs_a_plan(lesion)]


def viable_labels(case_id) -> tuple[str, ...]:
    return tuple(lesion.label for lesion in viable_lesions(case_id))


def decision_of(recommendation: Recommendation | None) -> rules.Decision:
    """What stands in the record, as the rules take it."""
    if recommendation is None:
        return rules.Decision()
    plans, actions = list(plans_of(recommendation)), list(actions_of(recommendation))
    ended = _ended(recommendation)
    return rules.Decision(
        intent=recommendation.intent,
        rationale=recommendation.rationale,
        wish=recommendation.patient_wish,
        wish_weight=recommendation.wish_weight,
        wish_reason=recommendation.wish_reason,
        actions=tuple(as_said(one, ended) for one in actions),
        dissents=tuple(
            rules.Dissent(who=str(one.who or ""), reason=one.reason)
            for one in recommendation.dissents.select_related("who").order_by("created_at", "pk")
        ),
        plans=tuple(rules.PlanFor(one.lesion.label, one.plan, one.detail) for one in plans),
        guideline=recommendation.guideline,
        guideline_name=recommendation.guideline_name,
        guideline_reason=recommendation.guideline_reason,
        trial=recommendation.trial,
        trial_words=recommendation.trial_words,
        checked=tuple(recommendation.checked),
        expires_on=recommendation.expires_on,
        re_present_on=recommendation.re_present_on,
        re_present_why=recommendation.re_present_why,
        withdrawn=_withdrawn(plans, actions),
    )


def plans_of(recommendation: Recommendation) -> QuerySet[LesionPlan]:
    return recommendation.plans.select_related("lesion").order_by("lesion__number")


def actions_of(recommendation: Recommendation) -> QuerySet[RecommendedAction]:
    """The main actions in their order; condition and plan B are their `children`."""
    children = RecommendedAction.objects.select_related("owner").order_by("role")
    return (
        recommendation.actions.filter(role=ActionRole.MAIN)
        .select_related("owner")
        .prefetch_related("lesions", Prefetch("children", queryset=children))
        .order_by("position")
    )


def _withdrawn(plans: Iterable[LesionPlan], actions: Iterable[RecommendedAction]) -> frozenset[str]:
    named = [*(plan.lesion for plan in plans), *(one for action in actions for one in action.lesions.all())]
    return frozenset(lesion.label for lesion in named if lesion.withdrawn_at is not None)


def _ended(recommendation: Recommendation) -> Set[UUID]:
    """Only an amendment can hold what was reported as done, or not done, already."""
    if recommendation.number == 1:
        return frozenset()
    threads = recommendation.actions.values("thread")
    reports = ActionUpdate.objects.filter(action__thread__in=threads).order_by(
        "action__thread", "-created_at"
    )
    newest = reports.distinct("action__thread").values_list("action__thread", "report")
    return {thread for thread, report in newest if report in ENDED}


def as_said(action: RecommendedAction, ended: Set[UUID] = frozenset()) -> rules.Action:
    lesions = sorted(action.lesions.all(), key=lambda lesion: lesion.number)
    below = {child.role: child for child in action.children.all()}
    return rules.Action(
        kind=action.kind,
        detail=action.detail,
        lesions=tuple(lesion.label for lesion in lesions),
        owner=str(action.owner or ""),
        due_on=action.due_on,
        condition=_condition(below.get(ActionRole.CONDITION), action.condition, ended),
        plan_b=_plan_b(below.get(ActionRole.PLAN_B), action.plan_b, ended),
        has_ended=action.thread in ended,
    )


def _condition(row: RecommendedAction | None, words: str, ended: Set[UUID]) -> rules.Condition | None:
    """Decisions of earlier days kept it in words only, without an owner."""
    if row is None:
        return rules.Condition(detail=words) if words else None
    return rules.Condition(row.detail, str(row.owner or ""), row.due_on, row.thread in ended)


def _plan_b(row: RecommendedAction | None, words: str, ended: Set[UUID]) -> rules.PlanB | None:
    if row is None:
        return rules.PlanB(detail=words) if words else None
    return rules.PlanB(row.kind, row.detail, str(row.owner or ""), row.due_on, row.thread in ended)


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
