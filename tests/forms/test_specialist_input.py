"""Does each discipline's form take what is right, and say what is wrong at its field?"""

import pytest
from django.http import QueryDict

from cases.forms.specialist_input import InputForms
from cases.vocabulary import Specialty

OPINION = {"opinion": "RESECT", "confidence": "HIGH", "opinion_reason": "Two lesions on the right."}
NO_ROWS = {"-TOTAL_FORMS": "0", "-INITIAL_FORMS": "0"}
EMPTY = {
    f"{rows}{key}": value
    for rows in ("lines", "lesions", "nodes", "accesses", "biomarkers")
    for key, value in NO_ROWS.items()
}

COMPLETE = {
    Specialty.SURGERY: {"resectable": "YES"},
    Specialty.RADIOLOGY: {
        "modality": "MRI",
        "studied_on": "2026-11-10",
        "lesion_count": "2",
        "extrahepatic_seen": "NO",
    },
    Specialty.INTERVENTIONAL: {"ablatable": "YES", "embolisation_suitable": "YES"},
    Specialty.ONCOLOGY: {"lines_given": "0", "fit_for_systemic": "UNKNOWN"},
    Specialty.PATHOLOGY: {"specimen": "CORE_BIOPSY", "morphology": "8140/3"},
    Specialty.TRANSPLANT: {"absolute_contraindication": "NO"},
    Specialty.RADIATION: {"sbrt_suitable": "UNKNOWN"},
    Specialty.NURSING: {"patient_informed": "YES"},
}


def posted(said):
    data = QueryDict(mutable=True)
    for name, value in (EMPTY | said).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def forms(specialty, said, **stands):
    stands = {
        "opinion": {},
        "details": {},
        "rows": {},
        "facts": {},
        "case": {"primary_site": "", "cirrhosis": ""},
    } | stands
    return InputForms(posted(said), specialty=specialty, stands=stands)


def wrong(specialty, said):
    """The fields that a signature is refused for."""
    part = forms(specialty, COMPLETE.get(specialty, {}) | OPINION | said)
    part.check_for_signature()
    return {problem.anchor.removeprefix("id_") for problem in part.problems}


@pytest.mark.parametrize("specialty", list(Specialty))
def test_a_complete_form_may_be_signed(specialty):
    part = forms(specialty, OPINION | COMPLETE.get(specialty, {}))

    assert part.check_for_signature(), part.problems
    assert part.fields == OPINION | {"conflict_of_interest": False}


@pytest.mark.parametrize("specialty", list(Specialty))
def test_an_empty_form_may_be_kept_but_not_signed(specialty):
    assert forms(specialty, {}).check()
    unsigned = forms(specialty, {})
    assert not unsigned.check_for_signature()
    needed = set(COMPLETE.get(specialty, {}) | OPINION)
    assert len(unsigned.problems) == len(needed)


