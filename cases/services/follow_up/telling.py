"""Who is told what is theirs to do, what is to be done now after all, and what is no longer needed?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cases.domain import handing_over as rules
from cases.domain.handing_over import News
from cases.domain.plan_state import PlanState
from cases.models import ActionUpdate, Case, Recommendation, RecommendedAction
from cases.models.follow_up import actions as all_actions
from cases.notices import follow_up as notices
from cases.services.follow_up.closing import close_when_all_ended
from tumorboard.notifications import outbox
from tumorboard.notifications.outbox import Entry


def hand_over(*, recommendation: Recommendation) -> None:
    """Tell each owner what the board has given them to do; of an amendment, only what it has changed."""
    now = {one.thread: one for one in _with_all(recommendation)}
    earlier = _version_before(recommendation)
    before = {one.thread: one for one in _with_all(earlier)} if earlier else {}
    case = recommendation.case
    # Of the presentation that was decided: the case itself may have been brought again since.
    version = recommendation.item.presentation * 1000 + recommendation.number
    given = [one for thread, one in now.items() if _is_new(one, before.get(thread))]
    taken = [one for thread, one in before.items() if _is_taken_away(one, now.get(thread))]
    _tell(case, given, notices.handed_over, version)
    _tell(case, taken, notices.withdrawn, version)
    case.refresh_from_db()
    close_when_all_ended(case, by=recommendation.signed_by)


def _with_all(recommendation: Recommendation) -> list[Any]:
    rows = all_actions().filter(recommendation=recommendation).with_state().prefetch_related("lesions")
    return list(rows.select_related("owner", "recommendation__case").order_by("position", "role"))


def _version_before(recommendation: Recommendation) -> Recommendation | None:
    earlier = Recommendation.objects.signed().filter(
        item=recommendation.item_id, number__lt=recommendation.number
    )
    return earlier.order_by("-number").first()


def _is_new(action: Any, before: Any | None) -> bool:
    return rules.is_asked_anew(
        _given(action), _given(before) if before else None, has_ended=action.state == PlanState.ENDED
    )


def _is_taken_away(action: Any, now: Any | None) -> bool:
    return rules.is_taken_away(
        _given(action), _given(now) if now else None, has_ended=action.state == PlanState.ENDED
    )


def _given(action: Any) -> rules.Given:
    return rules.Given(
        owner=action.owner_id,
        role=action.role,
        kind=action.kind,
        detail=action.detail,
        due_on=action.due_on,
        lesions=frozenset(lesion.pk for lesion in action.lesions.all()),
    )


def of_changes(case: Case, *, before: Mapping[Any, Any], after: Mapping[Any, Any], by) -> None:
    """After a report: whose turn it is now, and what has become needless. Who said it knows already."""
    told: dict[News, list[Any]] = defaultdict(list)
    for key, action in after.items():
        news = rules.news(action.role, before[key].state, action.state)
        if news and action.owner != by:
            told[news].append(action)
    version = ActionUpdate.objects.filter(action__recommendation__case=case).count()
    for news, rows in told.items():
        _tell(case, rows, NOTICES[news], version)


NOTICES: dict[News, Callable[..., Entry]] = {
    News.CONDITION_MET: notices.condition_met,
    News.PLAN_B_NOW: notices.plan_b_now,
    News.NO_LONGER_NEEDED: notices.withdrawn,
}


def _tell(case: Case, rows: Iterable[Any], notice: Callable[..., Entry], version: int) -> None:
    present = [one for one in rows if one.owner.is_active]
    outbox.put_many(
        notice(case, owner=owner, actions=mine, version=version) for owner, mine in by_owner(present).items()
    )


def by_owner(rows: Iterable[RecommendedAction]) -> dict[Any, list[RecommendedAction]]:
    owed: dict[Any, list[RecommendedAction]] = defaultdict(list)
    for action in rows:
        owed[action.owner].append(action)
    return owed
