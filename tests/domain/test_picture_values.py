"""Which values of the laboratory, the pathologist and the others count, and what do they mean together?"""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.domain import scores
from tests.domain.picturing import EARLIER, LATER, ON, drawn, lab, seen

CRC = {"primary_site": "COLORECTAL"}
PANEL = [lab("bilirubin", 20, "umol/L"), lab("albumin", 36, "g/L", EARLIER), lab("inr", "1.2", "1")]


def result(picture, score_id):
    return scores.compute(score_id, picture.inputs_of(scores.get(score_id)))


# -- laboratory -------------------------------------------------------------------------------------------


def test_a_newer_bound_is_not_overruled_by_an_older_value():
    picture = drawn(labs=[lab("afp", 80, "ng/mL", EARLIER), lab("afp", 5, "ng/mL", comparator="<")])

    assert (picture.gap("afp").state, picture.gap("afp").reason) == ("bound", "<5 ng/mL")
    assert picture.missing("afp_ng_ml")


def test_markers_in_one_unit():
    """1 IU/mL of AFP is taken as 1.21 ng/mL."""
    picture = drawn(labs=[lab("afp", 100, "IU/mL"), lab("cea", 20, "ng/mL")])

    assert (picture.raw("afp_ng_ml"), picture.raw("cea_ug_l")) == (121, 20)


@pytest.mark.parametrize(("told", "highest"), [(None, 90), (D(120), 120), (D(60), 90)])
def test_the_highest_cea_that_anybody_knows_of(told, highest):
    labs = [
        lab("cea", 90, "ug/L", date(2026, 2, 1)),
        lab("cea", 30, "ug/L"),
        lab("cea", 5, "ug/L", EARLIER, comparator="<"),
    ]
    picture = drawn(labs=labs, ONCOLOGY={"cea_highest_ug_l": told})

    assert picture.raw("cea_highest") == {"value": highest, "unit": "ug/L"}
    assert picture.raw("cea_highest_ug_l") == highest
    assert picture.raw("cea")["value"] == 30


def test_a_highest_cea_that_is_only_a_bound_is_not_known():
    labs = [lab("cea", 500, "ug/L", EARLIER, comparator=">"), lab("cea", 30, "ug/L")]

    assert drawn(labs=labs).gap("cea_highest").state == "bound"


def test_the_upper_limit_of_ast_belongs_to_its_newest_value():
    older = lab("ast", 60, "U/L", EARLIER, upper_limit=D(40))

    assert drawn(labs=[older]).raw("ast_uln") == {"value": 40, "unit": "U/L"}
    assert drawn(labs=[older, lab("ast", 50, "U/L")]).missing("ast_uln")


# -- pathology --------------------------------------------------------------------------------------------


def markers(**results):
    return {"biomarkers": [{"marker": marker, "result": result} for marker, result in results.items()]}


@pytest.mark.parametrize(
    ("kras", "nras", "ras", "kras_mutated"),
    [
        ("wild_type", "wild_type", "wild_type", False),
        ("wild_type", "mutated", "mutated", False),
        ("mutated", "NOT_TESTED", "mutated", True),
        ("wild_type", "PENDING", None, False),
    ],
)
def test_ras_is_known_when_either_is_mutated_or_both_are_tested(kras, nras, ras, kras_mutated):
    picture = drawn(PATHOLOGY=markers(KRAS=kras, NRAS=nras))

    assert (picture.raw("ras"), picture.raw("kras_mutated")) == (ras, kras_mutated)
    assert picture.raw("ras_mutated") == (None if ras is None else ras == "mutated")


def test_why_a_marker_is_not_known_is_passed_on():
    picture = drawn(PATHOLOGY=markers(KRAS="wild_type", NRAS="PENDING", MSI="NOT_TESTED"))

    assert (picture.gap("ras").state, picture.gap("ras_mutated").state) == ("pending", "pending")
    assert (picture.gap("msi").words, picture.gap("msi").by) == ("not tested", "Dr B")


def test_one_score_asks_for_any_mutation_of_braf_and_another_for_v600e():
    picture = drawn(PATHOLOGY=markers(BRAF="mutated_other"))

    assert picture.inputs_of(scores.get("transmet"))["braf"] == "mutated"
    assert picture.inputs_of(scores.get("flag_transplant_crlm"))["braf"] == "mutated_other"


def test_the_grade_of_a_neuroendocrine_tumour():
    """WHO 2022: Ki-67 of 3 % is grade 2; a carcinoma has no number."""
    told = {"differentiation": "well", "ki67_percent": D(3), "mitoses_per_2mm2": D(1), "specimen_on": EARLIER}

    assert drawn(PATHOLOGY=told).raw("net_grade") == 2
    assert drawn(PATHOLOGY=told).item("net_grade").on == EARLIER
    carcinoma = drawn(PATHOLOGY=told | {"differentiation": "poor"})
    assert carcinoma.gap("net_grade").reason == "a neuroendocrine carcinoma has no grade number"
    assert drawn(PATHOLOGY=told | {"ki67_percent": None}).gap("net_grade").reason == "without Ki-67"


