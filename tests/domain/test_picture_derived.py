"""What follows from dates, volumes, markers and what is outside the liver, and what does not?"""

from datetime import date
from decimal import Decimal as D

import pytest

from cases.domain import scores
from tests.domain.picturing import EARLIER, LATER, drawn, lab, seen

CRC = {"primary_site": "COLORECTAL"}
BODY = {"height_cm": D(175), "weight_kg": D(80), "assessed_on": EARLIER, "ecog": 1}


def result(picture, score_id):
    return scores.compute(score_id, picture.inputs_of(scores.get(score_id)))


# -- age and sex ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "years"), [(date(1958, 11, 24), 68), (date(1958, 11, 25), 67), (date(1958, 3, 7), 68)]
)
def test_age_is_in_completed_years_on_the_day_of_the_meeting(born, years):
    picture = drawn(case={"birth_date": born, "stated_age": 40, "sex": "FEMALE"})

    assert (picture.raw("age_years"), picture.raw("sex_for_meld")) == (years, "female")


def test_a_stated_age_counts_where_the_birth_date_is_not_known_and_other_sexes_are_missing():
    picture = drawn(case={"birth_date": None, "stated_age": 61, "sex": "OTHER"})

    assert (picture.raw("age_years"), picture.missing("sex_for_meld")) == (61, True)


# -- time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("primary", "liver", "at_first", "months"),
    [
        (date(2025, 3, 1), date(2026, 3, 1), False, 12),
        (date(2025, 3, 1), date(2025, 3, 1), True, 0),
        (date(2025, 3, 1), date(2025, 1, 9), True, 0),
        (date(2025, 3, 1), None, None, None),
    ],
)
def test_months_from_the_primary_to_the_liver(primary, liver, at_first, months):
    picture = drawn(diagnosis=CRC | {"primary_diagnosed_on": primary, "liver_diagnosed_on": liver})

    assert picture.raw("present_at_initial_staging") is at_first
    assert picture.raw("disease_free_interval_months") == months
    assert picture.raw("months_primary_diagnosis_to_metastasis") == months


def test_time_to_a_transplant_runs_to_the_meeting_and_says_so():
    resected = {"primary_resected_on": date(2025, 5, 24), "primary_diagnosed_on": date(2026, 12, 1)}
    picture = drawn(diagnosis=CRC | resected)
    name = "months_primary_resection_to_transplant"

    assert picture.raw(name) == 18
    assert picture.item(name).words == "18 months, to the meeting on 24-Nov-2026"
    assert picture.missing("months_from_crc_diagnosis")  # the day is still to come
    assert picture.raw("primary_resected") is True


def test_the_age_of_the_images_is_that_of_the_newest_study():
    picture = drawn(RADIOLOGY={"studied_on": date(2026, 10, 13), "modality": "MRI"})

    assert (picture.raw("imaging_age_days"), picture.raw("liver_imaging_date")) == (42, "2026-10-13")
    assert picture.item("liver_imaging_date").words == "MRI, 13-Oct-2026"


# -- outside the liver ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "seen_now", "code", "present"),
    [
        ("NONE", None, "none", False),
        ("RESECTABLE", None, "resectable", True),
        ("PRESENT", None, None, True),
        ("UNKNOWN", None, None, None),
        ("", None, None, None),
        ("NONE", "YES", None, True),  # seen since: whether it can be resected nobody has said
        ("UNRESECTABLE", "NO", "unresectable", True),  # who looks at the liver may not see the lung
        ("", "NO", "none", False),
        ("UNKNOWN", "NOT_ASSESSED", None, None),
    ],
)
def test_disease_outside_the_liver(told, seen_now, code, present):
    radiology = {} if seen_now is None else {"RADIOLOGY": {"extrahepatic_seen": seen_now}}
    picture = drawn(diagnosis=CRC | {"extrahepatic_disease": told}, **radiology)

    assert picture.raw("extrahepatic_disease") == code
    for name in ("extrahepatic_disease_present", "extrahepatic_spread", "distant_metastasis"):
        assert picture.raw(name) is present
    assert picture.inputs_of(scores.get("game")).get("extrahepatic_disease") is present
    assert picture.inputs_of(scores.get("flag_resection")).get("extrahepatic_disease") == code


@pytest.mark.parametrize(
    ("diagnosis", "sites"),
    [
        ({"primary_site": "COLORECTAL", "extrahepatic_disease": "NONE"}, ["liver"]),
        (
            {
                "primary_site": "COLORECTAL",
                "extrahepatic_disease": "RESECTABLE",
                "extrahepatic_sites": ["LUNG"],
            },
            ["liver", "lung"],
        ),
        ({"primary_site": "HCC", "extrahepatic_disease": "NONE"}, []),
        ({"primary_site": "COLORECTAL", "extrahepatic_disease": "UNRESECTABLE"}, None),
        ({"primary_site": "COLORECTAL", "extrahepatic_disease": "UNKNOWN"}, None),
    ],
)
def test_sites_of_metastases_begin_with_the_liver_unless_the_tumour_did(diagnosis, sites):
    assert drawn(diagnosis=diagnosis).raw("metastatic_sites") == sites


def test_melanoma_of_the_eye_has_another_table():
    skin = {"primary_site": "MELANOMA", "melanoma_type": "CUTANEOUS", "extrahepatic_disease": "NONE"}

    assert result(drawn(diagnosis=skin), "tnm_m_category") == {"status": "ok", "m": "M1c"}
    eye = drawn(diagnosis=skin | {"melanoma_type": "UVEAL"})
    assert eye.gap("primary").reason == "uveal melanoma has another table"


