"""Has every result that a score can give its words, and are they those that people use?"""

import json

import pytest

from cases.domain import score_words, scores
from tests.guards.source import ROOT

PUBLISHED = json.loads((ROOT / "tests" / "data" / "score_cases.json").read_text(encoding="utf-8"))
RULES = {one.id for one in scores.all_scores() if one.family == "rule"}


def results():
    """The result of every published case that can be told."""
    for one in PUBLISHED:
        result = scores.compute(one["score"], one["inputs"])
        if result["status"] == "ok" and one["score"] not in RULES:
            yield scores.get(one["score"]), result


def test_every_published_result_has_words_without_codes():
    told, wrong = set(), []
    for score, result in results():
        said = score_words.told(score, result)
        words = [
            said.value,
            said.meaning,
            *(text for pair in score_words.outputs(score, result) for text in pair),
        ]
        wrong += [f"{score.id}: {text}" for text in words if "_" in text]
        wrong += [f"{score.id} says nothing"] if not said.value else []
        told.add(score.id)

    assert not wrong, "\n".join(sorted(set(wrong)))
    assert told == {one.id for one in scores.all_scores()} - RULES


def worded(score_id, **inputs):
    score = scores.get(score_id)
    return score_words.told(score, scores.compute(score_id, inputs))


@pytest.mark.parametrize(
    ("score_id", "inputs", "value", "meaning"),
    [
        ("ecog", {"ecog": 2}, "2", "self-caring, up more than half of the day, no work"),
        ("asa", {"asa_class": "III", "emergency": True}, "ASA IIIE", ""),
        ("tbs", {"largest_cm": 4, "liver_met_count": 3}, "5.0", "zone 2"),
        (
            "hcc_transplant_criteria",
            {"tumour_sizes_cm": [3, 3, 3], "macrovascular_invasion": False, "extrahepatic_spread": False},
            "within Milan, up-to-seven, OPTN T2",
            "number + largest 6.0",
        ),
        (
            "hcc_transplant_criteria",
            {"tumour_sizes_cm": [6], "macrovascular_invasion": True, "extrahepatic_spread": False},
            "outside all sets",
            "number + largest 7.0",
        ),
        (
            "crlm_resectability_esmo",
            {
                "r0_possible": True,
                "flr_adequate": False,
                "unresectable_extrahepatic_disease": False,
                "needs_complex_procedure": False,
                "extrahepatic_disease_concern": False,
                "liver_met_count": 5,
                "progression_on_treatment": False,
            },
            "A1, B2",
            "absolute technical criterion against resection; five lesions or more",
        ),
        (
            "recist_1_1",
            {
                "baseline_sum_mm": 100,
                "nadir_sum_mm": 60,
                "current_sum_mm": 72,
                "non_target": "none",
                "new_lesion": False,
            },
            "PD",
            "progressive disease, from baseline \N{MINUS SIGN}28.0\N{NO-BREAK SPACE}%, from nadir "
            "20.0\N{NO-BREAK SPACE}%",
        ),
        (
            "y90_lung_dose",
            {"activity_gbq": 3, "lung_shunt_fraction_percent": 21},
            "31.3\N{NO-BREAK SPACE}Gy",
            "above 30 Gy in one session; resin by table: do not treat",
        ),
    ],
)
def test_how_a_result_reads(score_id, inputs, value, meaning):
    """49.67 x 3 x 0.21 = 31.29 Gy; root of 16 + 9 = 5; three of 3 cm are outside UCSF (sum 9)."""
    told = worded(score_id, **inputs)

    assert (told.value, told.meaning) == (value, meaning)


def test_criteria_that_are_not_met_are_named():
    told = worded(
        "seca2",
        ecog=2,
        primary_resected_r0=True,
        extrahepatic_disease=False,
        chemo_response_percent=5,
        locoregional_response_percent=0,
        months_from_crc_diagnosis=14,
        weeks_of_chemo=12,
    )

    assert told.value == "not met"
    assert told.meaning == ("not: ECOG 0 or 1; response of 10 % to chemotherapy or 20 % to local treatment")
