"""Are surgeon, hepatologist, radiation oncologist and nurse asked what this disease needs, and no more?"""

import pytest

from cases.models.specialist_input import DETAILS
from cases.vocabulary import PrimarySite, Specialty
from tests.forms.test_specialist_input import COMPLETE, OPINION, forms

FOUR = [Specialty.SURGERY, Specialty.TRANSPLANT, Specialty.RADIATION, Specialty.NURSING]
SITES = ["", *PrimarySite]


def case(site="", **more):
    return {"primary_site": site, "cirrhosis": "", "aetiologies": [], "lesions": []} | more


def asked(specialty, site="", **more):
    return forms(specialty, {}, case=case(site, **more)).details


def wrong(specialty, said, site="", **more):
    """The fields at which a signature is refused."""
    part = forms(specialty, COMPLETE[specialty] | OPINION | said, case=case(site, **more))
    part.check_for_signature()
    return {problem.anchor.removeprefix("id_") for problem in part.problems}


@pytest.mark.parametrize("specialty", FOUR)
def test_every_column_is_asked_for_some_disease(specialty):
    columns = {f.name for f in DETAILS[specialty]._meta.concrete_fields if not f.primary_key}

    assert set().union(*(asked(specialty, site).fields for site in SITES)) == columns


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("specialty", FOUR)
def test_each_question_stands_in_one_card(specialty, site):
    form = asked(specialty, site)

    assert sorted(name for card in form.questions for name, _ in card.asked) == sorted(form.fields)


@pytest.mark.parametrize(
    ("specialty", "name", "sites"),
    [
        (
            "SURGERY",
            "synchronous_strategy",
            {
                *("BLADDER", "BREAST", "NET_GEP", "CERVICAL", "COLORECTAL", "OESOPHAGEAL", "GIST", "KIDNEY"),
                *("LUNG", "MELANOMA", "PANCREATIC", "PROSTATE", "OTHER"),
            },
        ),
        ("TRANSPLANT", "unresectable_by_panel", {"COLORECTAL"}),
        ("TRANSPLANT", "primary_portal_drained", {"NET_GEP"}),
        ("TRANSPLANT", "primary_removed_before_transplant", {"NET_GEP"}),
        ("TRANSPLANT", "neoadjuvant_protocol_available", {"PCCA"}),
        ("TRANSPLANT", "psc", {"PCCA"}),
    ],
)
def test_a_question_of_one_disease_is_not_in_the_form_of_another(specialty, name, sites):
    assert {site for site in SITES if name in asked(specialty, site).fields} == sites


def test_a_recorded_cause_of_the_liver_disease_is_not_asked_again():
    assert "psc" not in asked("TRANSPLANT", "PCCA", aetiologies=["PSC"]).fields


def test_lesions_are_chosen_among_those_of_the_case_and_those_chosen_before():
    known = [(1, "L1, segment 6"), (3, "L3")]
    part = forms("RADIATION", {"lesion_numbers": ["3", "1"]}, case=case(lesions=known))
    amended = forms("RADIATION", {}, case=case(lesions=known), details={"lesion_numbers": [2]}).details

    assert part.check()
    assert part.typed_details["lesion_numbers"] == [3, 1]
    assert list(amended.fields["lesion_numbers"].choices) == [(1, "L1, segment 6"), (2, "L2"), (3, "L3")]
    assert wrong("RADIATION", {"lesion_numbers": ["4"]}, lesions=known) == {"lesion_numbers_0"}


BEFORE_AND_AFTER = {"hypertrophy": "PVE", "flr_before_ml": "300", "flr_volume_ml": "450"}


