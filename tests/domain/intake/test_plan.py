"""Is a doubtful value asked about instead of believed, and is the answer obeyed?"""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import labs
from cases.domain.errors import Refused
from cases.domain.intake import Known, as_json, group, plan, plan_row, record_key
from cases.domain.intake.cells import SENTENCES
from tests.domain.intake.trial import PROFILE


def planned(*decisions, **cells):
    return plan_row(PROFILE, 1, {"Record": "A-1"} | cells, decisions)


def decide(column, kind, answer, **more):
    return {"column": column, "kind": kind, "answer": answer} | more


def lab(analyte, value, unit):
    return {"analyte": analyte, "value": D(value), "unit": unit}


def test_a_clean_row_is_stored_without_questions():
    row = planned(
        Sex="M", Age="67", Cirrhosis="1", HBV="0", HCV="1.0", Platelets=" 99 ", Nodules="2", Size="3.5"
    )

    assert row.values == {
        "patient.record_number": "A-1",
        "diagnosis.primary_site": "HCC",
        "patient.sex": "MALE",
        "case.stated_age": 67,
        "liver.cirrhosis": "YES",
        "liver.aetiologies": ["HCV"],
        "labs": [lab("platelets", "99", "10*9/L")],
        "lesions": {"count": 2, "count_is_minimum": False, "largest_mm": D(35)},
    }
    assert row.questioned == []


@pytest.mark.parametrize("nothing", ["?", "", "  "])
def test_a_missing_value_is_neither_stored_nor_questioned(nothing):
    row = planned(Sex=nothing, Age=nothing, HBV=nothing, HCV=nothing, Platelets=nothing, Spread=nothing)

    assert row.values == {"patient.record_number": "A-1", "diagnosis.primary_site": "HCC"}
    assert row.questioned == []


@pytest.mark.parametrize(
    ("hbv", "hcv", "known"),
    [("0", "0", []), ("0", "?", None), ("?", "1", ["HCV"]), ("1", "1", ["HBV", "HCV"]), ("0", "yes", None)],
)
def test_an_empty_list_is_only_said_when_everything_was_answered(hbv, hcv, known):
    assert planned(HBV=hbv, HCV=hcv).values.get("liver.aetiologies") == known


@pytest.mark.parametrize(
    ("column", "text", "kind", "offered"),
    [
        ("Sex", "2", "unknown_code", {"leave_out"}),
        ("Cirrhosis", "yes", "unknown_code", {"leave_out"}),
        ("Age", "167", "out_of_range", {"leave_out"}),
        ("Age", "12", "unusual", {"keep", "leave_out"}),
        ("Age", "60.5", "not_a_number", {"leave_out"}),
        ("Age", "sixty", "not_a_number", {"leave_out"}),
        ("Platelets", "42000", "unit", {"convert", "leave_out"}),
        ("Platelets", "1.71", "unusual", {"keep", "leave_out"}),
        ("Platelets", "9000000", "out_of_range", {"leave_out"}),
        ("Platelets", "42,5", "decimal_comma", {"convert", "leave_out"}),
        ("Platelets", "42,000", "not_a_number", {"leave_out"}),
        ("Platelets", "<10", "not_a_number", {"leave_out"}),
        ("Platelets", "=1+1", "not_a_number", {"leave_out"}),
        ("Platelets", "NaN", "not_a_number", {"leave_out"}),
        ("Platelets", "1e2", "not_a_number", {"leave_out"}),
        ("Platelets", "٩٩", "not_a_number", {"leave_out"}),
        ("Albumin", "3.4", "unit", {"convert", "leave_out"}),
        ("Bilirubin", "20", "unit_doubt", {"keep", "convert", "leave_out"}),
        ("Nodules", "0", "no_nodules", {"keep", "leave_out"}),
        ("Size", "35", "unit_doubt", {"keep", "convert", "leave_out"}),
        ("Size", "41", "unit", {"convert", "leave_out"}),
        ("Size", "0", "out_of_range", {"leave_out"}),
        ("Spread", "0", "meaning", {"keep", "leave_out"}),
        ("Saturation", "126", "out_of_range", {"leave_out"}),
    ],
)
def test_a_questioned_value_is_not_stored(column, text, kind, offered):
    row = planned(**{column: text})

    (question,) = row.questioned
    assert (question.row, question.column, question.value, question.kind) == (1, column, text, kind)
    assert set(question.offered) == offered
    assert question.why
    assert row.values == {"patient.record_number": "A-1", "diagnosis.primary_site": "HCC"}


