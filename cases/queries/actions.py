"""Which actions are whose, what is due, and what became of each?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, DateField, DateTimeField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast

from cases.domain import deadlines
from cases.domain.deadlines import Due
from cases.domain.follow_up import Standing
from cases.domain.plan_state import PlanState
from cases.models import Case, RecommendedAction, TumorBoard
from cases.models.follow_up import actions as all_actions
from cases.queries.action_standing import standing_of
from cases.vocabulary import ActionReport

A_PAGE = 50


class Whose(StrEnum):
    MINE = "mine"
    BOARD = "board"


UNFINISHED = "unfinished"
DECLINED = "declined"
WAITING = "waiting"
ENDED = "ended"

LABELS = {
    UNFINISHED: "To do",
    Due.OVERDUE: "Overdue",
    Due.SOON: "Due soon",
    Due.OPEN: "Later",
    DECLINED: "Declined",
    WAITING: "Waiting",
    ENDED: "Ended",
}
STATES = tuple(LABELS)
NOTHING = {
    UNFINISHED: "There is nothing to do for {whose}. Actions come from signed decisions.",
    Due.OVERDUE: "Nothing is overdue for {whose}.",
    Due.SOON: "Nothing is due for {whose} within two days.",
    Due.OPEN: "Nothing is due for {whose} at a later date.",
    DECLINED: "Nothing has been declined by {whose}.",
    WAITING: "Nothing waits for a condition, or for a first plan to fail, for {whose}.",
    ENDED: "No action of {whose} has ended yet.",
}


@dataclass(frozen=True)
class Filters:
    """As they stand in the address; what is not understood counts as not said."""

    whose: str = Whose.MINE
    state: str = UNFINISHED
    page: str = "1"

    @classmethod
    def read(cls, query) -> "Filters":
        whose, state = query.get("whose", ""), query.get("state", "")
        return cls(
            whose=whose if whose in set(Whose) else Whose.MINE,
            state=state if state in STATES else UNFINISHED,
            page=query.get("page", "1"),
        )


@dataclass(frozen=True)
class Row:
    """One action; the case and its patient only for those who may see the case."""

    action: RecommendedAction
    case: Case | None
    standing: Standing

    @property
    def number(self) -> str:
        return self.action.recommendation.case.number


@dataclass(frozen=True)
class ActionsPage:
    filters: Filters
    rows: tuple[Row, ...]
    page: Page
    counts: dict[str, int]
    sits_on_a_board: bool

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        return [(str(state), label, self.counts[str(state)]) for state, label in LABELS.items()]

    @property
    def nothing(self) -> str:
        whose = "you" if self.filters.whose == Whose.MINE else "anybody on your boards"
        return NOTHING[self.filters.state].format(whose=whose)


def actions_page(user, filters: Filters, *, now: datetime) -> ActionsPage:
    mine_or_board = _with_today(_whose(user, filters.whose), now)
    wanted = _in_state(mine_or_board, filters.state).select_related(
        "owner", "recommendation__case__board", "recommendation__case__patient"
    )
    page = Paginator(wanted.prefetch_related("lesions").order_by("due_on", "pk"), A_PAGE).get_page(
        filters.page
    )
    found = list(page.object_list)
    seen = set(
        Case.objects.visible_to(user)
        .filter(pk__in=[action.recommendation.case_id for action in found])
        .values_list("pk", flat=True)
    )
    return ActionsPage(
        filters=filters,
        rows=tuple(_row(action, seen) for action in found),
        page=page,
        counts=_counts(mine_or_board),
        sits_on_a_board=TumorBoard.objects.seated(user).exists(),
    )


def _whose(user, whose: str) -> QuerySet[RecommendedAction]:
    visible = all_actions().visible_to(user).with_state()
    if whose == Whose.MINE:
        return visible.filter(owner=user)
    boards = TumorBoard.objects.seated(user).values("pk")
    return visible.filter(recommendation__case__board__in=boards)


def _with_today(rows: QuerySet, now: datetime) -> QuerySet:
    """The day that it is now where each action's board sits."""
    there = Func(
        F("recommendation__case__board__time_zone"),
        Value(now, output_field=DateTimeField()),
        function="TIMEZONE",
        output_field=DateTimeField(),
    )
    today = Cast(there, DateField())
    return rows.annotate(today=today, soon=Cast(F("today") + deadlines.REMIND_DAYS_BEFORE, DateField()))


def _conditions() -> dict[str, Q]:
    now = Q(state=PlanState.ACTIVE)
    owed = now & ~Q(last_report=ActionReport.DECLINED)
    return {
        UNFINISHED: owed,
        Due.OPEN: owed & Q(due_on__gt=F("soon")),
        Due.SOON: owed & Q(due_on__gte=F("today"), due_on__lte=F("soon")),
        Due.OVERDUE: owed & Q(due_on__lt=F("today")),
        DECLINED: now & Q(last_report=ActionReport.DECLINED),
        WAITING: Q(state__in=[PlanState.WAITING, PlanState.DORMANT]),
        ENDED: Q(state__in=[PlanState.ENDED, PlanState.DROPPED]),
    }


def _in_state(rows: QuerySet, state: str) -> QuerySet:
    return rows.filter(_conditions()[state])


def _counts(rows: QuerySet) -> dict[str, int]:
    wanted = {str(name): Count("pk", filter=condition) for name, condition in _conditions().items()}
    return rows.aggregate(**wanted)


def _row(action: Any, seen: set) -> Row:
    case = action.recommendation.case
    return Row(action, case if case.pk in seen else None, standing_of(action, today=action.today))
