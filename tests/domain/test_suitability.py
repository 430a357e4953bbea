"""Is each caution given on the right side of its limit, and none for what is missing or ruled out?"""

from decimal import Decimal

import pytest

from cases.domain.suitability import LIMITS, RULES, TACE, USUAL, Facts, cautions


def lab(value, unit):
    return {"value": value, "unit": unit}


def told(lesion=None, known=None, **said):
    lesions = [{"label": "L1"} | lesion] if lesion else []
    return cautions(Facts(said=said, lesions=lesions, known=known or {}))


def therapies(*args, **kwargs):
    return [one.therapy for one in told(*args, **kwargs)]


@pytest.mark.parametrize(
    ("lesion", "fires"),
    [
        ({"size_mm": Decimal(30)}, False),
        ({"size_mm": Decimal("30.1")}, True),
        ({"size_mm": Decimal("50.1")}, True),
        ({"distance_bile_duct_mm": 10}, False),
        ({"distance_bile_duct_mm": 9}, True),
        ({"distance_organ_mm": 10, "organ": "BOWEL"}, False),
        ({"distance_organ_mm": 9, "organ": "BOWEL"}, True),
        ({"distance_vessel_mm": 1}, False),
        ({"distance_vessel_mm": 0}, True),
        ({"expected_margin_mm": 5}, False),
        ({"expected_margin_mm": 4}, True),
        ({"size_mm": None, "distance_bile_duct_mm": None}, False),
        ({"size_mm": Decimal(40), "ablatable": "NO"}, False),
        ({"size_mm": Decimal(40), "ablatable": "NOT_ASSESSED"}, True),
    ],
)
def test_a_lesion_and_heat(lesion, fires):
    assert therapies(lesion) == (["Ablation"] if fires else [])
    assert therapies(lesion, ablatable="NO") == []


@pytest.mark.parametrize(
    ("known", "fires"),
    [
        ({"inr": Decimal("1.5")}, []),
        ({"inr": Decimal("1.51")}, ["Ablation"]),
        ({"platelets": lab(50, "10*9/L")}, []),
        ({"platelets": lab(49, "10*9/L")}, ["Ablation"]),
        ({"platelets": lab(49000, "/uL")}, ["Ablation"]),
        ({"bilirubin": lab(2, "mg/dL")}, []),
        ({"bilirubin": lab(Decimal("34.3"), "umol/L")}, ["Embolisation", "Y-90"]),
        ({"creatinine": lab(Decimal("1.99"), "mg/dL")}, []),
        ({"creatinine": lab(2, "mg/dL")}, ["Embolisation"]),
        ({"encephalopathy": "none", "ascites": "mild_or_controlled"}, []),
        ({"encephalopathy": "grade_1_2_or_controlled"}, ["Embolisation"]),
        ({"ascites": "moderate_severe_or_refractory"}, ["Embolisation"]),
        ({"liver_involvement_percent": 70}, []),
        ({"liver_involvement_percent": 71}, ["Y-90"]),
        ({"bilirubin": None, "inr": None, "platelets": "many", "creatinine": lab(9, "g/L")}, []),
    ],
)
def test_the_patient(known, fires):
    assert therapies(known=known) == fires


@pytest.mark.parametrize(
    ("said", "fires"),
    [
        ({"portal_vein": "PATENT"}, []),
        ({"portal_vein": "TUMOUR_THROMBUS", "portal_thrombus": "VP2"}, ["Vein embolisation"]),
        ({"portal_vein": "TUMOUR_THROMBUS", "portal_thrombus": "VP4"}, ["Embolisation", "Vein embolisation"]),
        ({"shunt": "ARTERIOPORTAL"}, ["Embolisation"]),
        ({"shunt": "GASTROINTESTINAL"}, ["Y-90"]),
        ({"biliary_status": "ANASTOMOSIS"}, ["Ablation", "Embolisation"]),
        ({"biliary_status": "DILATED", "biliary_drainage": "NONE"}, ["Embolisation", "Vein embolisation"]),
        ({"ablation_modality": "IRE", "implant": "YES"}, ["Ablation"]),
        ({"ablation_modality": "MWA", "implant": "YES"}, []),
        ({"shunt": "NOT_ASSESSED", "portal_vein": "PENDING", "biliary_status": "UNKNOWN"}, []),
    ],
)
def test_the_way_there(said, fires):
    assert therapies(**said) == fires


def test_what_is_ruled_out_gets_no_caution():
    known = {"bilirubin": lab(5, "mg/dL")}

    assert therapies(known=known, embolisation_suitable="NO", y90_suitable="NO") == []


def test_every_caution_says_its_figure_and_where_it_comes_from():
    [large] = told({"size_mm": Decimal("120.0")}, ablatable="NO")
    assert (large.words, large.source, large.to_confirm) == ("L1: 120 mm, 100 mm or more.", TACE, False)

    [near] = told({"distance_bile_duct_mm": 6})
    assert (near.source, near.to_confirm) == (USUAL, True)
    assert near.words == "L1: 6 mm from the central bile duct, less than 10 mm: heat injury."


def test_nothing_is_said_of_an_empty_record():
    assert told({}) == ()
    assert len(RULES) == 4
    assert all((one.source == USUAL) is one.to_confirm for one in LIMITS.values())


# Child-Pugh by hand: bilirubin 1.0 mg/dL 1 point, INR 1.0 1, encephalopathy none 1; albumin and ascites vary.
@pytest.mark.parametrize(
    ("albumin", "ascites", "cirrhosis", "points"),
    [
        (30, "mild_or_controlled", True, None),  # 2 + 2: 7 points, B7
        (27, "mild_or_controlled", True, 8),  # 3 + 2: 8 points, B8
        (27, "mild_or_controlled", False, None),
        (27, "mild_or_controlled", None, None),
        (None, "mild_or_controlled", True, None),
    ],
)
def test_embolisation_and_child_pugh_of_b8_or_more(albumin, ascites, cirrhosis, points):
    known = {
        "bilirubin": lab(1, "mg/dL"),
        "albumin": albumin and lab(albumin, "g/L"),
        "inr": 1,
        "ascites": ascites,
        "encephalopathy": "none",
        "cirrhosis": cirrhosis,
    }

    said = [one.words for one in told(known=known) if "Child-Pugh" in one.words]

    assert said == ([f"Child-Pugh {points}: 8 points or more."] if points else [])
