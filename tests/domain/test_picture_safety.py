"""Does the picture ever say more than is known: of a missing answer, an older day, a lesion that is gone?"""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.domain.flag_lines import flag_of
from cases.domain.picture import assemble, from_facts, items_of
from cases.domain.picture.seen import LesionSeen, Measured
from cases.domain.score_lines import Settings, lesion_lines, line_of
from tests.domain.picturing import EARLIER, LATER, ON, drawn, lab, seen

HCC, CRC, GIST = {"primary_site": "HCC"}, {"primary_site": "COLORECTAL"}, {"primary_site": "GIST"}
ICCA = {"primary_site": "ICCA"}
SUMMER = date(2026, 8, 1)
NOTHING_OFF = Settings()


# -- lesions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("or_more", "table", "count"), [(True, 2, None), (True, 3, 3), (False, 2, 2)])
def test_two_or_more_is_not_two_although_the_table_has_two(or_more, table, count):
    read = {"lesion_count": 2, "lesion_count_is_minimum": or_more, "studied_on": LATER}
    picture = drawn(diagnosis=CRC, RADIOLOGY=read, lesions=[seen(n, 20) for n in range(1, table + 1)])

    assert picture.raw("liver_met_count") == count
    assert picture.gap("liver_met_count").state == ("bound" if count is None else "")


@pytest.mark.parametrize(
    "lesion",
    [
        seen(2, (60, None, EARLIER), treated=True, treated_on=LATER),
        seen(2, (60, None, EARLIER), viable="UNKNOWN"),
    ],
)
def test_a_size_read_of_all_lesions_is_not_taken_for_one_that_was_treated_or_may_be_dead(lesion):
    read = {"largest_lesion_mm": D(60), "studied_on": EARLIER}
    picture = drawn(diagnosis=CRC, RADIOLOGY=read, lesions=[seen(1, 20), lesion])

    assert picture.missing("largest_cm")
    assert picture.gap("largest_cm").state == "bound"


def test_a_viable_part_of_an_unknown_day_is_not_taken_as_measured_since_the_treatment():
    measured = (Measured(None, D(40), D(30)),)
    picture = drawn(diagnosis=HCC, lesions=[LesionSeen(1, treated=True, treated_on=LATER, measured=measured)])

    assert picture.gap("tumour_sizes_cm").reason == "L1 is not measured since its treatment"


def test_a_viable_nodule_too_small_to_count_for_hcc_is_still_a_lesion():
    """8 mm left of a treated tumour: outside every set of criteria, and yet not nothing."""
    picture = drawn(diagnosis=HCC, lesions=[seen(1, (40, 8), treated=True)])

    assert (picture.raw("lesion_count"), picture.raw("largest_lesion_cm")) == (1, D("0.8"))
    assert picture.missing("nodule_count")
    assert picture.gap("tumour_sizes_cm").reason == "nodules below 1 cm do not count"


def test_the_diagnostic_table_of_lirads_says_nothing_of_a_treated_lesion():
    """LI-RADS v2018: after treatment the categories are those of response (LR-TR)."""
    features = {"nonrim_aphe": "YES", "washout": "YES", "capsule": "NO", "threshold_growth": "NO"}
    looks = (Measured(LATER, D(25), D(10), "", features),)
    lesions = [LesionSeen(3, treated=True, measured=looks), LesionSeen(4, measured=looks)]

    found = lesion_lines(drawn(diagnosis=HCC, lesions=lesions), settings=NOTHING_OFF)
    assert [(one.about, one.value) for one in found] == [("L4", "LR-5")]


# -- response: the same day for targets and for the rest -----------------------------------------------------

TARGET = seen(1, (20, None, LATER), (30, None, SUMMER), is_target=True)
THEN = {"new_lesion": "NO", "non_target": "none", "studied_on": SUMMER}


def test_what_was_said_of_an_earlier_study_is_not_said_of_the_newest_sum():
    before = line_of("recist_1_1", drawn(lesions=[TARGET], RADIOLOGY=THEN), settings=NOTHING_OFF)
    since = line_of(
        "recist_1_1", drawn(lesions=[TARGET], RADIOLOGY=THEN | {"studied_on": LATER}), settings=NOTHING_OFF
    )

    assert (before.value, {one.name for one in before.missing}) == ("", {"new_lesion", "non_target"})
    assert before.missing[0].detail == "said of 1-Aug-2026, the targets were measured on 12-Nov-2026"
    assert since.value == "PR"


def test_a_lesion_seen_first_since_counts_against_an_earlier_no():
    new = seen(2, (8, None, LATER), first_seen_on=LATER)

    assert drawn(lesions=[TARGET, new], RADIOLOGY=THEN).raw("new_lesion") is True


# -- what is missing is never negative -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "answer"),
    [
        ({"PDGFRA": "wild_type", "KIT_EXON": "PENDING"}, None),
        ({"PDGFRA": "wild_type"}, None),
        ({"PDGFRA": "wild_type", "KIT_EXON": "wild_type"}, "wild_type"),
        ({"PDGFRA": "NOT_TESTED", "KIT_EXON": "exon_11"}, "exon_11"),
    ],
)
def test_kit_or_pdgfra_is_wild_type_only_when_both_are(results, answer):
    rows = [{"marker": marker, "result": result} for marker, result in results.items()]

    assert drawn(diagnosis=GIST, PATHOLOGY={"biomarkers": rows}).raw("kit_pdgfra") == answer


