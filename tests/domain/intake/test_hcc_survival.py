"""Is everything odd in the real file noticed?

110 patients of Santos MS et al. J Biomed Inform 2015;58:49-59 (UCI, CC BY 4.0), shipped as a sample.
"""

from collections import Counter
from decimal import Decimal as D
from pathlib import Path

import pytest

from cases.domain import intake, labs
from cases.exchange import csv_reading, profiles
from cases.vocabulary import Aetiology, Ascites, Comorbidity, Encephalopathy, Known, PrimarySite, Sex

SAMPLE = Path(profiles.__file__).parents[1] / "samples" / "hcc-survival.csv"
PER_MICROLITRE = [
    {"column": "Platelets (G/L)", "kind": "unit", "answer": "convert"},
    {"column": "Leukocytes(G/L)", "kind": "unit", "answer": "convert"},
    {"column": "Albumin (mg/dL)", "kind": "unit", "answer": "convert"},
]


def import_sample(*decisions):
    profile = profiles.load("hcc-survival")
    sheet = csv_reading.read(SAMPLE.read_bytes())
    headings, rows = sheet.for_profile(profile)
    assert (headings.missing, headings.unknown, sheet.problems) == ([], [], {})
    return intake.plan(profile, rows, decisions)


@pytest.fixture(scope="module")
def planned():
    return import_sample()


@pytest.fixture(scope="module")
def answered():
    return import_sample(*PER_MICROLITRE)


def values(plan, analyte):
    return [
        one["value"] for row in plan.rows for one in row.values.get("labs", []) if one["analyte"] == analyte
    ]


def test_every_patient_is_created_and_every_doubt_counted(planned):
    report = intake.as_json(planned)
    counted = Counter((question.column, question.kind) for question in planned.questioned)

    assert (report["rows"], report["to_create"], report["refused"]) == (110, 110, [])
    assert counted == {
        ("Platelets (G/L)", "unit"): 76,
        ("Platelets (G/L)", "unusual"): 1,
        ("Leukocytes(G/L)", "unit"): 24,
        ("Leukocytes(G/L)", "unusual"): 1,
        ("Albumin (mg/dL)", "unit"): 107,
        ("Total Bilirubin(mg/dL)", "unit_doubt"): 4,
        ("Total Bilirubin(mg/dL)", "part_above_whole"): 2,
        ("Alpha-Fetoprotein (ng/mL)", "unusual"): 2,
        ("Creatinine (mg/dL)", "unusual"): 1,
        ("Alkaline phosphatase (U/L)", "unusual"): 1,
        ("Number of Nodules", "no_nodules"): 1,
        ("Number of Nodules", "or_more"): 37,
        ("Major dimension of nodule (cm)", "size_missing"): 10,
        ("Portal Hypertension", "contradiction"): 4,
        ("Liver Metastasis", "meaning"): 107,
        ("Oxygen Saturation (%)", "out_of_range"): 1,
    }


def test_a_platelet_count_of_42000_is_asked_about_and_then_42(planned, answered):
    row = planned.rows[4]
    (question,) = [one for one in row.questioned if one.column == "Platelets (G/L)"]

    assert (question.value, question.suggestion) == ("42000", "42 ×10⁹/L")
    assert {"analyte": "platelets", "value": D(42), "unit": "10*9/L"} in answered.rows[4].values["labs"]


def test_a_count_of_five_is_asked_about_in_every_row_that_has_one(planned):
    sheet = csv_reading.read(SAMPLE.read_bytes())
    fives = [number for number, row in enumerate(sheet.rows, start=1) if row["Number of Nodules"] == "5"]

    asked = [one for one in planned.questioned if one.kind == "or_more"]

    assert [one.row for one in asked] == fives
    assert {(one.column, one.value, one.suggestion, one.offered) for one in asked} == {
        ("Number of Nodules", "5", "5 or more", ("at_least", "exactly", "leave_out"))
    }
    assert not any("count" in planned.rows[row - 1].values.get("lesions", {}) for row in fives)