@pytest.mark.parametrize(
    ("specialty", "said", "where"),
    [
        ("SURGERY", {"frailty": "10"}, "frailty"),
        ("SURGERY", {"frailty": "very"}, "frailty"),
        ("SURGERY", {"flr_volume_ml": "1500", "total_liver_volume_ml": "1500"}, "flr_volume_ml"),
        ("SURGERY", {"tumour_volume_ml": "1600", "total_liver_volume_ml": "1500"}, "tumour_volume_ml"),
        ("SURGERY", {"flr_volume_ml": "-1"}, "flr_volume_ml"),
        ("SURGERY", {"segments_to_resect": ["9"]}, "segments_to_resect_0"),
        ("SURGERY", {"resectable": "PERHAPS"}, "resectable_0"),
        ("SURGERY", {"volumetry_on": "2126-01-01"}, "volumetry_on"),
        ("SURGERY", {"planned_procedure": "x" * 301}, "planned_procedure"),
        ("RADIOLOGY", {"studied_on": "10/11/2026x"}, "studied_on"),
        ("RADIOLOGY", {"liver_involvement_percent": "101"}, "liver_involvement_percent"),
        ("RADIOLOGY", {"vascular_invasion": ["NONE", "PORTAL"]}, "vascular_invasion_0"),
        ("INTERVENTIONAL", {"embolisation_suitable": "NO"}, "embolisation_stop_reason"),
        ("INTERVENTIONAL", {"lung_shunt_percent": "120"}, "lung_shunt_percent"),
        ("ONCOLOGY", {"lines_given": "21"}, "lines_given"),
        ("ONCOLOGY", {"months_disease_control": "-2"}, "months_disease_control"),
        ("PATHOLOGY", {"opinion": "MAGIC"}, "opinion"),
        ("PATHOLOGY", {"opinion_reason": "x" * 4001}, "opinion_reason"),
        ("NURSING", {"confidence": ""}, "confidence_0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(specialty, said, where):
    assert wrong(specialty, said) == {where}


def lines(*rows):
    said = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        said |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return said


def test_lines_of_treatment_come_in_order_and_empty_rows_are_no_rows():
    part = forms("ONCOLOGY", lines({"regimen": "FOLFOX", "best_response": "PR"}, {}, {"regimen": "FOLFIRI"}))

    assert part.check()
    assert [line["regimen"] for line in part.typed_details["lines"]] == ["FOLFOX", "FOLFIRI"]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"started_on": "2026-02-01"}, "lines-0-regimen"),
        ({"regimen": "FOLFOX", "started_on": "2026-02-01", "ended_on": "2026-01-01"}, "lines-0-ended_on"),
    ],
)
def test_a_line_that_cannot_be(row, where):
    assert wrong("ONCOLOGY", lines(row)) == {where}


def test_rows_with_a_mistake_are_kept_out_of_the_record_together():
    part = forms("ONCOLOGY", lines({"regimen": "FOLFOX"}, {"stop_reason": "progression"}))

    assert not part.check()
    assert "lines" not in part.typed_details


def lesions(*rows, known=0):
    said = {"lesions-TOTAL_FORMS": str(len(rows)), "lesions-INITIAL_FORMS": str(known)}
    for number, row in enumerate(rows):
        said |= {f"lesions-{number}-{name}": value for name, value in row.items()}
    return said


def test_only_lesions_that_were_looked_at_are_read_and_on_the_day_of_the_study():
    known = [{"number": 1, "segments": ["6"], "note": ""}, {"number": 2, "segments": ["7"], "note": ""}]
    said = lesions(
        {"number": "1", "segments": ["6"]},
        {"number": "2", "segments": ["7"], "long_axis_mm": "18", "viable_mm": "9"},
        {"segments": ["3"], "long_axis_mm": "11"},
        {},
        known=2,
    )

    part = forms("RADIOLOGY", COMPLETE[Specialty.RADIOLOGY] | said | OPINION, rows={"lesions": known})

    assert part.check_for_signature(), part.problems
    read = part.typed_details["lesions"]
    assert [(one.number, one.long_axis_mm, one.viable_mm) for one in read] == [(2, 18, 9), (None, 11, None)]
    assert {str(one.measured_on) for one in read} == {"2026-11-10"}


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"segments": ["3"], "long_axis_mm": "11", "viable_mm": "12"}, "lesions-0-viable_mm"),
        ({"segments": ["3"], "viable_mm": "12"}, "lesions-0-long_axis_mm"),
        ({"segments": ["3"], "long_axis_mm": "401"}, "lesions-0-long_axis_mm"),
    ],
)
def test_a_lesion_that_cannot_be(row, where):
    assert wrong("RADIOLOGY", lesions(row)) == {where}


def test_two_versions_are_told_apart_field_by_field_in_words():
    stands = {"opinion": {"opinion": "ABLATE", "confidence": "HIGH"}, "details": {"asa": "II", "frailty": 3}}
    said = {"opinion": "RESECT", "confidence": "HIGH", "asa": "III", "frailty": "3"}

    found = forms("SURGERY", said, **stands).differences()

    assert [(one.label, one.theirs, one.mine) for one in found] == [
        ("ASA class", "II mild systemic disease", "III severe systemic disease"),
        ("Preferred option", "Ablate", "Resect"),
    ]
