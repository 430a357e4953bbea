"""What would this file create, what must a person be asked, and what is refused?

Rows are numbered from 1, counting data rows: the row under the headings is row 1. A questioned value without
a decision is not stored; it is left missing and stays in the report. A refused row creates nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.domain.intake import cells as cell
from cases.domain.intake import rules
from cases.domain.intake.decisions import Decisions
from cases.domain.intake.known import Known, fingerprint, record_key
from cases.domain.intake.profile import KEEP, LEAVE_OUT, LISTS, Column, Profile, Rule

LONGEST_RECORD_NUMBER = 40
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Question:
    row: int
    column: str
    value: str
    why: str
    kind: str
    suggestion: str = ""
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settled:
    question: Question
    answer: str


@dataclass(frozen=True)
class Refusal:
    row: int
    why: str


@dataclass
class RowPlan:
    """`values` holds dotted targets, plus "labs" (a list) and "lesions" (a dict) when the row has any."""

    row: int
    values: dict = field(default_factory=dict)
    questioned: list[Question] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    fingerprint: str = ""
    known_as: str = ""  # the case that came from this very row before


@dataclass
class Plan:
    rows: list[RowPlan]
    notes: list[str]

    @property
    def to_create(self) -> list[RowPlan]:
        return [row for row in self.rows if not row.refused and not row.known_as]

    @property
    def known(self) -> list[RowPlan]:
        return [row for row in self.rows if row.known_as]

    @property
    def questioned(self) -> list[Question]:
        """Every doubtful value in the file, also of rows that were imported before."""
        return [question for row in self.rows for question in row.questioned]

    @property
    def refused(self) -> list[Refusal]:
        return [refusal for row in self.rows for refusal in row.refused]


def plan(
    profile: Profile,
    rows: Iterable[Mapping[str, str]],
    decisions: Iterable[dict] | Decisions = (),
    *,
    problems: Mapping[int, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Plan:
    """Plan a whole file. `problems` are rows that could not be read as a row, by number; `known` are the
    records of this source that have become cases before, by `record_key`.
    """
    answered, problems, known = Decisions(decisions), problems or {}, known or {}
    seen: dict[str, int] = {}
    planned = [
        plan_row(profile, number, row, answered, seen=seen, problem=problems.get(number, ""), known=known)
        for number, row in enumerate(rows, start=1)
    ]
    return Plan(planned, list(profile.notes))


def plan_row(
    profile: Profile,
    row_number: int,
    row: Mapping[str, str],
    decisions: Iterable[dict] | Decisions = (),
    *,
    seen: dict[str, int] | None = None,
    problem: str = "",
    known: Mapping[str, Known] | None = None,
) -> RowPlan:
    """Plan one row. `seen` remembers the record numbers of the rows before it, and is added to."""
    cells = {header: (text or "").strip() for header, text in row.items()}
    record = cells.get(profile.record_column, "")
    before = (known or {}).get(record_key(record))
    result = RowPlan(row_number, fingerprint=fingerprint(cells))
    why = problem or _refusal(profile, record, row_number, {} if seen is None else seen)
    if not why and before:
        why = before.objection(result.fingerprint)
        result.known_as = "" if why else before.number
    if why:
        result.refused.append(Refusal(row_number, why))
        return result
    result.values = {"patient.record_number": record, **profile.constants}
    _read_columns(profile, cells, Decisions(decisions), result)
    return result


def _refusal(profile: Profile, record: str, row: int, seen: dict[str, int]) -> str:
    if profile.is_missing(record):
        return "The record number is missing."
    if len(record) > LONGEST_RECORD_NUMBER or not record.isprintable():
        return "The record number is too long or holds characters that cannot be printed."
    first = seen.setdefault(record_key(record), row)
    return "" if first == row else f"The record number stands already in row {first}."


def _read_columns(profile: Profile, cells: Mapping[str, str], decisions: Decisions, result: RowPlan) -> None:
    """Fill `result` column by column. A value is stored when it was read and nothing about it is in doubt."""
    broken = rules.broken(profile, cells)
    incomplete: set[str] = set()
    for column in profile.columns:
        text, beside = cells.get(column.header, ""), cells.get(column.beside, "")
        one = _Cell(column, text, "" if profile.is_missing(beside) else beside, decisions, result)
        value = None if profile.is_missing(text) else one.read()
        agreed = one.agrees_with([rule for rule in broken if rule.ask == column.header])
        if value is not None and agreed:
            _store(column, value, result.values)
        elif column.target in LISTS:
            incomplete.add(column.target)
    _leave_unknown_lists_out(result.values, incomplete)


@dataclass
class _Cell:
    """One cell on its way: read it, ask about it, apply what was answered."""

    column: Column
    text: str
    beside: str
    decisions: Decisions
    result: RowPlan

    def read(self) -> object:
        """The value to store; None when it is left out or still in doubt."""
        if self.column.unsure and not self.is_kept(
            cell.Doubt("meaning", self.column.unsure, (KEEP, LEAVE_OUT))
        ):
            return None
        return self.read_text(self.text)

    def read_text(self, text: str) -> object:
        reading = cell.read(self.column, text)
        doubt = reading.doubt
        if doubt is None:
            return reading.value
        match self.settle(doubt, beside=self.beside):
            case "keep" | "exactly":
                return reading.value
            case "convert" | "at_least":
                return self.read_text(doubt.rewritten) if doubt.rewritten else doubt.converted
        return None

    def agrees_with(self, broken: list[Rule]) -> bool:
        """Every rule that asks about this cell is asked, also when the first is already open."""
        kept = [self.is_kept(cell.Doubt(rule.kind, rule.why, rule.offered)) for rule in broken]
        return all(kept)

    def is_kept(self, doubt: cell.Doubt) -> bool:
        return self.settle(doubt) == KEEP

    def settle(self, doubt: cell.Doubt, *, beside: str = "") -> str | None:
        """The answer given to this doubt, after writing down the question as open or settled."""
        question = self._question(doubt, beside)
        answer = self.decisions.answer(
            column=self.column.header, kind=doubt.kind, row=self.result.row, offered=doubt.offered
        )
        if answer is None:
            self.result.questioned.append(question)
        else:
            self.result.settled.append(Settled(question, answer))
        return answer

    def _question(self, doubt: cell.Doubt, beside: str) -> Question:
        why = doubt.why
        if beside:
            why += f" {self.column.beside} in the same row: {beside[:LONGEST_SHOWN]}."
        shown = self.text[:LONGEST_SHOWN]
        return Question(
            self.result.row, self.column.header, shown, why, doubt.kind, doubt.suggestion, doubt.offered
        )


def _store(column: Column, value: Any, values: dict) -> None:
    if column.target is None:
        return
    if column.target == "labs":
        values.setdefault("labs", []).append(value)
    elif column.target in LISTS:
        members = values.setdefault(column.target, [])
        if value == "YES":
            members.append(column.member)
    elif column.target.startswith("lesions."):
        lesions = values.setdefault("lesions", {})
        if column.target == "lesions.count":
            lesions["count_is_minimum"] = isinstance(value, cell.AtLeast)
            value = value.count if isinstance(value, cell.AtLeast) else value
        lesions[column.target.removeprefix("lesions.")] = value
    else:
        values[column.target] = value


def _leave_unknown_lists_out(values: dict, unanswered: set[str]) -> None:
    """An empty list means "none of these" and may only be said when every one was answered."""
    for target in unanswered:
        if not values.get(target):
            values.pop(target, None)