@pytest.mark.parametrize(
    ("specialty", "said", "where"),
    [
        ("SURGERY", {"asa_emergency": "on"}, "asa"),
        ("SURGERY", {"r0_possible": "NO", "needs_complex_procedure": "YES"}, "needs_complex_procedure_0"),
        ("SURGERY", {"resectable": "NO", "segments_to_resect": ["6"]}, "segments_to_resect_0"),
        ("SURGERY", {"flr_before_ml": "1500", "total_liver_volume_ml": "1500"}, "flr_before_ml"),
        ("SURGERY", {"hypertrophy": "NONE", "hypertrophy_on": "2026-10-01"}, "hypertrophy"),
        ("SURGERY", {"flr_before_on": "2026-10-02", "hypertrophy_on": "2026-10-01"}, "flr_before_on"),
        (
            "SURGERY",
            BEFORE_AND_AFTER | {"hypertrophy_on": "2026-10-01", "volumetry_on": "2026-09-30"},
            "volumetry_on",
        ),
        (
            "SURGERY",
            BEFORE_AND_AFTER | {"flr_before_on": "2026-10-01", "volumetry_on": "2026-10-01"},
            "volumetry_on",
        ),
        ("SURGERY", {"cpet_at": "61"}, "cpet_at"),
        ("TRANSPLANT", {"contraindications": ["INFECTION"]}, "absolute_contraindication_0"),
        (
            "TRANSPLANT",
            {"absolute_contraindication": "YES", "contraindications": ["OTHER"]},
            "contraindication_note",
        ),
        ("TRANSPLANT", {"indication": "NONE", "listing": "LISTED"}, "indication"),
        ("TRANSPLANT", {"varices_grade": "5"}, "varices_grade"),
        ("TRANSPLANT", {"liver-varices": "NO", "varices_grade": "2"}, "varices_grade"),
        ("TRANSPLANT", {"liver-portal_hypertension": "NO", "hvpg_mmhg": "10"}, "hvpg_mmhg"),
        ("TRANSPLANT", {"liver-aetiologies": ["HBV"], "hbv_dna": "NOT_INFECTED"}, "hbv_dna_0"),
        (
            "RADIATION",
            {"constraints_met": ["LIVER"], "constraints_exceeded": ["LIVER"]},
            "constraints_exceeded_0",
        ),
        ("RADIATION", {"dose_gy": "45"}, "fractions"),
        ("RADIATION", {"fractions": "3"}, "dose_gy"),
        ("NURSING", {"esas_pain": "11"}, "esas_pain"),
        ("NURSING", {"esas_anxiety": "-1"}, "esas_anxiety"),
        ("NURSING", {"distress": "7.5"}, "distress"),
        ("NURSING", {"qol_score": "60"}, "qol_instrument"),
        ("NURSING", {"nutrition_score": "2"}, "nutrition_tool_0"),
        ("NURSING", {"nutrition_tool": "MUST", "nutrition_score": "7"}, "nutrition_score"),
        ("NURSING", {"frailty": "0"}, "frailty"),
        ("NURSING", {"decision_capacity": "NO"}, "proxy"),
        (
            "NURSING",
            {"preferences": ["CURE_AT_RISK_ACCEPTABLE", "NO_ACTIVE_TREATMENT"]},
            "preferences_0",
        ),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(specialty, said, where):
    assert wrong(specialty, said) == {where}


def test_lesions_to_treat_are_not_for_whom_it_does_not_suit():
    said = {"sbrt_suitable": "NO", "lesion_numbers": ["1"]}

    assert wrong("RADIATION", said, lesions=[(1, "L1")]) == {"sbrt_suitable_0"}


@pytest.mark.parametrize(
    ("specialty", "said"),
    [
        ("SURGERY", {"r0_possible": "YES", "needs_complex_procedure": "YES", "segments_to_resect": ["6"]}),
        (
            "SURGERY",
            BEFORE_AND_AFTER
            | {"flr_before_on": "2026-09-01", "hypertrophy_on": "2026-09-05", "volumetry_on": "2026-10-01"},
        ),
        ("TRANSPLANT", {"absolute_contraindication": "YES", "contraindications": ["INFECTION"]}),
        ("TRANSPLANT", {"liver-varices": "NO", "varices_grade": "0"}),
        ("TRANSPLANT", {"liver-portal_hypertension": "NO", "hvpg_mmhg": "9.9"}),
        ("TRANSPLANT", {"liver-aetiologies": ["HCV"], "hcv_rna": "UNDETECTABLE"}),
        ("RADIATION", {"sbrt_suitable": "YES", "planned_start_on": "2126-01-01"}),
        (
            "NURSING",
            {"esas_pain": "0", "esas_wellbeing": "10", "nutrition_tool": "NRS_2002", "nutrition_score": "7"},
        ),
    ],
)
def test_what_is_right_may_be_signed(specialty, said):
    assert wrong(specialty, said) == set()
