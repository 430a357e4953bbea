"""Does every row become the case that it describes, and nothing more?

The rows of the sample are of Santos MS et al. J Biomed Inform 2015;58:49-59 (UCI, CC BY 4.0).
"""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.models import Case, Diagnosis, ImportedRecord, LabResult, Patient
from cases.services import intake
from cases.vocabulary import CaseStatus, ExtrahepaticDisease
from tests.factories import a_case, a_patient
from tests.services.intake.imports import SAMPLE, checked, everything, imported, row_outcomes, seated, table
from tumorboard.audit import trail

pytestmark = pytest.mark.django_db


def of(record: str) -> Case:
    return ImportedRecord.objects.get(record=record).case


def labs(case) -> dict:
    return {one.analyte: (one.value, one.unit) for one in LabResult.objects.filter(case=case)}


def test_the_sample_becomes_110_draft_cases_and_a_second_run_changes_nothing():
    board, coordinator = seated(prefix="LT")

    run = imported(board, coordinator, SAMPLE.read_bytes())

    assert (run.status, run.rows, run.rows_done, run.content) == ("DONE", 110, 110, "")
    assert Case.objects.filter(board=board, status=CaseStatus.DRAFT).count() == Patient.objects.count() == 110
    assert {case.referred_by for case in Case.objects.all()} == {coordinator}
    assert len(set(Case.objects.values_list("number", flat=True))) == 110

    before = everything()
    again = imported(board, coordinator, SAMPLE.read_bytes())

    assert everything() == before
    assert again.report["counts"] == {"CREATED": 0, "KNOWN": 110, "REFUSED": 0, "FAILED": 0}


def test_a_row_arrives_whole_and_undated():
    """HCC-001 and HCC-004 as they stand in the file, read by hand."""
    board, coordinator = seated()
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    imported(board, coordinator, b"".join([rows[0], rows[1], rows[3]]))

    case = of("HCC-001")
    liver, fitness = case.liverstatus_set.get(), case.fitness_set.get()

    assert (case.patient.authority, case.patient.sex, case.stated_age) == ("hcc-survival", "MALE", 67)
    assert case.patient.family_name == ""
    assert (case.diagnosis.primary_site, case.diagnosis.primary_control) == ("HCC", "NOT_APPLICABLE")
    assert (case.diagnosis.stated_lesion_count, case.diagnosis.stated_largest_mm) == (1, 35)
    assert (liver.cirrhosis, liver.varices, liver.portal_hypertension) == (
        "YES",
        "YES",
        "",
    )  # varices contradict
    assert set(liver.aetiologies) == {"ALCOHOL", "HAEMOCHROMATOSIS"}
    assert (liver.ascites, liver.encephalopathy, liver.assessed_on) == ("none", "none", None)
    assert (fitness.ecog, set(fitness.comorbidities)) == (0, {"DIABETES", "SMOKING"})
    assert labs(case)["inr"] == (D("1.53"), "1")
    assert "albumin" not in labs(case)  # 3.4 under a heading of mg/dL: nobody has answered
    assert set(case.labresult_set.values_list("taken_on", flat=True)) == {None}
    assert of("HCC-004").diagnosis.stated_largest_mm == 157


def test_the_day_is_stored_with_every_dated_fact_when_somebody_gives_it():
    board, coordinator = seated()
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    imported(board, coordinator, b"".join(rows[:2]), taken_on=date(2026, 11, 2))

    case = of("HCC-001")

    assert set(case.labresult_set.values_list("taken_on", flat=True)) == {date(2026, 11, 2)}
    assert case.liverstatus_set.get().assessed_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("answer", "stored"), [("at_least", (5, True)), ("exactly", (5, False)), ("", (None, False))]
)
def test_five_nodules_are_stored_as_they_were_answered(answer, stored):
    board, coordinator = seated()
    run = checked(board, coordinator, table(["A-1", "1", "60", "42000", "5"]))
    if answer:
        intake.decide(
            run=run, column="Number of Nodules", kind="or_more", answer=answer, exceptions={}, by=coordinator
        )
    intake.start(run=run, by=coordinator)
    intake.work(run=run)

    diagnosis = of("A-1").diagnosis
    assert (diagnosis.stated_lesion_count, diagnosis.stated_count_is_minimum) == stored
    assert labs(of("A-1")) == {}