def test_one_organ_outside_the_chest_needs_its_lesions_counted():
    lung = {"primary_site": "LUNG", "extrahepatic_disease": "NONE"}

    assert result(drawn(diagnosis=lung, lesions=[seen(1, 20)]), "tnm_m_category")["m"] == "M1b"
    assert result(drawn(diagnosis=lung), "tnm_m_category")["missing"] == ["extrathoracic_lesion_count"]


@pytest.mark.parametrize(
    ("told", "vessels", "invaded"),
    [
        ("NO", ["PORTAL"], True),
        ("YES", ["NONE"], False),
        ("NO", [], False),
        ("UNKNOWN", ["NONE"], False),
        ("UNKNOWN", [], None),
    ],
)
def test_the_radiologist_s_newer_look_at_the_vessels_counts(told, vessels, invaded):
    hcc = {"primary_site": "HCC", "macrovascular_invasion": told}

    assert (
        drawn(diagnosis=hcc, RADIOLOGY={"vascular_invasion": vessels}).raw("macrovascular_invasion")
        is invaded
    )


# -- liver ------------------------------------------------------------------------------------------------

PANEL = [lab("bilirubin", 20, "umol/L"), lab("albumin", 36, "g/L", EARLIER), lab("inr", "1.2", "1")]
ANSWERED = {"ascites": "mild_or_controlled", "encephalopathy": "none", "assessed_on": LATER}


def test_the_child_pugh_class_of_a_cirrhosis_is_as_old_as_its_oldest_input():
    """Pugh 1973: bilirubin 1, albumin 1, INR 1, ascites 2, encephalopathy 1."""
    picture = drawn(labs=PANEL, liver=ANSWERED | {"cirrhosis": "YES"})

    assert picture.item("child_pugh_class").words == "A (6 points)"
    assert picture.item("child_pugh_class").on == EARLIER
    assert picture.raw("ascites_uncontrolled") is False


def test_without_cirrhosis_child_pugh_does_not_apply_and_unasked_it_is_missing():
    assert drawn(liver=ANSWERED | {"cirrhosis": "NO"}).raw("child_pugh_class") == "not_applicable"
    unasked = drawn(labs=PANEL, liver=ANSWERED | {"cirrhosis": "NOT_ASSESSED"}).gap("child_pugh_class")
    assert (unasked.state, unasked.place) == ("not_assessed", "liver")
    no_labs = drawn(liver=ANSWERED | {"cirrhosis": "YES"}).gap("child_pugh_class")
    assert (no_labs.reason, no_labs.place) == ("without bilirubin, albumin, INR", "labs")


def test_portal_vein_thrombosis_is_not_invasion_but_is_told_with_the_question():
    picture = drawn(diagnosis={"primary_site": "HCC"}, liver={"portal_vein_thrombosis": "YES"})

    assert picture.missing("macrovascular_invasion")
    assert "thrombosis is recorded" in picture.gap("macrovascular_invasion").words


# -- remnant ----------------------------------------------------------------------------------------------


def test_the_remnant_in_per_cent_of_the_standard_liver():
    """Vauthey 2002: 175 cm and 80 kg give 1704.7 mL; 500 mL are 29.3 %, 320 mL are 18.8 %."""
    volumes = {
        "flr_volume_ml": D(500),
        "volumetry_on": LATER,
        "flr_before_ml": D(320),
        "flr_before_on": date(2026, 10, 15),
        "liver_background": "normal",
    }
    picture = drawn(fitness=BODY, SURGERY=volumes)

    assert picture.item("sflr_percent").words == "29.3 %"
    assert picture.item("sflr_percent").on == EARLIER  # the day of height and weight
    assert float(picture.raw("sflr_before_percent")) == pytest.approx(18.772, abs=0.001)
    assert (picture.raw("days_between"), picture.raw("flr_adequate")) == (28, True)
    background_unknown = drawn(fitness=BODY, SURGERY=volumes | {"liver_background": "NOT_ASSESSED"})
    assert background_unknown.raw("sflr_percent") == picture.raw("sflr_percent")
    assert background_unknown.gap("flr_adequate").state == "not_assessed"


def test_what_is_typed_changes_what_follows_from_it():
    signed = drawn(
        fitness=BODY, SURGERY={"flr_volume_ml": D(500), "resectable": "YES", "liver_background": "normal"}
    )
    typed = signed.with_input("SURGERY", {"flr_volume_ml": D(320), "liver_background": "normal"}, by="you")

    assert (signed.raw("flr_adequate"), typed.raw("flr_adequate")) == (True, False)
    assert typed.item("flr_volume").by == "you"
    assert typed.missing("resectable")  # the answer was taken out
    assert typed.raw("ecog") == 1


def test_segments_to_be_resected_are_whole():
    assert drawn(SURGERY={"segments_to_resect": ["4b", "5", "4a"]}).raw("segments") == [4, 5]


@pytest.mark.parametrize(("drugs", "local", "shrinkage"), [(10, None, 0), (9, None, None), (30, -5, -5)])
def test_a_local_response_left_open_is_only_missing_where_it_could_decide(drugs, local, shrinkage):
    """SECA-II (Dueland 2020): 10 % by chemotherapy, or 20 % after liver-directed treatment."""
    said = {"response_percent": drugs, "locoregional_response_percent": local}

    assert drawn(ONCOLOGY=said).raw("locoregional_response_percent") == shrinkage
