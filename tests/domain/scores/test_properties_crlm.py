"""What holds for every patient with colorectal liver metastases, and what happens on each cut-off?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import scores, timing
from cases.vocabulary import PrimarySite

FAVOURABLE = {
    "primary_node_positive": False,
    "disease_free_interval_months": 12,
    "liver_met_count": 1,
    "cea": {"value": 5, "unit": "ug/L"},
    "largest_cm": 2,
    "kras_mutated": False,
    "ras_mutated": False,
    "extrahepatic_disease": False,
    "r0_possible": True,
    "flr_adequate": True,
    "unresectable_extrahepatic_disease": False,
    "needs_complex_procedure": False,
    "extrahepatic_disease_concern": False,
    "progression_on_treatment": False,
    "months_primary_resection_to_transplant": 24,
    "progressive_disease_on_chemo": False,
    "age_years": 65,
    "ecog": 1,
    "primary_resected_r0": True,
    "braf": "wild_type",
    "unresectable_by_expert_panel": True,
    "months_disease_control_on_chemo": 3,
    "chemo_lines": 3,
    "cea_highest": {"value": 5, "unit": "ug/L"},
    "chemo_response_percent": 10,
    "locoregional_response_percent": 0,
    "months_from_crc_diagnosis": 12,
    "weeks_of_chemo": 6,
}


def compute(score, **changes):
    patient = FAVOURABLE | changes
    result = scores.compute(score, {one.name: patient.get(one.name) for one in scores.get(score).inputs})
    assert result.pop("status") == "ok", result
    return result


def cea(value, unit="ug/L"):
    return {"value": value, "unit": unit}


days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(days, st.integers(-60, 900))
def test_the_timing_is_the_same_from_dates_and_from_months(primary, later):
    liver = primary + timedelta(days=later)
    by_dates = timing.metastasis_timing(
        primary_site=PrimarySite.COLORECTAL, primary_diagnosed_on=primary, liver_diagnosed_on=liver
    )
    by_months = compute(
        "metastasis_timing",
        present_at_initial_staging=liver <= primary,
        months_primary_diagnosis_to_metastasis=max(timing.months_between(primary, liver), 0),
    )

    assert by_months == {"timing": by_dates.lower()}


@given(st.lists(days, min_size=3, max_size=3))
def test_months_grow_with_the_days_and_are_whole_on_the_same_day(three):
    start, middle, end = sorted(three)

    assert 0 <= timing.months_between(start, middle) <= timing.months_between(start, end)
    assert timing.months_between(start.replace(day=1), middle.replace(day=1)) % 1 == 0


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 1, 10), date(2026, 1, 9), 11 + Decimal(30) / 31),
        (date(2025, 12, 1), date(2025, 12, 1), 0),
    ],
)
def test_months_are_those_of_the_calendar(start, end, months):
    assert timing.months_between(start, end) == months


@pytest.mark.parametrize(("months", "answer"), [(12, "early_metachronous"), (12.1, "late_metachronous")])
def test_twelve_months_are_still_early(months, answer):
    """Siriwardena 2023: early metachronous up to and including 12 months."""
    given = {"present_at_initial_staging": False, "months_primary_diagnosis_to_metastasis": months}

    assert compute("metastasis_timing", **given) == {"timing": answer}


@pytest.mark.parametrize(
    ("score", "changes", "points"),
    [  # Fong 1999: below 12 months, more than one, CEA above 200, more than 5 cm
        ("fong_crs", {"disease_free_interval_months": 11.99}, 1),
        ("fong_crs", {"liver_met_count": 2}, 1),
        ("fong_crs", {"cea": cea(200.1)}, 1),
        ("fong_crs", {"largest_cm": 5.1}, 1),
        ("fong_crs", {"largest_cm": 5.000000000000001}, 0),
        # Margonis 2018: CEA from 20, Tumour Burden Score from 3 and from 9
        ("game", {"cea": cea(19.9)}, 0),
        ("game", {"cea": cea(20, "ng/mL")}, 1),
        ("game", {"liver_met_count": 2, "largest_cm": 2.23}, 0),
        ("game", {"liver_met_count": 2, "largest_cm": 2.24}, 1),
        ("game", {"largest_cm": 8.9}, 1),
        ("game", {"largest_cm": 8.95}, 2),
        ("mcs_ras", {"largest_cm": 5.1}, 1),  # Brudvik 2019: more than 50 mm
        # Hagness 2013: above 5.5 cm, CEA above 80, below 24 months
        ("oslo_score", {"largest_cm": 5.6}, 1),
        ("oslo_score", {"cea": cea(80.1)}, 1),
        ("oslo_score", {"months_primary_resection_to_transplant": 23.9}, 1),
        ("oslo_score", {"progressive_disease_on_chemo": True}, 1),
    ],
    ids=str,
)
def test_points_on_each_cut_off(score, changes, points):
    assert compute(score, **changes)["score"] == points


def test_the_groups_begin_where_they_were_published():
    """Fong 1999: high from 3; Margonis 2018: medium from 2, high from 4."""
    nodes_and_more = {"primary_node_positive": True, "liver_met_count": 2}
    assert compute("fong_crs", **nodes_and_more)["group"] == "low"
    assert compute("fong_crs", **nodes_and_more, cea=cea(300))["group"] == "high"

    points = {"kras_mutated": True, "primary_node_positive": True, "cea": cea(20), "largest_cm": 3}
    groups = [compute("game", **dict(list(points.items())[:n]))["group"] for n in range(5)]
    assert groups == ["low", "low", "medium", "medium", "high"]


worse = st.fixed_dictionaries(
    {},
    optional={
        "primary_node_positive": st.just(True),
        "disease_free_interval_months": st.integers(0, 11),
        "liver_met_count": st.integers(2, 20),
        "cea": st.builds(cea, st.integers(6, 500), st.sampled_from(["ug/L", "ng/mL"])),
        "largest_cm": st.decimals(2, 15, places=1),
        "kras_mutated": st.just(True),
        "ras_mutated": st.just(True),
        "extrahepatic_disease": st.just(True),
        "months_primary_resection_to_transplant": st.integers(0, 23),
        "progressive_disease_on_chemo": st.just(True),
    },
)
HIGHEST = {"fong_crs": 5, "game": 7, "mcs_ras": 3, "oslo_score": 4}


@given(st.sampled_from(sorted(HIGHEST)), worse, worse)
def test_what_is_worse_never_lowers_a_score(score, changes, further):
    before, after = compute(score, **changes), compute(score, **further | changes)

    assert 0 <= before["score"] <= after["score"] <= HIGHEST[score]


@given(st.sampled_from(["fong_crs", "game", "oslo_score"]), st.decimals(0, 400, places=1))
def test_the_unit_of_cea_makes_no_difference(score, value):
    assert compute(score, cea=cea(value, "ug/L")) == compute(score, cea=cea(value, "ng/mL"))


@given(st.decimals(Decimal("0.1"), 40, places=1), st.integers(1, 500))
def test_the_tumour_burden_lies_between_its_larger_side_and_the_sum(largest, number):
    burden = compute("tbs", largest_cm=largest, liver_met_count=number)

    assert max(largest, number) <= burden["score"] <= largest + number
    assert burden["zone"] == 1 + (burden["score"] >= 3) + (burden["score"] >= 9)
    assert compute("game", largest_cm=largest, liver_met_count=number)["tbs"] == burden["score"]


@pytest.mark.parametrize(("largest", "number", "burden", "zone"), [(5**0.5, 2, 3.0, 2), (80**0.5, 1, 9.0, 3)])
def test_a_burden_of_exactly_three_or_nine_is_the_higher_zone(largest, number, burden, zone):
    """Sasaki 2018: zone 2 from 3, zone 3 from 9; the dust of a written root does not move it below."""
    tumours = {"largest_cm": largest, "liver_met_count": number}

    assert compute("tbs", **tumours) == {"score": burden, "zone": zone}
    assert compute("game", **tumours)["score"] == zone - 1


@pytest.mark.parametrize(
    ("changes", "technical", "oncological"),
    [
        ({"flr_adequate": False, "needs_complex_procedure": True}, "A1", []),
        ({"unresectable_extrahepatic_disease": True}, "A1", []),
        ({"liver_met_count": 4}, "none", []),
        ({"liver_met_count": 5}, "none", ["B2"]),
        (
            {"liver_met_count": 9, "extrahepatic_disease_concern": True, "progression_on_treatment": True},
            "none",
            ["B1", "B2", "B3"],
        ),
    ],
    ids=str,
)
def test_esmo_categories(changes, technical, oncological):
    """Adam 2012: an absolute contraindication outweighs a relative one; five lesions or more are B2."""
    answer = compute("crlm_resectability_esmo", **changes)

    assert answer == {"technical": technical, "oncological": oncological}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"age_years": 18},
        {"chemo_lines": 1},
        {"cea": cea(79.9), "cea_highest": cea(79.9)},
        {"cea": cea(80), "cea_highest": cea(160, "ng/mL")},
    ],
    ids=str,
)
def test_transmet_includes_its_limits(changes):
    """Adam 2024: 18 to 65 years, up to three lines, CEA below 80 or at most half of the highest."""
    assert compute("transmet", **changes) == {"met": True, "failed": []}


BEYOND_TRANSMET = {
    "age_18_65": ({"age_years": 17}, {"age_years": 66}),
    "ecog_0_1": ({"ecog": 2},),
    "primary_resected_r0": ({"primary_resected_r0": False},),
    "braf_not_mutated": ({"braf": "mutated"},),
    "no_extrahepatic_disease": ({"extrahepatic_disease": True},),
    "definitively_unresectable": ({"unresectable_by_expert_panel": False},),
    "disease_control_3_months": ({"months_disease_control_on_chemo": 2.9},),
    "at_most_3_lines": ({"chemo_lines": 4}, {"chemo_lines": 0}),
    "cea_ok": (
        {"cea": cea(80), "cea_highest": cea(80)},
        {"cea": cea(80), "cea_highest": cea(159.9)},
    ),
}
BEYOND_SECA2 = {
    "ecog_0_1": ({"ecog": 2},),
    "primary_resected_r0": ({"primary_resected_r0": False},),
    "no_extrahepatic_disease": ({"extrahepatic_disease": True},),
    "response": (
        {"chemo_response_percent": 9.9, "locoregional_response_percent": 19.9},
        {"chemo_response_percent": -30, "locoregional_response_percent": -20},
    ),
    "at_least_12_months": ({"months_from_crc_diagnosis": 11.9},),
    "at_least_6_weeks_chemo": ({"weeks_of_chemo": 5.9},),
}


@pytest.mark.parametrize(
    ("score", "beyond"), [("transmet", BEYOND_TRANSMET), ("seca2", BEYOND_SECA2)], ids=["transmet", "seca2"]
)
@given(data=st.data())
def test_what_is_not_met_is_named_in_a_fixed_order(score, beyond, data):
    broken = data.draw(st.sets(st.sampled_from(list(beyond)), min_size=1))
    changes = {}
    for one in beyond:
        if one in broken:
            changes |= data.draw(st.sampled_from(beyond[one]))

    assert compute(score, **changes) == {"met": False, "failed": [one for one in beyond if one in broken]}


def test_a_highest_cea_below_the_present_one_is_refused():
    patient = FAVOURABLE | {"cea": cea(50), "cea_highest": cea(49.9, "ng/mL")}

    assert scores.compute("transmet", patient) == {"status": "invalid", "field": "cea_highest"}


@pytest.mark.parametrize(
    ("chemo", "locoregional"), [(10, -40), (-20, 20)], ids=["to chemotherapy", "to TACE or Y-90"]
)
def test_either_response_is_enough_for_seca2(chemo, locoregional):
    """Dueland 2020: 10 % to chemotherapy, or 20 % after TACE or Y-90."""
    given = {"chemo_response_percent": chemo, "locoregional_response_percent": locoregional}

    assert compute("seca2", **given) == {"met": True, "failed": []}


@pytest.mark.parametrize(
    ("volume", "group"), [(0.1, "low"), (69.9, "low"), (70, "at_cut_off"), (70.1, "high")]
)
def test_metabolic_tumour_volume_around_its_cut_off(volume, group):
    """Grut 2022: low below 70 cm³, high above; 70 itself is left open."""
    for unit in ("mL", "cm3"):
        assert compute("crlm_mtv", liver_mtv={"value": volume, "unit": unit}) == {"group": group}
