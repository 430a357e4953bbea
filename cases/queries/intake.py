"""What would an import create, what does it ask, and what became of it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from cases.domain import intake
from cases.domain.intake import Holder, Known, Plan, Profile, Question, RowPlan, record_key
from cases.exchange import csv_reading
from cases.exchange.csv_reading import Sheet
from cases.models import Case, ImportedRecord, ImportRow, ImportRun, Patient, TumorBoard
from cases.models.intake import RowOutcome

CODES_OF_ANSWERS = {"convert": "Convert", "keep": "Keep as written", "leave_out": "Leave out"}
SUGGESTED = {"unit": "convert", "decimal_comma": "convert", "or_more": "at_least"}
MOST_SHOWN = 300


def plan_of(run: ImportRun, *, today: date) -> Plan:
    """What this run would do now. Raises Refused when the file cannot be read with its profile."""
    profile = intake.profile_from(run.profile)
    sheet = csv_reading.read_text(run.content)
    return plan_for(sheet, profile, run.decisions, board=run.board, today=today)


def plan_for(
    sheet: Sheet, profile: Profile, decisions: Sequence[dict], *, board: TumorBoard | None, today: date
) -> Plan:
    headings, rows = sheet.for_profile(profile)
    known = known_records(board, profile.name) if board else {}
    plan = intake.plan(profile, rows, decisions, problems=sheet.problems, known=known)
    plan.notes += [*sheet.notes, *headings.notes()]
    if board:
        intake.refuse_contradictions(plan, _holders(board, profile, plan), today=today)
    return plan


def known_records(board: TumorBoard, source: str) -> dict[str, Known]:
    records = ImportedRecord.objects.filter(board=board, source=source)
    return {
        record_key(record): Known(fingerprint, number)
        for record, fingerprint, number in records.values_list("record", "fingerprint", "case__number")
    }


def _holders(board: TumorBoard, profile: Profile, plan: Plan) -> dict[str, Holder]:
    keys = {record_key(row.values["patient.record_number"]) for row in plan.to_create}
    open_here = Case.objects.open().filter(patient=OuterRef("pk"), board=board).values("number")[:1]
    held = (
        Patient.objects.annotate(key=Lower("record_number"), open_case=Subquery(open_here))
        .filter(authority__iexact=profile.authority, key__in=keys)
        .values_list("key", "sex", "birth_date", "open_case")
    )
    return {key: Holder(sex, born, number or "") for key, sex, born, number in held}


@dataclass(frozen=True)
class Asked:
    question: Question
    answer: str  # what holds for this row now; empty while it is open


@dataclass(frozen=True)
class QuestionGroup:
    """One question about a column, with what has been answered."""

    key: str
    column: str
    kind: str
    why: str
    choices: list[tuple[str, str]]
    suggested: str
    answer: str  # for the whole column
    asked: list[Asked]

    @property
    def open(self) -> int:
        return sum(not one.answer for one in self.asked)

    @property
    def shown(self) -> list[Asked]:
        return self.asked[:MOST_SHOWN]

    @property
    def hidden(self) -> int:
        return len(self.asked) - len(self.shown)

    @property
    def answer_label(self) -> str:
        return dict(self.choices).get(self.answer, "")


def question_groups(plan: Plan, decisions: Iterable[dict]) -> list[QuestionGroup]:
    """In the order of the columns as first met, answered or not: an answered group does not jump."""
    for_column = {(d["column"], d["kind"]): d["answer"] for d in decisions if d.get("row") is None}
    together: dict[tuple[str, str], list[Asked]] = {}
    for row in plan.to_create:
        for one in _asked(row):
            together.setdefault((one.question.column, one.question.kind), []).append(one)
    return [
        _question_group(f"q{n}", asked, for_column.get(place, ""))
        for n, (place, asked) in enumerate(sorted(together.items()), start=1)
    ]


def _asked(row: RowPlan) -> list[Asked]:
    settled = [Asked(one.question, one.answer) for one in row.settled]
    return [*settled, *(Asked(question, "") for question in row.questioned)]


def _question_group(key: str, asked: list[Asked], answer: str) -> QuestionGroup:
    (group,) = intake.group(one.question for one in asked)
    first = asked[0].question
    words = CODES_OF_ANSWERS | {"at_least": first.suggestion, "exactly": f"Exactly {first.value}"}
    return QuestionGroup(
        key=key,
        column=group.column,
        kind=group.kind,
        why=group.why,
        choices=[(code, words[code]) for code in group.offered],
        suggested=SUGGESTED.get(group.kind, ""),
        answer=answer if answer in group.offered else "",
        asked=sorted(asked, key=lambda one: one.question.row),
    )


def outcome_counts(run: ImportRun) -> dict[str, int]:
    """How many rows had which outcome; every outcome is named."""
    counted = run.row_outcomes.values_list("outcome").annotate(Count("id"))
    return dict.fromkeys(RowOutcome.values, 0) | dict(counted)


def outcomes(run: ImportRun) -> Iterable[ImportRow]:
    """What needs a person comes first."""
    as_planned = Q(outcome__in=[RowOutcome.CREATED, RowOutcome.KNOWN])
    planned = ExpressionWrapper(as_planned, output_field=BooleanField())
    return run.row_outcomes.select_related("case").alias(planned=planned).order_by("planned", "row")
