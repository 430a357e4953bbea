"""How does one row become a patient and a case with what is known?"""

from datetime import date
from typing import Any

from django.utils import timezone

from cases.domain.errors import Refused
from cases.domain.intake import Holder, Profile, RowPlan
from cases.domain.referral import Lab, PatientDetails, normal_number, usual_control
from cases.models import Case, ImportedRecord, ImportRun, Patient, TumorBoard
from cases.services import patient as patients
from cases.services.case import new_number
from cases.services.disease.condition import write_fitness, write_liver_status
from cases.services.disease.diagnosis import write_diagnosis
from cases.services.disease.laboratory import write_labs
from cases.vocabulary import ExtrahepaticDisease, Known, Sex
from tumorboard.audit import trail
from tumorboard.database.identity import as_system

# Whether disease outside the liver could be resected is not in a table: its reader says so on the case.
OUTSIDE = {Known.NO: ExtrahepaticDisease.NONE, Known.YES: ExtrahepaticDisease.PRESENT}


def imported_before(run: ImportRun, profile: Profile, row: RowPlan) -> ImportedRecord | None:
    """Two imports into one board take turns, row by row, so neither makes a case of what the other has."""
    TumorBoard.objects.select_for_update(no_key=True).get(pk=run.board_id)
    return (
        ImportedRecord.objects.filter(
            board=run.board_id, source=profile.name, record__iexact=_record_number(row)
        )
        .select_related("case")
        .first()
    )


def stored_as_it_is(run: ImportRun, profile: Profile, row: RowPlan) -> ImportedRecord | None:
    """The record of the very same row, cell by cell."""
    same = ImportedRecord.objects.filter(board=run.board_id, source=profile.name, fingerprint=row.fingerprint)
    return same.select_related("case").first()


def store(run: ImportRun, profile: Profile, row: RowPlan, *, by) -> Case:
    today = timezone.localdate(timezone=run.board.zone)
    person = _patient(run.board, profile, row, today=today, by=by)
    case = Case.objects.create(
        number=new_number(run.board, today.year),
        patient=person,
        board=run.board,
        stated_age=row.values.get("case.stated_age"),
        referred_by=by,
        created_by=by,
    )
    _store_facts(case, row.values, taken_on=run.taken_on, by=by)
    ImportedRecord.objects.create(
        board=run.board,
        source=profile.name,
        record=_record_number(row),
        fingerprint=row.fingerprint,
        case=case,
        run=run,
    )
    _record(run, row, case, by=by)
    return case


def _record_number(row: RowPlan) -> str:
    return normal_number(row.values["patient.record_number"])


def _patient(board: TumorBoard, profile: Profile, row: RowPlan, *, today: date, by) -> Patient:
    said = PatientDetails(
        record_number=row.values["patient.record_number"],
        authority=profile.authority,
        sex=row.values.get("patient.sex", Sex.UNKNOWN),
    )
    with as_system("a patient may be known to another board already"):
        known = patients.holder_of(said)
    if known is None:
        return patients.identify(said=said, by=by)
    open_case = Case.objects.open().filter(patient=known, board=board).first()
    holder = Holder(known.sex, known.birth_date, open_case.number if open_case else "")
    if why := holder.objection(row.values, today=today):
        raise Refused(why)
    return known


def _store_facts(case: Case, values: dict, *, taken_on: date | None, by) -> None:
    write_diagnosis(case, _diagnosis(values), version=0, by=by)
    if liver := _part(values, "liver."):
        write_liver_status(case, liver | {"assessed_on": taken_on}, by=by)
    if fitness := _part(values, "fitness."):
        write_fitness(case, fitness | {"assessed_on": taken_on}, by=by)
    # Whatever is unusual here has been confirmed: unanswered, it would not be among the values.
    results = [Lab(**one, taken_on=taken_on, confirmed=True) for one in values.get("labs", [])]
    write_labs(case, results, by=by)


def _diagnosis(values: dict) -> dict[str, Any]:
    site, lesions = values.get("diagnosis.primary_site", ""), values.get("lesions", {})
    return {
        "primary_site": site,
        "primary_control": usual_control(site),
        "extrahepatic_disease": OUTSIDE.get(values.get("diagnosis.extrahepatic", ""), ""),
        "stated_lesion_count": lesions.get("count"),
        "stated_count_is_minimum": lesions.get("count_is_minimum", False),
        "stated_largest_mm": lesions.get("largest_mm"),
    }


def _part(values: dict, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): said for name, said in values.items() if name.startswith(prefix)}


def _record(run: ImportRun, row: RowPlan, case: Case, *, by) -> None:
    trail.record(
        actor=by,
        verb="case.imported",
        subject=case,
        about=case.about,
        run=str(run.pk),
        row=row.row,
        settled=[[one.question.column, one.question.kind, one.answer] for one in row.settled],
        left_out=[[one.column, one.kind] for one in row.questioned],
    )