@pytest.mark.parametrize(
    ("column", "text", "kind", "answer", "stored"),
    [
        ("Platelets", "42000", "unit", "convert", {"labs": [lab("platelets", "42", "10*9/L")]}),
        ("Platelets", "1.71", "unusual", "keep", {"labs": [lab("platelets", "1.71", "10*9/L")]}),
        ("Platelets", "42,5", "decimal_comma", "convert", {"labs": [lab("platelets", "42.5", "10*9/L")]}),
        ("Albumin", "3.4", "unit", "convert", {"labs": [lab("albumin", "3.4", "g/dL")]}),
        ("Bilirubin", "20", "unit_doubt", "convert", {"labs": [lab("bilirubin", "20", "umol/L")]}),
        ("Bilirubin", "20", "unit_doubt", "keep", {"labs": [lab("bilirubin", "20", "mg/dL")]}),
        ("Size", "41", "unit", "convert", {"lesions": {"largest_mm": D(41)}}),
        ("Age", "12", "unusual", "keep", {"case.stated_age": 12}),
        ("Spread", "1", "meaning", "keep", {"diagnosis.extrahepatic": "YES"}),
        ("Nodules", "0", "no_nodules", "keep", {"lesions": {"count": 0, "count_is_minimum": False}}),
        ("Platelets", "42000", "unit", "leave_out", {}),
    ],
)
def test_an_answered_question_is_settled(column, text, kind, answer, stored):
    row = planned(decide(column, kind, answer), **{column: text})

    known = {"patient.record_number": "A-1", "diagnosis.primary_site": "HCC"}
    assert row.values == known | stored
    assert row.questioned == []
    assert [(one.question.column, one.answer) for one in row.settled] == [(column, answer)]


@pytest.mark.parametrize(
    "decision",
    [
        decide("Platelets", "unit", "keep"),  # not offered: 42000 x 10^9/L cannot be
        decide("Platelets", "unusual", "convert"),
        decide("Albumin", "unit", "convert"),
        decide("Platelets", "unit", "convert", row=2),
    ],
    ids=str,
)
def test_an_answer_to_another_question_leaves_this_one_open(decision):
    row = planned(decision, Platelets="42000")

    assert "labs" not in row.values
    assert len(row.questioned) == 1


def test_the_answer_for_a_row_goes_before_the_answer_for_the_column():
    column = decide("Platelets", "unit", "convert")
    row = decide("Platelets", "unit", "leave_out", row=1)

    assert "labs" not in planned(row, column, Platelets="42000").values


def test_an_answer_nobody_knows_is_refused():
    with pytest.raises(Refused, match="convert"):
        planned(decide("Platelets", "unit", "guess"), Platelets="42000")


def test_a_converted_value_is_questioned_again_when_it_is_still_odd():
    row = planned(decide("Platelets", "decimal_comma", "convert"), Platelets="42000,5")

    assert [question.kind for question in row.questioned] == ["unit"]
    assert "labs" not in row.values


def test_every_doubt_about_one_value_must_be_settled():
    cells = {"Bilirubin": "20", "Direct": "22"}
    keep_unit, keep_whole = (decide("Bilirubin", kind, "keep") for kind in ("unit_doubt", "part_above_whole"))

    assert [q.kind for q in planned(**cells).questioned] == ["unit_doubt", "part_above_whole"]
    assert "labs" not in planned(keep_unit, **cells).values
    assert planned(keep_unit, keep_whole, **cells).values["labs"] == [lab("bilirubin", "20", "mg/dL")]


def test_what_helps_to_judge_stands_beside_the_question():
    (question,) = planned(Bilirubin="20", Direct="9.6").questioned

    assert question.why.endswith("Did you mean 20 µmol/L? Direct in the same row: 9.6.")
    assert question.suggestion == "20 µmol/L"


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ("at_least", {"count": 5, "count_is_minimum": True}),
        ("exactly", {"count": 5, "count_is_minimum": False}),
        ("leave_out", {}),
        ("keep", {}),  # not offered: it would not say which of the two
    ],
)
def test_the_highest_count_of_the_file_may_mean_or_more_and_a_person_says_so(answer, count):
    row = planned(decide("Nodules", "or_more", answer), Nodules="5", Size="3")

    assert row.values["lesions"] == {"largest_mm": D(30)} | count


def test_a_count_beyond_the_coding_of_the_file_is_not_stored():
    row = planned(Nodules="7", Size="3")

    assert row.values["lesions"] == {"largest_mm": D(30)}
    assert [question.kind for question in row.questioned] == ["out_of_range"]


def test_a_count_without_a_size_is_stored_and_pointed_out():
    row = planned(Nodules="4", Size="?")

    assert row.values["lesions"] == {"count": 4, "count_is_minimum": False}
    assert [(q.column, q.value, q.kind) for q in row.questioned] == [("Size", "?", "size_missing")]


