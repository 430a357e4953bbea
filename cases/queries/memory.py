"""What became of this kind of action, in this disease, on this board, so far?

Counted over all decisions of the board in one query, never for one patient, and not told below ten.
"""

from dataclasses import dataclass

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    DateTimeField,
    F,
    FloatField,
    Func,
    IntegerField,
    Q,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from cases.domain.plan_state import PlanState
from cases.models import TumorBoard
from cases.models.follow_up import actions
from cases.vocabulary import ActionReport, ActionRole, NotDoneReason

FEWEST = 10
MOST_REASONS = 3


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Memory:
    """`n` actions have ended or should have; of the rest nothing is known yet."""

    n: int
    done: int
    not_done: int
    reasons: tuple[tuple[str, int], ...]  # why not, the commonest first
    median_days: int | None  # from the meeting to the day on which it was done

    @property
    def unknown(self) -> int:
        """The day has come, and nobody has said that it ended."""
        return self.n - self.done - self.not_done

    @property
    def words(self) -> str:
        told = [f"{self.done} of {self.n} done"]
        if self.median_days is not None:
            told[0] += f", half of them within {self.median_days} days"
        if self.not_done:
            why = ", ".join(f"{label.lower()} {count}" for label, count in self.reasons)
            told.append(f"{self.not_done} not done" + (f" ({why})" if why else ""))
        if self.unknown:
            told.append(f"{self.unknown} past the day without an end")
        return "; ".join(told)


def record_of(board: TumorBoard, kind: str, disease: str) -> Memory | None:
    """Each action once, as the decision in force has it; conditions and plans B are left out."""
    found = _ended_or_due(board, kind, disease).aggregate(
        n=Count("pk"),
        done=Count("pk", filter=DONE),
        not_done=Count("pk", filter=NOT_DONE),
        median=Median(F("days"), filter=DONE),
        dropped=Count("pk", filter=DROPPED),
        **{
            code: Count("pk", filter=NOT_DONE & ~DROPPED & Q(last_reason=code))
            for code in NotDoneReason.values
        },
    )
    if found["n"] < FEWEST:
        return None
    counted = [(str(NotDoneReason(code).label), found[code]) for code in NotDoneReason.values if found[code]]
    if found["dropped"]:
        counted.append(("Its condition was not met", found["dropped"]))
    reasons = sorted(counted, key=lambda one: (-one[1], one[0]))[:MOST_REASONS]
    median = None if found["median"] is None else round(found["median"])
    return Memory(found["n"], found["done"], found["not_done"], tuple(reasons), median)


DONE = Q(last_report=ActionReport.DONE)
DROPPED = Q(state=PlanState.DROPPED)  # its condition was not met
NOT_DONE = Q(last_report=ActionReport.NOT_DONE) | DROPPED


def _ended_or_due(board: TumorBoard, kind: str, disease: str):
    rows = (
        actions()
        .in_force()
        .filter(
            recommendation__case__board=board,
            recommendation__case__diagnosis__primary_site=disease,
            role=ActionRole.MAIN,
            kind=kind,
        )
    )
    today = timezone.now().astimezone(board.zone).date()
    ended = Q(state__in=[PlanState.ENDED, PlanState.DROPPED])
    known = rows.with_state().filter(ended | Q(state=PlanState.ACTIVE, due_on__lt=today))
    return known.annotate(days=_days(board))


def _days(board: TumorBoard) -> Func:
    """From the meeting, on the board's own calendar, to the day on which it was done."""
    there = Func(
        Value(board.time_zone),
        F("recommendation__item__meeting__starts_at"),
        function="TIMEZONE",
        output_field=DateTimeField(),
    )
    met_on = Cast(there, DateField())
    return Func(
        F("happened_on"), met_on, arg_joiner=" - ", template="(%(expressions)s)", output_field=IntegerField()
    )
