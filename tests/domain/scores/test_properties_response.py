"""Response, resection names, M category, complications and lung dose: cut-offs, and what always holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores
from cases.domain.scores.stage import SITES

sums = st.decimals(min_value=Decimal("0.1"), max_value=500, places=1)
EXTRATHORACIC = set(SITES) - {"lung", "pleura"}


def recist(baseline, nadir, current, **more):
    values = {"baseline_sum_mm": baseline, "nadir_sum_mm": nadir, "current_sum_mm": current}
    return scores.compute("recist_1_1", values | {"non_target": "none", "new_lesion": False} | more)


def mrecist(baseline, nadir, current, enhancement=None):
    values = {
        "baseline_viable_sum_mm": baseline,
        "nadir_viable_sum_mm": nadir,
        "current_viable_sum_mm": current,
        "any_arterial_enhancement_in_targets": current > 0 if enhancement is None else enhancement,
    }
    return scores.compute("mrecist_target", values)


@pytest.mark.parametrize(
    ("baseline", "nadir", "current", "more", "target", "overall"),
    [
        (100, 100, 119.9, {}, "SD", "SD"),
        (100, 25, 30, {}, "PD", "PD"),  # +20 % and 5 mm, both exactly
        (100, 24, 28.9, {}, "PR", "PR"),  # +20.4 %, but 4.9 mm
        (59, 29.5, 35.4, {}, "PD", "PD"),  # exactly 20 %, which binary fractions miss
        (100, 50, 70.1, {"non_target": "PD"}, "PD", "PD"),
        (100, 0, 3, {}, "PD", "PD"),  # gone and back
        (100, 20, 16, {"remaining_sum_is_normal_nodes": True}, "CR", "CR"),
        (100, 10, 0, {"non_target": "non_cr_non_pd"}, "CR", "PR"),
        (100, 10, 0, {"non_target": "not_evaluated"}, "CR", "PR"),
        (100, 10, 0, {"new_lesion": True}, "CR", "PD"),
        (100, 100, 100, {"non_target": "PD"}, "SD", "PD"),
        (100, 80, 70, {"non_target": "CR"}, "PR", "PR"),
    ],
)
def test_recist_on_its_cut_offs(baseline, nadir, current, more, target, overall):
    """Eisenhauer 2009, sections 4.3.1 and 4.4."""
    result = recist(baseline, nadir, current, **more)

    assert (result["target"], result["overall"]) == (target, overall)


def test_sums_that_contradict_each_other_are_refused():
    assert recist(0, 0, 10) == {"status": "invalid", "field": "baseline_sum_mm"}
    assert recist(50, 50.1, 10) == {"status": "invalid", "field": "nadir_sum_mm"}
    assert mrecist(50, 50.1, 10) == {"status": "invalid", "field": "nadir_viable_sum_mm"}
    for current, enhancement in ((0, True), (1, False)):
        answer = mrecist(50, 50, current, enhancement)
        assert answer == {"status": "invalid", "field": "current_viable_sum_mm"}


@pytest.mark.parametrize(
    ("nadir", "current", "target"),
    [(10, 12, "PD"), (10, 11.9, "PR"), (50, 35, "PR"), (50, 35.1, "SD"), (0, 1, "PD")],
)
def test_mrecist_on_its_cut_offs(nadir, current, target):
    """Lencioni and Llovet 2010: the percentages alone, without 5 mm."""
    assert mrecist(50, nadir, current) == {"status": "ok", "target": target}


@given(sums, sums, sums)
def test_progression_in_recist_is_progression_in_mrecist(one, other, current):
    baseline, nadir = max(one, other), min(one, other)

    if recist(baseline, nadir, current)["target"] == "PD":
        assert mrecist(baseline, nadir, current)["target"] == "PD"


@given(sums, sums, st.data())
def test_a_response_is_never_above_the_nadir_by_a_fifth_and_five_millimetres(one, other, data):
    baseline, nadir = max(one, other), min(one, other)
    current = data.draw(sums)
    result = recist(baseline, nadir, current)

    if result["target"] == "PR":
        assert result["change_from_baseline_percent"] <= -30
        assert current - nadir < 5 or result["change_from_nadir_percent"] < 20


@pytest.mark.parametrize(
    ("segments", "name", "major"),
    [
        ([8, 2, 5, 4, 3], "left trisectionectomy", True),
        ([4], "left medial sectionectomy", False),
        ([8, 5], "right anterior sectionectomy", False),
        ([7, 6], "right posterior sectionectomy", False),
        ([7, 2], "bisegmentectomy 2,7", False),
        ([6, 2, 5], "multiple segmentectomy 2,5,6", True),
        ([1], "caudate (segment 1) resection", False),
        ([3, 1, 2], "left lateral sectionectomy with caudate (segment 1)", True),
        ([1, 8], "segmentectomy 8 with caudate (segment 1)", False),
        ([1, 4, 5, 6, 7, 8], "right trisectionectomy with caudate (segment 1)", True),
    ],
    ids=str,
)
def test_names_of_resections(segments, name, major):
    """HPB 2000;2:333-339."""
    assert scores.compute("brisbane_2000", {"segments": segments}) == {
        "status": "ok",
        "name": name,
        "major": major,
    }


@given(st.permutations(range(1, 9)), st.integers(1, 8))
def test_the_order_of_the_segments_makes_no_difference(order, count):
    segments = order[:count]

    result = scores.compute("brisbane_2000", {"segments": segments})

    assert result == scores.compute("brisbane_2000", {"segments": sorted(segments)})
    assert ("segment 1" in result["name"]) is (1 in segments)


@pytest.mark.parametrize("segments", [[], [0], [2, 2], ["2"], [2.5], "23", [True]], ids=str)
def test_segments_that_cannot_be(segments):
    assert scores.compute("brisbane_2000", {"segments": segments})["status"] == "invalid"


@pytest.mark.parametrize(
    ("primary", "sites", "m"),
    [
        ("colorectal", [], "M0"),
        ("colorectal", ["peritoneum"], "M1c"),
        ("net_gep", ["bone", "lung"], "M1b"),
        ("net_gep", ["bone", "liver"], "M1c"),
        ("prostate", ["nonregional_nodes"], "M1a"),
        ("prostate", ["nonregional_nodes", "bone"], "M1b"),
        ("melanoma_cutaneous", ["nonregional_nodes", "skin_soft_tissue"], "M1a"),
        ("melanoma_cutaneous", ["lung", "skin_soft_tissue"], "M1b"),
        ("melanoma_cutaneous", ["lung", "bone"], "M1c"),
        ("melanoma_cutaneous", ["brain", "liver"], "M1d"),
        ("lung", ["lung", "pleura"], "M1a"),
        ("lung", ["liver", "bone"], "M1c"),
        ("bladder", ["nonregional_nodes"], "M1a"),
        ("bladder", ["nonregional_nodes", "liver"], "M1b"),
        ("pancreatic", ["liver", "peritoneum"], "M1"),
    ],
)
def test_m_category(primary, sites, m):
    """AJCC and UICC, 8th editions."""
    given_sites = {"primary": primary, "metastatic_sites": sites}

    assert scores.compute("tnm_m_category", given_sites) == {"status": "ok", "m": m}


@given(st.sampled_from(sorted(EXTRATHORACIC)), st.lists(st.sampled_from(["lung", "pleura"]), unique=True))
def test_one_organ_outside_the_chest_needs_the_number_of_lesions(organ, inside):
    given_sites = {"primary": "lung", "metastatic_sites": [*inside, organ]}
    missing = {"status": "incomplete", "missing": ["extrathoracic_lesion_count"]}

    assert scores.compute("tnm_m_category", given_sites) == missing
    for lesions, m in ((1, "M1b"), (2, "M1c")):
        counted = given_sites | {"extrathoracic_lesion_count": lesions}
        assert scores.compute("tnm_m_category", counted)["m"] == m


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({"death": True, "disability_at_discharge": True}, "V"),
        ({"icu_life_threatening": True, "organ_dysfunction_count": 2}, "IVb"),
        ({"icu_life_threatening": True, "disability_at_discharge": True}, "IVad"),
        ({"intervention": "general_anaesthesia"}, "IIIb"),
        ({"disability_at_discharge": True}, "Id"),
        ({"any_deviation": False, "disability_at_discharge": True}, "none"),
    ],
    ids=str,
)
def test_clavien_dindo(change, grade):
    """Dindo 2004, table 1: the suffix d is for grades I to IV."""
    course = {
        "death": False,
        "icu_life_threatening": False,
        "organ_dysfunction_count": 0,
        "intervention": "none",
        "drug_beyond_grade1_or_transfusion_or_tpn": False,
        "any_deviation": True,
    }

    assert scores.compute("clavien_dindo", course | change) == {"status": "ok", "grade": grade}


@pytest.mark.parametrize(
    ("shunt", "reduction"),
    [
        (10, "none"),
        (10.1, "reduce_20_percent"),
        (15, "reduce_20_percent"),
        (15.1, "reduce_40_percent"),
        (20, "reduce_40_percent"),
        (20.1, "do_not_treat"),
    ],
)
def test_empirical_reduction_for_resin(shunt, reduction):
    given_shunt = {"activity_gbq": 1, "lung_shunt_fraction_percent": shunt}

    assert scores.compute("y90_lung_dose", given_shunt)["resin_empirical_reduction"] == reduction


def test_a_lung_dose_on_the_limit_is_still_allowed():
    """49.67 Gy kg/GBq: 1 GBq that all stays in 4.967 kg is 10 Gy, three times as much 30 Gy."""
    on_the_limit = {"activity_gbq": 3, "lung_shunt_fraction_percent": 100, "lung_mass_kg": 4.967}
    cumulative = on_the_limit | {"previous_lung_dose_gy": 20}

    assert scores.compute("y90_lung_dose", on_the_limit)["lung_dose_gy"] == 30
    assert scores.compute("y90_lung_dose", on_the_limit)["exceeds_30_single"] is False
    assert scores.compute("y90_lung_dose", cumulative)["exceeds_50_cumulative"] is False
    over = cumulative | {"previous_lung_dose_gy": 20.001}
    assert scores.compute("y90_lung_dose", over)["exceeds_50_cumulative"] is True


@given(st.integers(1, 50), st.integers(0, 100), st.integers(0, 50))
def test_the_lung_dose_rises_with_activity_and_shunt(activity, shunt, more):
    doses = [
        scores.compute("y90_lung_dose", {"activity_gbq": gbq, "lung_shunt_fraction_percent": percent})
        for gbq, percent in (
            (activity, shunt),
            (min(activity + more, 50), shunt),
            (activity, min(shunt + more, 100)),
        )
    ]

    assert doses[0]["lung_dose_gy"] <= min(doses[1]["lung_dose_gy"], doses[2]["lung_dose_gy"])