@pytest.mark.parametrize("record", ["", "?", "  ", "x" * 41, "A\x07"])
def test_a_row_without_a_usable_record_number_is_refused(record):
    row = plan_row(PROFILE, 4, {"Record": record, "Sex": "m"})

    assert row.values == {}
    assert [refusal.row for refusal in row.refused] == [4]


def test_a_record_number_that_looks_like_a_formula_stays_text():
    assert plan_row(PROFILE, 1, {"Record": "=1+1"}).values["patient.record_number"] == "=1+1"


def test_the_second_row_with_a_record_number_is_refused_and_rows_count_from_one():
    records = [{"Record": "A-1"}, {"Record": "A-2"}, {"Record": " a-1 "}, {"Record": ""}]

    report = as_json(plan(PROFILE, records))

    assert report == {
        "rows": 4,
        "to_create": 2,
        "questioned": [],
        "refused": [
            {"row": 3, "why": "The record number stands already in row 1."},
            {"row": 4, "why": "The record number is missing."},
        ],
    }


def test_a_row_that_could_not_be_read_is_refused_and_does_not_take_its_record_number():
    records = [{"Record": "A-1"}, {"Record": "A-1"}]

    result = plan(PROFILE, records, problems={1: "The row has 3 cells, the heading has 4."})

    assert [(one.row, one.why) for one in result.refused] == [(1, "The row has 3 cells, the heading has 4.")]


def test_a_record_that_became_a_case_before_is_not_created_again_and_a_change_is_told():
    rows = [{"Record": "A-1", "Age": "60"}, {"Record": "A 2", "Age": "61"}, {"Record": "A-3"}]
    first = plan(PROFILE, rows)
    known = {
        record_key(row.values["patient.record_number"]): Known(row.fingerprint, f"LT-26-000{row.row}")
        for row in first.rows[:2]
    }
    rows[0]["Age"], rows[1] = " 60 ", {"Record": "a2", "Age": "62"}

    again = plan(PROFILE, rows, known=known)

    assert [row.row for row in again.to_create] == [3]
    assert [(row.row, row.known_as) for row in again.known] == [(1, "LT-26-0001")]
    assert [(one.row, one.why[:32]) for one in again.refused] == [(2, "Already imported as LT-26-0002, ")]


def test_an_answer_does_not_make_a_row_another_one():
    row = {"Platelets": "42000"}

    assert planned(**row).fingerprint == planned(decide("Platelets", "unit", "convert"), **row).fingerprint


def test_one_question_is_asked_for_all_rows_of_a_kind():
    rows = [
        {"Record": f"A-{n}", "Platelets": text} for n, text in enumerate(["42000", "99", "1.71", "91000"])
    ]

    unit, unusual = group(plan(PROFILE, rows).questioned)

    assert (unit.column, unit.kind, unit.rows, unit.offered) == (
        "Platelets",
        "unit",
        (1, 4),
        ("convert", "leave_out"),
    )
    assert unit.why.endswith("42000 would be read as 42 ×10⁹/L.")
    assert (unusual.kind, unusual.rows) == ("unusual", (3,))


def test_the_report_names_row_column_value_and_reason_but_no_patient():
    (asked,) = as_json(plan(PROFILE, [{"Record": "A-1", "Platelets": "1.71"}]))["questioned"]

    assert asked == {
        "row": 1,
        "column": "Platelets",
        "value": "1.71",
        "why": "Platelets 1.71 ×10⁹/L is unusual (10 to 2000 is usual). Confirm it or correct it.",
    }


numbers = st.decimals(allow_nan=True).map(str) | st.from_regex(
    r"[<=]?-?[0-9]{0,5}[.,]?[0-9]{0,3}", fullmatch=True
)
tables = st.dictionaries(st.sampled_from(PROFILE.headers), st.text(max_size=8) | numbers)
answers = st.fixed_dictionaries(
    {
        "column": st.sampled_from(PROFILE.headers),
        "kind": st.sampled_from([*SENTENCES, "meaning", "no_nodules", "part_above_whole"]),
        "answer": st.sampled_from(["keep", "convert", "leave_out"]),
    }
)


@given(tables, st.lists(answers, max_size=6))
def test_whatever_is_typed_nothing_impossible_is_stored_and_nothing_is_lost_silently(cells, decisions):
    row = plan_row(PROFILE, 1, cells | {"Record": "A-1"}, decisions)

    for one in row.values.get("labs", []):
        assert labs.check(one["analyte"], one["value"], one["unit"]).refusal is None
    platelets = cells.get("Platelets", "").strip()
    stored = any(one["analyte"] == "platelets" for one in row.values.get("labs", []))
    asked = {one.column for one in row.questioned} | {one.question.column for one in row.settled}
    assert stored or platelets in {"", "?"} or "Platelets" in asked
