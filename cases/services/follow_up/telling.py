"""Who is told what is theirs to do, what is to be done now after all, and what is no longer needed?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cases.domain import handing_over as rules
from cases.domain.handing_over import News
from cases.models import ActionUpdate, Case, Membership, Recommendation, RecommendedAction, TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.notices import follow_up as notices
from cases.services._post import owe
from cases.services._settled import withdraw_settled
from cases.services.follow_up.closing import close_when_all_ended
from cases.vocabulary import ActionReport, ActionRole, Role
from tumorboard.notifications.outbox import Entry


def hand_over(*, recommendation: Recommendation) -> None:
    """Tell each owner what the board has given them to do; of an amendment, only what it has changed."""
    now = _by_thread(recommendation)
    earlier = _version_before(recommendation)
    before = _by_thread(earlier) if earlier else {}
    case = recommendation.case
    # Of the presentation that was decided: the case itself may have been brought again since.
    version = recommendation.item.presentation * 1000 + recommendation.number
    was, is_ = _given(before), _given(now)
    given = [now[thread] for thread in now if rules.is_asked_anew(is_[thread], was.get(thread))]
    taken = [before[thread] for thread in before if rules.is_taken_away(was[thread], is_.get(thread))]
    # What only an earlier version asked for is asked for no longer.
    withdraw_settled(case.board, [one.owner for one in before.values()], reason="The decision was amended.")
    _tell(case, given, notices.handed_over, version)
    _tell(case, taken, notices.withdrawn, version)
    _tell_of_the_ownerless(case, given, version)
    case.refresh_from_db()
    close_when_all_ended(case, by=recommendation.signed_by)


def _by_thread(recommendation: Recommendation) -> dict[Any, Any]:
    rows = all_actions().filter(recommendation=recommendation).with_state().prefetch_related("lesions")
    found = rows.select_related("owner", "recommendation__case").order_by("position", "role")
    return {one.thread: one for one in found}


def _version_before(recommendation: Recommendation) -> Recommendation | None:
    earlier = Recommendation.objects.signed().filter(
        item=recommendation.item_id, number__lt=recommendation.number
    )
    return earlier.order_by("-number").first()


def _given(rows: Mapping[Any, Any]) -> dict[Any, rules.Given]:
    """Each row of one version as its owner knows it, with the condition of the plan that it belongs to."""
    only_if = {one.parent_id: one.detail for one in rows.values() if one.role == ActionRole.CONDITION}
    return {
        thread: rules.Given(
            owner=action.owner_id,
            role=action.role,
            kind=action.kind,
            detail=action.detail,
            due_on=action.due_on,
            lesions=frozenset(lesion.pk for lesion in action.lesions.all()),
            only_if=only_if.get(action.parent_id or action.pk, action.condition or None),
            state=action.state,
        )
        for thread, action in rows.items()
    }


def of_changes(case: Case, *, before: Mapping[Any, Any], after: Mapping[Any, Any], by) -> None:
    """After a report: whose turn it is now, and what has become needless. Who said it knows already."""
    told: dict[News, list[Any]] = defaultdict(list)
    for key, action in after.items():
        news = rules.news(action.role, before[key].state, action.state)
        if news:
            told[news].append(action)
    version = ActionUpdate.objects.filter(action__recommendation__case=case).count()
    turns = [one for news in _TURNS for one in told[news]]
    if turns and _was_decided_again(turns[0]):
        # The board has decided otherwise since: nobody goes on with the old plan before it is settled.
        _tell_coordinators(case, turns, notices.overtaken, version)
        told = {news: rows for news, rows in told.items() if news not in _TURNS}
    for news, rows in told.items():
        _tell(case, [one for one in rows if one.owner != by], NOTICES[news], version)
    _tell_of_the_ownerless(case, [one for news in _TURNS for one in told.get(news, [])], version)
    _tell_coordinators(case, _crossed(before, after), notices.crossed, version)


def _was_decided_again(action: Any) -> bool:
    decided = Recommendation.objects.in_force().filter(case=action.recommendation.case_id)
    return decided.filter(item__presentation__gt=action.recommendation.item.presentation).exists()


def _crossed(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[Any]:
    """What somebody had taken on or done before a correction gave the turn to the other branch."""
    rows = [(before[key], one) for key, one in after.items()]
    found = [one for was, one in rows if rules.is_crossed(one.role, was.state, one.state, was.last_report)]
    turned = {one.pk for was, one in rows if _turned(was, one)}
    done = (one for _was, one in rows if one.last_report == ActionReport.DONE)
    return found + [one for one in done if one.parent_id in turned]


def _turned(was: Any, one: Any) -> bool:
    return rules.news(one.role, was.state, one.state) == News.CONDITION_MET


_TURNS = (News.CONDITION_MET, News.PLAN_B_NOW)
NOTICES: dict[News, Callable[..., Entry]] = {
    News.CONDITION_MET: notices.condition_met,
    News.PLAN_B_NOW: notices.plan_b_now,
    News.NO_LONGER_NEEDED: notices.withdrawn,
    News.NOT_NOW: notices.not_now,
}


def _tell(case: Case, rows: Iterable[Any], notice: Callable[..., Entry], version: int) -> None:
    present = [one for one in rows if one.owner.is_active]
    owe(notice(case, owner=owner, actions=mine, version=version) for owner, mine in by_owner(present).items())


def _tell_of_the_ownerless(case: Case, rows: Iterable[Any], version: int) -> None:
    """Whose owner has left reaches nobody: the coordinators find somebody."""
    left = [one for one in rows if not one.owner.is_active]
    _tell_coordinators(case, left, notices.ownerless, version)


def _tell_coordinators(case: Case, rows: list[Any], notice: Callable[..., Entry], version: int) -> None:
    if rows:
        owe(notice(case, owner=one, actions=rows, version=version) for one in coordinators(case.board))


def coordinators(board: TumorBoard) -> list[Any]:
    seats = Membership.objects.current().with_role(Role.COORDINATOR).filter(board=board)
    return [seat.user for seat in seats.select_related("user") if seat.user.is_active]


def by_owner(rows: Iterable[RecommendedAction]) -> dict[Any, list[RecommendedAction]]:
    owed: dict[Any, list[RecommendedAction]] = defaultdict(list)
    for action in rows:
        owed[action.owner].append(action)
    return owed
