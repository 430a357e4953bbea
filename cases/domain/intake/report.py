"""How are the questions of a plan put to people and to programs?"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.domain.intake.cells import SENTENCES
from cases.domain.intake.plan import Plan, Question


@dataclass(frozen=True)
class Group:
    """All questions of one kind in one column: one answer can settle them."""

    column: str
    kind: str
    why: str
    rows: tuple[int, ...]
    offered: tuple[str, ...]
    examples: tuple[Question, ...] = ()


EXAMPLES = 3


def group(questions: Iterable[Question]) -> list[Group]:
    """In the order in which they are first asked."""
    together: dict[tuple[str, str], list[Question]] = {}
    for question in questions:
        together.setdefault((question.column, question.kind), []).append(question)
    return [_group(column, kind, asked) for (column, kind), asked in together.items()]


def _group(column: str, kind: str, asked: list[Question]) -> Group:
    first = asked[0]
    why = SENTENCES.get(kind, first.why)  # a rule's own sentence is the same for every row
    if first.suggestion:
        why += f" {first.value} would be read as {first.suggestion}."
    rows = tuple(question.row for question in asked)
    return Group(column, kind, why, rows, first.offered, tuple(asked[:EXAMPLES]))


def as_json(plan: Plan) -> dict:
    """The report of a run, for programs. It holds row numbers and clinical values, no record numbers."""
    return {
        "rows": len(plan.rows),
        "to_create": len(plan.to_create),
        "questioned": [
            {"row": asked.row, "column": asked.column, "value": asked.value, "why": asked.why}
            for asked in plan.questioned
        ],
        "refused": [{"row": refusal.row, "why": refusal.why} for refusal in plan.refused],
    }
