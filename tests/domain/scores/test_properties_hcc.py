"""What holds for every hepatocellular carcinoma, and what happens exactly on each cut-off?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores


def compute(score, **inputs):
    result = scores.compute(score, inputs)
    assert result.pop("status") == "ok", result
    return result


def bclc(sizes, **changes):
    healthy = {"ecog": 0, "liver_function": "preserved"}
    confined = {"macrovascular_invasion": False, "extrahepatic_spread": False}
    return compute("bclc_2022", **healthy | confined | {"tumour_sizes_cm": sizes} | changes)["stage"]


def criteria(sizes, *, invasion=False, spread=False):
    return compute(
        "hcc_transplant_criteria",
        tumour_sizes_cm=sizes,
        macrovascular_invasion=invasion,
        extrahepatic_spread=spread,
    )


def afp_score(largest=2, number=1, afp=10, unit="ng/mL"):
    return compute("afp_score", largest_cm=largest, nodule_count=number, afp={"value": afp, "unit": unit})


def lirads(aphe, size, features=""):
    """`features`: any of c(apsule), w(ashout) and g(rowth)."""
    given = {"washout": "w" in features, "capsule": "c" in features, "threshold_growth": "g" in features}
    return compute("lirads_2018", nonrim_aphe=aphe, size_mm=size, **given)["category"]


sizes_cm = st.lists(st.decimals(Decimal("0.5"), Decimal(12), places=1), min_size=1, max_size=6)
one_more = st.decimals(Decimal("0.5"), Decimal(12), places=1)
STAGES = ["0", "A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("sizes", "stage"),
    [
        ([2.0], "0"),
        ([2.01], "A"),
        ([12], "A"),
        ([3.0, 3.0, 3.0], "A"),
        ([3.0, 3.1], "B"),
        ([1, 1, 1, 1], "B"),
        ([2.0, 1.0], "A"),
    ],
    ids=str,
)
def test_bclc_by_size_and_number(sizes, stage):
    """Reig 2022: 0 single up to 2 cm; A single of any size, or up to three up to 3 cm; B what is beyond."""
    assert bclc(sizes) == stage


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"ecog": 2}, "C"),
        ({"ecog": 2, "ecog_cancer_related": True}, "C"),
        ({"ecog": 2, "ecog_cancer_related": False}, "0"),
        ({"ecog": 2, "ecog_cancer_related": False, "extrahepatic_spread": True}, "C"),
        ({"ecog": 4, "ecog_cancer_related": False}, "D"),
        ({"liver_function": "end_stage", "macrovascular_invasion": True}, "D"),
    ],
    ids=str,
)
def test_bclc_by_what_goes_before_the_tumour(changes, stage):
    """Reig 2022: D before C before size and number; ECOG 1 or 2 counts when the cancer causes it."""
    assert bclc([1.5], **changes) == stage


@given(sizes_cm, one_more, st.integers(0, 4))
def test_another_nodule_never_lowers_the_bclc_stage(sizes, another, ecog):
    before, after = bclc(sizes, ecog=ecog), bclc([*sizes, another], ecog=ecog)

    assert STAGES.index(after) >= STAGES.index(before)


@pytest.mark.parametrize(
    ("sizes", "within"),
    [
        ([1.9], {"milan", "ucsf", "up_to_seven"}),
        ([2.0], {"milan", "ucsf", "up_to_seven", "optn_t2"}),
        ([5.1], {"ucsf", "up_to_seven", "unos_downstaging_eligible"}),
        ([6.5], {"ucsf", "unos_downstaging_eligible"}),
        ([6.6], {"unos_downstaging_eligible"}),
        ([8.0], {"unos_downstaging_eligible"}),
        ([8.1], set()),
        ([3.0, 1.0], {"milan", "ucsf", "up_to_seven", "optn_t2"}),
        ([3.0, 0.9], {"milan", "ucsf", "up_to_seven"}),
        ([4.5, 3.5], {"ucsf", "up_to_seven", "unos_downstaging_eligible"}),
        ([4.5, 3.6], {"up_to_seven"}),
        ([5.0, 3.0], {"up_to_seven", "unos_downstaging_eligible"}),
        ([5.1, 1.0], set()),
        ([3.0, 3.0, 2.0], {"milan", "ucsf", "up_to_seven", "optn_t2"}),
        ([3.0, 3.0, 3.0, 3.0], {"up_to_seven"}),
        ([2.9, 1.7, 1.7, 1.7], {"up_to_seven", "unos_downstaging_eligible"}),
        ([2.9, 1.8, 1.7, 1.7], {"up_to_seven"}),
        ([3.0, 1.0, 1.0, 1.0], {"up_to_seven"}),
        ([1.6, 1.6, 1.6, 1.6, 1.6], {"up_to_seven", "unos_downstaging_eligible"}),
        ([1.0] * 6, {"up_to_seven"}),
        ([3.0000000000000004, 1.5], {"milan", "ucsf", "up_to_seven", "optn_t2"}),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),
)
def test_transplant_criteria_on_each_cut_off(sizes, within):
    """Mazzaferro 1996 and 2009, Yao 2001; OPTN T2 and down-staging: World J Methodol 2022;12:32."""
    assert {name for name, met in criteria(sizes).items() if met is True} == within


@given(sizes_cm, one_more)
def test_another_nodule_never_brings_a_patient_within_the_older_criteria(sizes, another):
    before, after = criteria(sizes), criteria([*sizes, another])

    assert all(before[name] or not after[name] for name in ("milan", "ucsf", "up_to_seven"))


@given(sizes_cm, st.randoms())
def test_the_order_of_nodules_makes_no_difference(sizes, random):
    shuffled = random.sample(sizes, len(sizes))

    assert criteria(shuffled) == criteria(sizes)
    assert bclc(shuffled) == bclc(sizes)


@given(sizes_cm, st.sampled_from([(True, False), (False, True), (True, True)]))
def test_no_criteria_are_met_with_invasion_or_spread(sizes, found):
    beyond = criteria(sizes, invasion=found[0], spread=found[1])

    assert beyond.pop("up_to_seven_sum") == criteria(sizes)["up_to_seven_sum"]
    assert not any(beyond.values())


@pytest.mark.parametrize(
    ("patient", "score", "risk"),
    [
        ({"largest": 3.1}, 1, "low"),
        ({"largest": 6}, 1, "low"),
        ({"largest": 6.1}, 4, "high"),
        ({"number": 4}, 2, "low"),
        ({"afp": 100.1}, 2, "low"),
        ({"afp": 1000}, 2, "low"),
        ({"afp": 1000.1}, 3, "high"),
        ({"afp": 90, "unit": "IU/mL"}, 2, "low"),
        ({"afp": 82.6, "unit": "kIU/L"}, 0, "low"),
        ({"largest": 7, "number": 4, "afp": 2000}, 9, "high"),
    ],
    ids=str,
)
def test_afp_score_on_each_cut_off(patient, score, risk):
    """Duvoux 2012: 3 and 6 cm, three nodules, 100 and 1000 ng/mL; each still scores the lower points."""
    assert afp_score(**patient) == {"score": score, "risk": risk}


@given(st.decimals(0, 5000, places=1), one_more, st.integers(1, 6))
def test_the_unit_of_afp_makes_no_difference(activity, largest, number):
    in_activity = afp_score(largest, number, activity, "IU/mL")

    assert in_activity == afp_score(largest, number, activity * Decimal("1.21"), "ng/mL")
    assert in_activity["score"] <= afp_score(largest, number, activity + 50, "IU/mL")["score"]


# CT/MRI LI-RADS v2018, diagnostic table: rows are sizes in mm, columns the further major features.
FEATURES = ("", "c", "w", "g", "cw", "cg", "wg", "cwg")
TABLE = {
    (False, 9.9): "33334444",
    (False, 19.9): "33334444",
    (False, 20): "34444444",
    (True, 9.9): "34444444",
    (True, 10): "34555555",
    (True, 19.9): "34555555",
    (True, 20): "45555555",
}


@pytest.mark.parametrize(("aphe", "size"), TABLE)
def test_every_cell_of_the_lirads_table(aphe, size):
    categories = "".join(lirads(aphe, size, features)[-1] for features in FEATURES)

    assert categories == TABLE[aphe, size]


@given(st.booleans(), st.integers(1, 60), st.integers(0, 40), st.sets(st.sampled_from("cwg")))
def test_growth_enhancement_and_features_never_lower_the_category(aphe, size, more, features):
    category = lirads(aphe, size, features)

    assert lirads(aphe, size + more, features) >= category
    assert lirads(True, size, features) >= category
    assert lirads(aphe, size, features | {"w"}) >= category
