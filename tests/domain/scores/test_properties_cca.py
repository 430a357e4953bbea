"""Bile duct tumours: what holds on each cut-off, and for every patient?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores

EARLY = {
    "largest_cm": 4,
    "tumour_count": 1,
    "vascular_invasion": False,
    "visceral_peritoneum_perforated": False,
    "direct_extrahepatic_invasion": False,
    "node_positive": False,
    "distant_metastasis": False,
}
WORSE = ("distant_metastasis", "node_positive", "direct_extrahepatic_invasion", "vascular_invasion")
STAGES = ("IA", "IB", "II", "IIIA", "IIIB", "IV")
MAYO = {
    "positive_biopsy_or_cytology": False,
    "malignant_stricture": True,
    "ca19_9": {"value": 250, "unit": "U/mL"},
    "aneuploidy": False,
    "unresectable": True,
    "psc": False,
    "radial_diameter_cm": 2,
    "metastases": False,
    "regional_nodes_positive": False,
    "transperitoneal_biopsy_done": False,
    "neoadjuvant_protocol_available": True,
}


@pytest.mark.parametrize(
    ("found", "t", "stage"),
    [
        ({"largest_cm": 5}, "T1a", "IA"),
        ({"largest_cm": 5.0001}, "T1b", "IB"),
        ({"vascular_invasion": True}, "T2", "II"),
        ({"tumour_count": 2, "visceral_peritoneum_perforated": True}, "T3", "IIIA"),
        ({"visceral_peritoneum_perforated": True, "direct_extrahepatic_invasion": True}, "T4", "IIIB"),
        ({"visceral_peritoneum_perforated": True, "node_positive": True}, "T3", "IIIB"),
        ({"direct_extrahepatic_invasion": True, "distant_metastasis": True}, "T4", "IV"),
    ],
    ids=str,
)
def test_t_and_stage(found, t, stage):
    """AJCC 8th ed.; Lee AJ, Chun YS 2018."""
    assert scores.compute("icca_ajcc8", EARLY | found) == {"status": "ok", "t": t, "stage": stage}


@given(
    st.fixed_dictionaries({name: st.booleans() for name in WORSE} | {"largest_cm": st.integers(1, 40)}),
    st.sampled_from(WORSE),
)
def test_finding_more_never_lowers_the_stage(found, more):
    before, after = (
        STAGES.index(scores.compute("icca_ajcc8", EARLY | found | change)["stage"])
        for change in ({more: False}, {more: True})
    )

    assert after >= before


@pytest.mark.parametrize("multifocal", [None, False, True])
def test_bismuth_corlette(multifocal):
    """Bismuth and Corlette 1975: a is the right side, b the left; several strictures are type IV."""
    beyond_without_reaching = {"status": "invalid", "field": "reaches_confluence"}
    expected = {
        (False, False, False): "I",
        (True, False, False): "II",
        (True, True, False): "IIIa",
        (True, False, True): "IIIb",
        (True, True, True): "IV",
    }
    for reached, right, left in itertools.product([False, True], repeat=3):
        result = scores.compute(
            "bismuth_corlette",
            {
                "reaches_confluence": reached,
                "extends_right_second_order": right,
                "extends_left_second_order": left,
                "multifocal": multifocal,
            },
        )
        kind = "IV" if multifocal else expected.get((reached, right, left))
        assert result == ({"status": "ok", "type": kind} if kind else beyond_without_reaching)


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({"ca19_9": {"value": 100, "unit": "U/mL"}}, ["malignancy_evidence"]),
        ({"ca19_9": {"value": 100.1, "unit": "kU/L"}}, []),
        ({"ca19_9": {"value": 0, "unit": "U/mL"}, "aneuploidy": True}, []),
        ({"malignant_stricture": False, "aneuploidy": True}, ["malignancy_evidence"]),
        ({"unresectable": False}, ["unresectable_or_psc"]),
        ({"unresectable": False, "psc": True}, []),
        ({"radial_diameter_cm": 3}, []),
        ({"radial_diameter_cm": 3.01}, ["radial_diameter_at_most_3cm"]),
        ({"radial_diameter_cm": 0}, []),
    ],
    ids=str,
)
def test_mayo_items(change, failed):
    """OPTN Policy 9.5.A: CA 19-9 above 100 U/mL counts with a malignant-looking stricture only."""
    assert scores.compute("mayo_pcca", MAYO | change) == {
        "status": "ok",
        "met": not failed,
        "failed": failed,
    }


def test_every_item_of_the_mayo_protocol_can_fail_and_the_order_is_kept():
    turned = {name: not value for name, value in MAYO.items() if isinstance(value, bool)}
    never = {"positive_biopsy_or_cytology": False, "psc": False, "radial_diameter_cm": 4}

    result = scores.compute("mayo_pcca", MAYO | turned | never)

    assert result["failed"] == [
        "malignancy_evidence",
        "unresectable_or_psc",
        "radial_diameter_at_most_3cm",
        "no_metastases",
        "no_regional_nodes",
        "no_transperitoneal_biopsy",
        "neoadjuvant_protocol",
    ]
