"""What may an e-mail say of actions? Case numbers and dates, in one message; never what is to be done."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from cases.domain import deadlines
from cases.domain.plan_state import PlanState
from cases.models import Case, RecommendedAction, TumorBoard
from cases.notices._render import at, entry
from cases.notices.answer_link import link_for
from cases.vocabulary import ActionRole
from tumorboard.notifications.outbox import Entry

Actions = Sequence[RecommendedAction]


def handed_over(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    """What the board has just given this person to do, each with a link to answer from."""
    title = f"{_counted(len(actions))} for you in {case.number}"
    return _of_case(
        "action.handed_over", title, case, owner, rows=_rows(actions, links=True), version=version
    )


def withdrawn(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    title = f"{_counted(len(actions))} in {case.number} no longer needed"
    return _of_case("action.withdrawn", title, case, owner, rows=_rows(actions, due=False), version=version)


def condition_met(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    title = f"{case.number}: the condition is met, {_counted(len(actions))} for you"
    return _of_case(
        "action.condition_met", title, case, owner, rows=_rows(actions, links=True), version=version
    )


def plan_b_now(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    title = f"{case.number}: plan B, {_counted(len(actions))} for you"
    return _of_case("action.plan_b", title, case, owner, rows=_rows(actions, links=True), version=version)


def not_now(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    """What was to be done is not, for the moment: a report that set it off has been corrected."""
    title = f"{case.number}: {_counted(len(actions))} of yours not to be done for now"
    return _of_case("action.not_now", title, case, owner, rows=_rows(actions), version=version)


def crossed(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    """To the coordinators: a correction has turned a plan that somebody had begun."""
    title = f"{case.number}: a plan was turned after it had been begun"
    return _of_case("action.crossed", title, case, owner, rows=_rows(actions), version=version)


def overtaken(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    """To the coordinators: an earlier plan has its turn, though the board has decided again since."""
    title = f"{case.number}: an earlier plan asks for {_counted(len(actions))}"
    return _of_case("action.overtaken", title, case, owner, rows=_rows(actions), version=version)


def ownerless(case: Case, *, owner, actions: Actions, version: int) -> Entry:
    """To the coordinators: whoever is to do this has left and hears of nothing."""
    title = f"{case.number}: the owner of {_counted(len(actions))} has left"
    return _of_case("action.ownerless", title, case, owner, rows=_rows(actions), version=version)


def due(board: TumorBoard, *, owner, actions: Actions, day: date) -> Entry:
    title = f"{_counted(len(actions))} of yours due or overdue"
    return _digest("action.due", title, board, owner, _rows(actions, today=day), **_of_the_day(board, day))


def escalated(board: TumorBoard, *, coordinator, actions: Actions, day: date) -> Entry:
    title = f"{_counted(len(actions))} without an end on {board}"
    rows = _rows(actions, today=day)
    return _digest("action.escalated", title, board, coordinator, rows, **_of_the_day(board, day))


def _of_case(kind: str, title: str, case: Case, owner, *, rows: list[dict], version: int) -> Entry:
    return _digest(kind, title, case.board, owner, rows, about=case.about, version=version)


def of_the_day(board: TumorBoard) -> str:
    return f"actions:{board.pk}"


def _of_the_day(board: TumorBoard, day: date) -> dict:
    """One a board, person and day, however often the clock asks; worthless once the day is over."""
    return {
        "about": of_the_day(board),
        "version": day.toordinal(),
        "expires_at": deadlines.end_of_day(day, zone=board.zone),
    }


def _digest(
    kind: str,
    title: str,
    board: TumorBoard,
    recipient,
    rows: list[dict],
    *,
    about: str,
    version: int,
    expires_at: datetime | None = None,
) -> Entry:
    whose = "?whose=board&state=overdue" if kind == "action.escalated" else ""
    return entry(
        kind=kind,
        about=about,
        version=version,
        recipient=recipient,
        board=board,
        title=title,
        link=at(reverse("cases:actions") + whose),
        expires_at=expires_at,
        context={"rows": rows},
    )


def _rows(
    actions: Actions, *, today: date | None = None, links: bool = False, due: bool = True
) -> list[dict]:
    return [
        {
            "case_number": action.recommendation.case.number,
            "what": _named(action),
            "due_on": action.due_on if due else None,
            "is_overdue": bool(today and action.due_on and action.due_on < today),
            "not_yet": NOT_YET.get(getattr(action, "state", ""), ""),
            "answer": link_for(action) if links else "",
        }
        for action in actions
    ]


NOT_YET: dict[Any, str] = {
    PlanState.WAITING: "waits for its condition",
    PlanState.DORMANT: "only if the first plan fails",
}


def _named(action: RecommendedAction) -> str:
    """By its number in the decision: what it is says too much of the one it is for."""
    of = {ActionRole.CONDITION: "the condition of ", ActionRole.PLAN_B: "plan B of "}
    return f"{of.get(ActionRole(action.role), '')}action {action.position}"


def _counted(actions: int) -> str:
    return "1 action" if actions == 1 else f"{actions} actions"