def test_an_answer_for_a_row_goes_before_the_one_for_its_column():
    board, coordinator = seated()
    rows = [[f"A-{n}", "1", "60", "42000", "1"] for n in (1, 2)]
    run = checked(board, coordinator, table(*rows))
    intake.decide(
        run=run,
        column="Platelets (G/L)",
        kind="unit",
        answer="convert",
        exceptions={2: "leave_out"},
        by=coordinator,
    )
    intake.start(run=run, by=coordinator)
    intake.work(run=run)

    assert labs(of("A-1")) == {"platelets": (D(42), "10*9/L")}
    assert labs(of("A-2")) == {}


@pytest.mark.parametrize(("said", "kept"), [("0", ExtrahepaticDisease.NONE), ("1", "PRESENT")])
def test_spread_that_a_person_has_read_as_outside_the_liver(said, kept):
    board, coordinator = seated()
    run = checked(board, coordinator, f"Record,Liver Metastasis\nA-1,{said}\n".encode())
    intake.decide(
        run=run, column="Liver Metastasis", kind="meaning", answer="keep", exceptions={}, by=coordinator
    )
    intake.start(run=run, by=coordinator)
    intake.work(run=run)

    assert Diagnosis.objects.get().extrahepatic_disease == kept


def test_the_trail_says_which_questions_were_settled_and_by_whom_but_not_of_whom():
    board, coordinator = seated()
    run = checked(board, coordinator, table(["A-1", "1", "60", "42000", "5"]))
    intake.decide(
        run=run, column="Platelets (G/L)", kind="unit", answer="convert", exceptions={}, by=coordinator
    )
    intake.start(run=run, by=coordinator)
    intake.work(run=run)

    (event,) = trail.of(of("A-1").about)

    assert (event.verb, event.actor, event.details["row"]) == ("case.imported", coordinator, 1)
    assert event.details["settled"] == [["Platelets (G/L)", "unit", "convert"]]
    assert ["Number of Nodules", "or_more"] in event.details["left_out"]
    assert [one.verb for one in trail.of(run.about)] == [
        "import.finished",
        "import.started",
        "import.decided",
        "import.checked",
    ]
    assert "A-1" not in str([one.details for one in trail.of(run.about)])


def test_a_changed_row_is_told_and_never_overwrites():
    board, coordinator = seated()
    imported(board, coordinator, table(["A-1", "1", "60", "150", "1"]))
    before = everything()

    run = imported(board, coordinator, table(["a-1", "1", "61", "150", "1"], ["A-2", "0", "50", "90", "1"]))

    assert row_outcomes(run) == [(1, "REFUSED"), (2, "CREATED")]
    assert "the row differs now" in run.row_outcomes.get(row=1).why
    assert of("A-1").stated_age == 60
    assert everything() != before


@pytest.mark.parametrize(
    ("holder", "why"),
    [
        ({"sex": "FEMALE"}, "another sex"),
        ({"sex": "MALE", "birth_date": date(1990, 1, 1)}, "never been that old"),
    ],
)
def test_a_number_of_somebody_else_is_refused(holder, why):
    board, coordinator = seated()
    a_patient(authority="HCC-Survival", record_number="a-1", **holder)

    run = imported(board, coordinator, table(["A-1", "1", "60", "150", "1"]))

    assert why in run.row_outcomes.get().why
    assert not Case.objects.exists()


def test_a_known_patient_is_taken_once_but_not_into_a_second_open_case():
    board, coordinator = seated()
    known = a_patient(authority="hcc-survival", record_number="A-1", sex="MALE", birth_date=None)
    held = a_patient(authority="hcc-survival", record_number="A-2", sex="MALE", birth_date=None)
    case = a_case(board=board, patient=held)

    run = imported(board, coordinator, table(["A-1", "1", "60", "150", "1"], ["A-2", "1", "60", "150", "1"]))

    assert of("A-1").patient == known
    assert row_outcomes(run) == [(1, "CREATED"), (2, "REFUSED")]
    assert case.number in run.row_outcomes.get(row=2).why


def test_a_row_that_cannot_be_read_does_not_keep_the_others_out():
    board, coordinator = seated()

    run = imported(
        board, coordinator, table(["A-1", "1", "60", "150", "1"], ["A-2"], ["", "1", "6", "1", "1"])
    )

    assert row_outcomes(run) == [(1, "CREATED"), (2, "REFUSED"), (3, "REFUSED")]