@pytest.mark.parametrize("which", ["planned", "answered"])
def test_a_stored_value_has_the_unit_of_its_heading_or_of_a_persons_answer(which, request):
    sheet = csv_reading.read(SAMPLE.read_bytes())
    columns = {c.analyte: c for c in profiles.load("hcc-survival").columns if c.read == "analyte"}
    for row in request.getfixturevalue(which).rows:
        answered_for = {one.question.column for one in row.settled}
        for one in row.values.get("labs", []):
            column = columns[one["analyte"]]
            written = sheet.rows[row.row - 1][column.header]
            as_written = (D(written), column.unit) == (one["value"], one["unit"])
            assert as_written or column.header in answered_for, (row.row, column.header)


@pytest.mark.parametrize("which", ["planned", "answered"])
def test_a_cell_that_is_read_is_stored_or_asked_about_and_never_lost(which, request):
    profile = profiles.load("hcc-survival")
    sheet = csv_reading.read(SAMPLE.read_bytes())
    for row in request.getfixturevalue(which).rows:
        asked = {one.column for one in row.questioned} | {one.question.column for one in row.settled}
        stored = {one["analyte"] for one in row.values.get("labs", [])}
        for column in profile.columns:
            if column.read == "analyte" and not profile.is_missing(sheet.rows[row.row - 1][column.header]):
                assert column.analyte in stored or column.header in asked, (row.row, column.header)


@pytest.mark.parametrize("which", ["planned", "answered"])
def test_nothing_impossible_is_ever_stored(which, request):
    for row in request.getfixturevalue(which).rows:
        for one in row.values.get("labs", []):
            assert labs.check(one["analyte"], one["value"], one["unit"]) == labs.Check()


def test_one_answer_for_each_column_brings_the_mixed_units_together(answered):
    assert len(values(answered, "platelets")) == 107  # 108 measured, 1.71 still open
    assert max(values(answered, "platelets")) == 561
    assert len(values(answered, "leukocytes")) == 107  # 44.6 still open
    assert max(values(answered, "leukocytes")) == D("24.8")
    assert (min(values(answered, "albumin")), max(values(answered, "albumin"))) == (D("1.9"), D("4.9"))


def test_coded_values_are_words_of_the_vocabulary(planned):
    words = {
        "patient.sex": Sex,
        "diagnosis.primary_site": PrimarySite,
        "liver.cirrhosis": Known,
        "liver.ascites": Ascites,
        "liver.encephalopathy": Encephalopathy,
        "liver.aetiologies": Aetiology,
        "fitness.comorbidities": Comorbidity,
    }
    for row in planned.rows:
        for target, known in words.items():
            value = row.values.get(target, [])
            assert set(value if isinstance(value, list) else [value]) <= set(known.values)


def test_the_first_patient_arrives_whole(answered):
    """Values as in the first line of the file, written out by hand."""
    first = answered.rows[0].values

    assert first["patient.record_number"] == "HCC-001"
    assert first["case.stated_age"] == 67
    assert first["liver.aetiologies"] == ["ALCOHOL", "HAEMOCHROMATOSIS"]
    assert first["liver.ascites"] == first["liver.encephalopathy"] == "none"
    assert first["lesions"] == {"count": 1, "count_is_minimum": False, "largest_mm": D(35)}
    assert {one["analyte"]: one["value"] for one in first["labs"]} == {
        "inr": D("1.53"),
        "afp": D(95),
        "haemoglobin": D("13.7"),
        "leukocytes": D("4.9"),
        "platelets": D(99),
        "albumin": D("3.4"),
        "bilirubin": D("2.1"),
        "alt": D(34),
        "ast": D(41),
        "ggt": D(183),
        "alp": D(150),
        "creatinine": D("0.7"),
    }


def test_the_outcome_is_never_a_finding(planned):
    outcome = next(c for c in profiles.load("hcc-survival").columns if c.header == "1_survives_0_dies")

    assert (outcome.read, outcome.target) == ("ignore", None)


def test_no_date_is_invented(planned):
    assert any("without a date" in note for note in planned.notes)
    assert all(
        set(one) == {"analyte", "value", "unit"} for row in planned.rows for one in row.values.get("labs", [])
    )