@pytest.mark.parametrize(("micro", "invaded"), [("PENDING", None), ("NO", False), ("YES", True), ("", False)])
def test_microvascular_invasion_that_is_pending_is_not_absent(micro, invaded):
    picture = drawn(
        diagnosis=ICCA | {"macrovascular_invasion": "NO"}, PATHOLOGY={"microvascular_invasion": micro}
    )

    assert picture.raw("vascular_invasion") is invaded


@pytest.mark.parametrize(("told", "on", "code"), [("PENDING", LATER, None), ("PENDING", SUMMER, "none")])
def test_staging_that_is_open_since_ends_an_older_none_seen(told, on, code):
    diagnosis = from_facts.of_diagnosis(
        CRC | {"extrahepatic_disease": told}, said_on={"extrahepatic_disease": on}
    )
    read = items_of("RADIOLOGY", {"extrahepatic_seen": "NO", "studied_on": EARLIER}, on=EARLIER)
    picture = assemble([*diagnosis, *read], on=ON)

    assert picture.raw("extrahepatic_disease") == code
    assert picture.gap("extrahepatic_disease").state == ("pending" if code is None else "")


@pytest.mark.parametrize(
    ("values", "told", "state"),
    [
        ([100], None, "unknown"),
        ([100], D(300), "met"),
        ([300, 100], None, "met"),
        ([100, 150], None, "failed"),
        ([12], None, "met"),
    ],
)
def test_one_value_of_cea_does_not_say_how_high_it_was(values, told, state):
    """TransMet: below 80 ug/L, or fallen by half from the highest, which must be known for that."""
    labs = [lab("cea", one, "ug/L", day) for one, day in zip(values, (SUMMER, LATER), strict=False)]
    flag = flag_of(
        "flag_transplant_crlm",
        drawn(diagnosis=CRC, labs=labs, ONCOLOGY={"cea_highest_ug_l": told}),
        settings=NOTHING_OFF,
    )

    assert "cea_below_80_or_halved" in flag.line.result[state]


def test_what_a_formula_takes_as_usual_is_said():
    said = {"activity_gbq": D("1.5"), "lung_shunt_percent": D(8)}
    alone = line_of("y90_lung_dose", drawn(INTERVENTIONAL=said), settings=NOTHING_OFF)
    known = {"previous_lung_dose_gy": D(0), "lung_mass_kg": D(1)}
    whole = line_of("y90_lung_dose", drawn(INTERVENTIONAL=said | known), settings=NOTHING_OFF)

    assert "earlier lung dose not recorded, so not counted; lung mass taken as 1.0 kg" in alone.meaning
    assert "not recorded" not in whole.meaning
    liver = {"flr_volume_ml": D(500), "total_liver_volume_ml": D(1700), "liver_background": "normal"}
    body = {"height_cm": D(175), "weight_kg": D(80), "assessed_on": LATER}
    flr = line_of("flr", drawn(fitness=body, SURGERY=liver), settings=NOTHING_OFF)
    assert "tumour volume not known, so not taken off" in flr.meaning


# -- figures beside their categories -------------------------------------------------------------------------


def test_months_that_are_over_twelve_do_not_read_as_twelve():
    days = {"primary_diagnosed_on": date(2025, 3, 1), "liver_diagnosed_on": date(2026, 3, 2)}
    picture = drawn(diagnosis=CRC | days)

    assert picture.item("disease_free_interval_months").words == "12 months and 1 day"
    assert line_of("metastasis_timing", picture, settings=NOTHING_OFF).value.startswith("late")


def test_a_remnant_just_above_its_threshold_is_not_shown_as_the_threshold():
    """341 of 1704.7 mL are 20.0035 %."""
    body = {"height_cm": D(175), "weight_kg": D(80), "assessed_on": LATER}
    picture = drawn(fitness=body, SURGERY={"flr_volume_ml": D(341), "liver_background": "normal"})

    assert line_of("flr", picture, settings=NOTHING_OFF).value == "20.004\N{NO-BREAK SPACE}%"
    assert picture.item("sflr_percent").words == "20.004 %"


def test_nodes_are_kept_with_the_edition_of_their_stage():
    known = drawn(diagnosis=ICCA, PATHOLOGY={"pn": "N1", "tnm_edition": "8"})

    assert known.item("pn").words == known.item("node_positive").words == "N1 (TNM edition 8)"
    assert drawn(diagnosis=ICCA, PATHOLOGY={"pn": "N1"}).item("pn").words == "N1 (TNM edition not recorded)"


def test_values_of_different_days_are_marked():
    liver = {"cirrhosis": "YES", "ascites": "none", "encephalopathy": "none", "assessed_on": LATER}
    blood = [lab("bilirubin", 20, "umol/L"), lab("albumin", 40, "g/L"), lab("inr", 1, "1")]
    one_day = line_of("child_pugh", drawn(labs=blood, liver=liver), settings=NOTHING_OFF)
    two = line_of(
        "child_pugh", drawn(labs=blood, liver=liver | {"assessed_on": EARLIER}), settings=NOTHING_OFF
    )

    assert (one_day.is_mixed, two.is_mixed, two.on) == (False, True, EARLIER)