# -- comorbidity and course -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "outside", "other", "worse"),
    [
        ("COLORECTAL", "", "none", "metastatic"),
        ("HCC", "NONE", "none", "localised"),
        ("HCC", "UNRESECTABLE", "localised", "metastatic"),
        ("HCC", "NONE", "metastatic", "metastatic"),
        ("HCC", "", "none", None),
    ],
)
def test_the_tumour_under_discussion_counts_in_charlson(site, outside, other, worse):
    reviewed = {"items": ["copd"], "liver_disease": "none", "diabetes": "none", "other_tumour": other}
    picture = drawn(diagnosis={"primary_site": site, "extrahepatic_disease": outside}, comorbidity=reviewed)

    assert picture.raw("solid_tumour") == worse
    assert (picture.raw("copd"), picture.raw("dementia")) == (True, False)


def test_a_list_that_nobody_went_through_says_nothing():
    assert drawn(diagnosis=CRC).missing("dementia")


def test_the_course_after_an_operation():
    quiet = {
        "death": False,
        "icu_life_threatening": False,
        "drug_or_transfusion": False,
        "any_deviation": True,
    }
    told = quiet | {"intervention": "none", "organ_dysfunction_count": None, "disability_at_discharge": False}

    assert result(drawn(course=told), "clavien_dindo")["grade"] == "I"
    intensive = drawn(course=told | {"icu_life_threatening": True})
    assert result(intensive, "clavien_dindo")["missing"] == ["organ_dysfunction_count"]


# -- perihilar, lung dose, response -----------------------------------------------------------------------


def test_a_perihilar_stricture():
    told = {
        "reaches_confluence": "YES",
        "extends_right_second_order": "YES",
        "extends_left_second_order": "NO",
        "radial_diameter_mm": D(28),
    }
    picture = drawn(diagnosis={"primary_site": "PCCA", "extrahepatic_disease": "NONE"}, RADIOLOGY=told)

    assert (picture.raw("bismuth_type"), picture.raw("radial_diameter_cm")) == ("IIIa", D("2.8"))
    assert picture.missing("metastases")  # nobody has counted what is in the liver
    one = drawn(diagnosis={"primary_site": "PCCA", "extrahepatic_disease": "NONE"}, lesions=[seen(1, 20)])
    assert one.raw("metastases") is False


def test_sclerosing_cholangitis_as_a_cause_answers_the_transplant_team_s_question():
    assert drawn(liver={"aetiologies": ["PSC"]}).raw("psc") is True
    assert drawn(liver={"aetiologies": ["HBV"]}).missing("psc")


def test_the_lung_dose():
    """49.67 Gy kg/GBq x 2 GBq x 5 % / 1 kg = 4.967 Gy."""
    picture = drawn(INTERVENTIONAL={"activity_gbq": D(2), "lung_shunt_percent": D(5)})

    assert result(picture, "y90_lung_dose")["lung_dose_gy"] == pytest.approx(4.967)


def test_months_of_response_need_a_response():
    told = {"months_disease_control": D(8), "response": "SD", "lines_given": 0}

    stable, better = drawn(ONCOLOGY=told), drawn(ONCOLOGY=told | {"response": "PR", "lines_given": 2})
    assert (stable.raw("months_stable_or_response"), stable.missing("months_response_to_systemic")) == (
        8,
        True,
    )
    assert better.raw("months_response_to_systemic") == 8
    assert (stable.raw("chemo_lines"), stable.raw("systemic_therapy_recorded")) == (0, False)


def test_the_oldest_day_of_several():
    picture = drawn(labs=PANEL, case={"birth_date": date(1960, 1, 1)})

    assert picture.oldest(["bilirubin", "albumin", "age_years"]) == EARLIER
    assert picture.oldest(["bilirubin"]) == LATER
    assert picture.oldest(["age_years"]) is None
    undated = drawn(labs=[*PANEL, lab("sodium", 140, "mmol/L", None)])
    assert undated.oldest(["bilirubin", "sodium"]) is None
    assert ON not in {one.on for one in picture.items.values()}


@pytest.mark.parametrize(
    ("segments", "value", "words"),
    [(["5", "8"], "dilated", "stricture, dilated in 5, 8"), ([], None, "")],
)
def test_ducts_above_a_stricture_are_dilated_where_the_radiologist_says_so(segments, value, words):
    item = drawn(RADIOLOGY={"bile_ducts": "STRICTURE", "dilated_segments": segments}).item("bile_ducts")

    assert (item.value if item else None, item.words if item else "") == (value, words)


def test_what_cannot_be_resected_is_not_called_resectable_yes():
    picture = drawn(SURGERY={"resectable": "NO"})

    assert (picture.raw("unresectable"), picture.item("unresectable").words) == (True, "unresectable")
