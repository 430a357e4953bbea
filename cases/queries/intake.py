"""What would an import create, what does it ask, and what became of it?"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from cases.domain import intake, labs
from cases.domain.intake import Holder, Known, Plan, Profile, Question, RowPlan, record_key
from cases.exchange import csv_reading, profiles
from cases.exchange.csv_reading import Sheet
from cases.models import Case, ImportedRecord, ImportProfile, ImportRow, ImportRun, Patient, TumorBoard
from cases.models.intake import RowOutcome
from cases.vocabulary import Sex
from tumorboard.database.identity import as_system

CODES_OF_ANSWERS = {"convert": "Convert", "keep": "Keep as written", "leave_out": "Leave out"}
SUGGESTED = {"unit": "convert", "decimal_comma": "convert", "or_more": "at_least"}
MOST_SHOWN = 300
MOST_PREVIEWS = 20


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
    with as_system("a patient may be known to another board already"):
        return {key: Holder(sex, born, number or "") for key, sex, born, number in held}


@dataclass(frozen=True)
class Asked:
    question: Question
    answer: str  # what holds for this row now; empty while it is open
    own: str = ""  # the answer for this row alone


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
        return sum(not one.answer for one in self.asked) if self.needs_answer else 0

    @property
    def needs_answer(self) -> bool:
        """Where a value can only be left out there is nothing to decide; it is told all the same."""
        return any(code != "leave_out" for code, _ in self.choices)

    @property
    def shown(self) -> list[Asked]:
        return self.asked[:MOST_SHOWN]

    @property
    def hidden(self) -> int:
        return len(self.asked) - len(self.shown)

    @property
    def has_exceptions(self) -> bool:
        return any(one.own for one in self.asked)

    @property
    def open_words(self) -> str:
        return f"{self.open} of {len(self.asked)} not answered"


def question_groups(plan: Plan, run: ImportRun) -> list[QuestionGroup]:
    """In the order of the profile's columns, answered or not: a group that is answered does not jump."""
    answers = {(one["column"], one["kind"], one.get("row")): one["answer"] for one in run.decisions}
    columns = intake.profile_from(run.profile).headers
    together: dict[tuple[str, str], list[Asked]] = {}
    for row in plan.to_create:
        for one in _asked(row, answers):
            together.setdefault((one.question.column, one.question.kind), []).append(one)
    in_order = sorted(together, key=lambda place: (columns.index(place[0]), place[1]))
    return [_question_group(place, together[place], answers.get((*place, None), "")) for place in in_order]


def _asked(row: RowPlan, answers: dict) -> list[Asked]:
    said = [(one.question, one.answer) for one in row.settled]
    said += [(question, "") for question in row.questioned]
    return [
        Asked(question, answer, answers.get((question.column, question.kind, row.row), ""))
        for question, answer in said
    ]


def _question_group(place: tuple[str, str], asked: list[Asked], answer: str) -> QuestionGroup:
    key = hashlib.sha256(repr(place).encode()).hexdigest()[:8]  # an anchor that stays while others go
    (group,) = intake.group(one.question for one in asked)
    first = asked[0].question
    words = CODES_OF_ANSWERS | {"at_least": first.suggestion, "exactly": f"Exactly {first.value}"}
    return QuestionGroup(
        key=f"q-{key}",
        column=group.column,
        kind=group.kind,
        why=group.why if len(asked) > 1 else first.why,
        choices=[(code, words[code]) for code in group.offered],
        suggested=SUGGESTED.get(group.kind, ""),
        answer=answer if answer in group.offered else "",
        asked=sorted(asked, key=lambda one: one.question.row),
    )


@dataclass(frozen=True)
class Preview:
    """One row as the case that it would become."""

    row: int
    record: str
    sex: str
    age: int | None
    lesions: str
    labs: int
    left_out: int


def previews(plan: Plan) -> list[Preview]:
    return [_preview(row) for row in plan.to_create[:MOST_PREVIEWS]]


def _preview(row: RowPlan) -> Preview:
    values = row.values
    return Preview(
        row=row.row,
        record=values["patient.record_number"],
        sex=Sex(values.get("patient.sex", Sex.UNKNOWN)).label,
        age=values.get("case.stated_age"),
        lesions=_lesions(values.get("lesions", {})),
        labs=len(values.get("labs", [])),
        left_out=len({one.column for one in row.questioned}),
    )


def _lesions(said: dict) -> str:
    count = said.get("count")
    words = "" if count is None else f"{count} or more" if said["count_is_minimum"] else str(count)
    size = said.get("largest_mm")
    return ", ".join(filter(None, [words, f"{labs.plain(size)} mm" if size is not None else ""]))


def profiles_of(boards: Iterable[TumorBoard]) -> list[tuple[str, str]]:
    """Which profiles can be chosen: those that come with the program, and those a board has saved."""
    shipped = [(name, profiles.load(name).title) for name in profiles.names()]
    saved = ImportProfile.objects.filter(board__in=boards).select_related("board").order_by("title")
    return shipped + [(str(one.pk), f"{one.title} ({one.board.name})") for one in saved]


def outcome_counts(run: ImportRun) -> dict[str, int]:
    """How many rows had which outcome; every outcome is named."""
    counted = run.row_outcomes.values_list("outcome").annotate(Count("id"))
    return dict.fromkeys(RowOutcome.values, 0) | dict(counted)


def outcomes(run: ImportRun) -> Iterable[ImportRow]:
    """What needs a person comes first."""
    as_planned = Q(outcome__in=[RowOutcome.CREATED, RowOutcome.KNOWN])
    planned = ExpressionWrapper(as_planned, output_field=BooleanField())
    return run.row_outcomes.select_related("case").alias(planned=planned).order_by("planned", "row")
