"""Is the diagnostic radiologist asked what this tumour needs, and of each lesion what can be?"""

import pytest

from cases.models import RadiologyInput
from cases.vocabulary import PrimarySite
from tests.forms.test_specialist_input import COMPLETE, OPINION, forms, lesions, wrong

COLUMNS = {f.name for f in RadiologyInput._meta.concrete_fields if not f.primary_key}
SITES = ["", *PrimarySite]
KNOWN = [{"number": 1, "segments": ["6"], "note": "", "is_target": True, "disappeared": False}]


def asked(site, said=None, cirrhosis="", **stands):
    case = {"primary_site": site, "cirrhosis": cirrhosis}
    return forms("RADIOLOGY", COMPLETE["RADIOLOGY"] | OPINION | (said or {}), case=case, **stands)


def read(row, site="HCC", **stands):
    """What one row says of lesion 1, which is known and is a target."""
    part = asked(site, lesions({"number": "1", "segments": ["6"]} | row, known=1), rows={"lesions": KNOWN})
    assert part.check(), part.problems
    return part.typed_details["lesions"]


def test_every_column_is_asked_for_some_primary():
    assert set().union(*(asked(site).details.fields for site in SITES)) == COLUMNS


@pytest.mark.parametrize("site", SITES)
def test_each_question_that_is_asked_stands_in_a_card_once(site):
    form = asked(site).details

    laid_out = [name for card in form.questions for name, _ in card.asked]

    assert sorted(laid_out) == sorted(form.fields)


def test_what_one_tumour_never_needs_is_not_asked():
    only = {"reaches_confluence", "radial_diameter_mm", "direct_extrahepatic_invasion", "liver_mtv_cm3"}
    only |= {"krenning"}

    assert only & set(asked("PCCA").details.fields) == {"reaches_confluence", "radial_diameter_mm"}
    assert only & set(asked("ICCA").details.fields) == {"reaches_confluence", "direct_extrahepatic_invasion"}
    assert only & set(asked("COLORECTAL").details.fields) == {"liver_mtv_cm3"}
    assert only & set(asked("NET_GEP").details.fields) == {"krenning"}
    assert not only & set(asked("HCC").details.fields)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"agreement": "MINOR"}, "difference"),
        ({"agreement": "CHANGES_MANAGEMENT"}, "difference"),
        ({"agreement": "NONE_OUTSIDE", "outside_report": "One lesion."}, "agreement"),
        ({"staged_on": "2026-11-01"}, "staging_done_0"),
        ({"lesion_count": "0", "largest_lesion_mm": "12"}, "lesion_count"),
        ({"vascular_invasion": ["NONE", "IVC"]}, "vascular_invasion_0"),
        ({"nodes-TOTAL_FORMS": "1", "nodes-0-short_axis_mm": "12"}, "nodes-0-station"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(said, where):
    assert wrong("RADIOLOGY", said) == {where}


@pytest.mark.parametrize("agreement", ["", "NONE_OUTSIDE", "AGREES", "NOT_ASSESSED"])
def test_without_a_difference_none_is_asked_for(agreement):
    assert wrong("RADIOLOGY", {"agreement": agreement}) == set()


def test_an_answer_whose_question_went_away_is_not_kept():
    said = {
        "vascular_invasion": ["HEPATIC"],
        "portal_thrombus": "VP3",
        "agreement": "AGREES",
        "difference": "x",
    }

    part = asked("HCC", said)

    assert part.check_for_signature(), part.problems
    assert (part.typed_details["portal_thrombus"], part.typed_details["difference"]) == ("", "")


@pytest.mark.parametrize(
    ("site", "cirrhosis", "has"),
    [("HCC", "", True), ("COLORECTAL", "YES", True), ("COLORECTAL", "NO", False), ("", "UNKNOWN", False)],
)
def test_li_rads_is_asked_in_hcc_or_cirrhosis_only(site, cirrhosis, has):
    part = asked(site, lesions({}), cirrhosis=cirrhosis)

    row = part.rows["lesions"].forms[0]
    assert row.has_li_rads is has
    assert {"li_rads", "washout"} <= set(row.fields) or not has


def test_a_look_brings_category_features_vessels_and_character():
    [seen] = read(
        {
            "long_axis_mm": "22",
            "viable_mm": "15",
            "li_rads": "LR-5",
            "nonrim_aphe": "YES",
            "washout": "NO",
            "vessels": ["RIGHT_HEPATIC_VEIN"],
            "vessel_contact": "ABUTMENT",
            "calcified": "on",
        }
    )

    assert (seen.number, seen.long_axis_mm, seen.viable_mm) == (1, 22, 15)
    assert (seen.li_rads, seen.nonrim_aphe, seen.washout, seen.capsule) == ("LR-5", "YES", "NO", "")
    assert (seen.vessels, seen.vessel_contact) == (["RIGHT_HEPATIC_VEIN"], "ABUTMENT")
    assert (seen.is_target, seen.cystic, seen.calcified, seen.disappeared) == (False, False, True, False)


def test_a_lesion_left_as_it_is_says_nothing_and_one_that_is_gone_measures_nothing():
    assert read({"is_target": "on"}) == []

    [gone] = read({"is_target": "on", "disappeared": "on"})

    assert (gone.disappeared, gone.is_target, gone.long_axis_mm) == (True, True, 0)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"number": "1", "disappeared": "on", "long_axis_mm": "8"}, "lesions-0-disappeared"),
        ({"segments": ["3"], "disappeared": "on"}, "lesions-0-disappeared"),
        ({"segments": ["3"], "vessel_contact": "ENCASEMENT"}, "lesions-0-vessels_0"),
        ({"segments": ["3"], "vessels": ["IVC"], "vessel_contact": "NONE"}, "lesions-0-vessel_contact_0"),
    ],
)
def test_a_lesion_that_cannot_be(row, where):
    assert wrong("RADIOLOGY", lesions(row)) == {where}


def test_a_category_needs_a_size_and_the_liver_has_two_targets():
    no_size = asked("HCC", lesions({"segments": ["3"], "li_rads": "LR-4"}))
    three = asked(
        "", lesions(*({"segments": ["3"], "long_axis_mm": "12", "is_target": "on"} for _ in range(3)))
    )

    assert not no_size.check()
    assert [one.anchor for one in no_size.problems] == ["id_lesions-0-long_axis_mm"]
    assert not three.check()
    assert "3 targets are ticked" in three.problems[0].message
