"""Does a rule suggest, say what is not met or not known, and never judge?"""

from cases.domain.flag_lines import flag_of, notices_of
from cases.domain.score_lines import Settings
from tests.domain.picturing import LATER, drawn, lab, seen

NONE = Settings()
HCC = {"primary_site": "HCC", "macrovascular_invasion": "NO", "extrahepatic_disease": "NONE"}
FIT = {"ecog": 1, "height_cm": 175, "weight_kg": 80, "assessed_on": LATER}
SURGEON = {
    "r0_possible": "YES",
    "two_adjacent_segments_spared": "YES",
    "inflow_outflow_biliary_preserved": "YES",
    "liver_background": "normal",
    "flr_volume_ml": 500,
}
COLORECTAL = {
    "primary_site": "COLORECTAL",
    "extrahepatic_disease": "NONE",
    "primary_control": "RESECTED_R0",
}
HEALTHY = {"cirrhosis": "NO", "assessed_on": LATER}


def flag(flag_id, settings=NONE, **said):
    return flag_of(flag_id, drawn(**said), settings=settings, link=lambda place: f"/{place}/")


def test_all_items_met_suggest_a_conversation():
    """175 cm, 80 kg: eTLV 1704.7 mL, so 500 mL are 29.3 %, above 20 % (Vauthey 2002)."""
    told = flag("flag_resection", diagnosis=COLORECTAL, fitness=FIT, liver=HEALTHY, SURGERY=SURGEON)

    assert told.sentence == "Surgical resection could be considered; for the hepatobiliary surgeon."
    assert (told.shape, told.word) == ("scale", "could be considered")
    assert (len(told.met), told.unmet, told.unknown, told.missing) == (8, (), (), ())
    assert all(one.source for one in told.items)


def test_an_item_that_is_not_met_is_named_and_the_case_stays():
    small = SURGEON | {"flr_volume_ml": 300}
    told = flag("flag_resection", diagnosis=COLORECTAL, fitness=FIT, liver=HEALTHY, SURGERY=small)

    assert told.sentence == "This published rule is not met (1 item); the case stays on the agenda."
    assert [one.words[:22] for one in told.unmet] == ["The standardised remna"]
    assert [one.words[:31] for one in told.messages] == ["The remnant could be enlarged ("]


def test_what_is_not_known_is_named_with_why_and_where():
    told = flag(
        "flag_resection", diagnosis=COLORECTAL, fitness=FIT, SURGERY=SURGEON | {"r0_possible": "PENDING"}
    )

    assert (told.shape, told.outcome) == ("ask", "cannot_tell")
    assert {one.name: (one.detail, one.link) for one in told.missing}["r0_possible"] == (
        "pending, 12-Nov-2026",
        "/input:SURGERY/",
    )


def test_a_primary_liver_tumour_has_no_other_primary_to_control():
    told = flag("flag_resection", diagnosis=HCC, fitness=FIT, liver=HEALTHY, SURGERY=SURGEON)

    assert told.outcome == "could_be_considered"
    assert [(one.words, one.value) for one in told.beside] == [
        ("portal hypertension", "not recorded"),
        ("MELD 3.0", "no cirrhosis"),
        ("number of tumours", "not recorded"),
    ]


def test_the_sets_that_a_tumour_is_within_are_shown_beside():
    said = {
        "diagnosis": HCC,
        "lesions": [seen(1, 30)],
        "labs": [lab("afp", 10, "ng/mL")],
        "TRANSPLANT": {"absolute_contraindication": "NO"},
    }
    told = flag("flag_transplant_hcc", **said)

    assert told.outcome == "could_be_considered"
    assert told.beside[0].value == "Milan; UCSF; up-to-seven; low AFP score"
    open_points = [one.words for one in told.items if one.to_confirm]
    assert open_points == ["AFP is at most 1000 ng/mL"]
    confirmed = flag("flag_transplant_hcc", Settings(confirmed=frozenset({"flag_transplant_hcc"})), **said)
    assert not any(one.to_confirm for one in confirmed.items)


def test_a_contradiction_is_said_and_nothing_is_suggested():
    """A highest CEA below the present one cannot be."""
    picture = drawn(diagnosis=COLORECTAL)
    wrong = [
        type(picture.item("primary_site"))("cea_ug_l", 50, "50 µg/L", LATER),
        type(picture.item("primary_site"))("cea_highest_ug_l", 20, "20 µg/L", LATER),
    ]
    told = flag_of("flag_transplant_crlm", picture.with_items(wrong), settings=NONE)

    assert (told.outcome, told.shape, told.items) == ("", "due", ())
    assert (
        told.sentence
        == "Highest CEA so far in µg/L cannot be used together with the others. Check the values."
    )


# -- notices ----------------------------------------------------------------------------------------------


def words(settings=NONE, **said):
    return [one.words for one in notices_of(drawn(**said), settings=settings)]


def test_ablation_of_small_colorectal_lesions():
    said = {"diagnosis": COLORECTAL, "lesions": [seen(1, 20), seen(2, 12)]}

    assert words(**said) == [
        "At most ten lesions and at least one of at most 3 cm: ablation could be considered."
    ]
    assert words(Settings(switched_off=frozenset({"R-ABL"})), **said) == []


def test_a_biopsy_of_a_perihilar_tumour_is_warned_of_before():
    assert [one[:18] for one in words(diagnosis={"primary_site": "PCCA"})] == ["Before any biopsy:"]


def test_liver_failure_is_pointed_out_with_its_own_figure():
    """Creatinine 2, bilirubin 3 mg/dL, INR 1.5, sodium 130, albumin 3 g/dL, male: MELD 3.0 well above 15."""
    labs = [
        lab("creatinine", 2, "mg/dL"),
        lab("bilirubin", 3, "mg/dL"),
        lab("inr", "1.5", "1"),
        lab("sodium", 130, "mmol/L"),
        lab("albumin", 3, "g/dL"),
    ]
    liver = {"cirrhosis": "YES", "dialysis_twice_in_week": "NO", "assessed_on": LATER}
    said = {"diagnosis": HCC, "labs": labs, "liver": liver, "case": {"sex": "MALE"}}

    off = Settings(switched_off=frozenset({"meld3"}))
    assert any(one.startswith("MELD 3.0 is 15 or more") for one in words(**said))
    assert not any(one.startswith("MELD") for one in words(off, **said))
    beside = {one.words: one.value for one in flag("flag_transplant_hcc", off, **said).beside}
    assert beside["MELD 3.0"] == "switched off by this board"
    assert not any(one.startswith("MELD") for one in words(**said | {"liver": liver | {"cirrhosis": "NO"}}))


def test_nothing_follows_from_a_rule_that_is_switched_off():
    surgeon = {"resectable": "NO", "r0_possible": "NO"}
    said = {"diagnosis": COLORECTAL, "fitness": FIT, "liver": HEALTHY, "ONCOLOGY": {"lines_given": 0}}
    conversion = "Resection is not met only because of the burden of tumour"

    assert any(one.startswith(conversion) for one in words(**said, SURGERY=surgeon))
    off = Settings(switched_off=frozenset({"flag_resection"}))
    assert not any(one.startswith(conversion) for one in words(off, **said, SURGERY=surgeon))


def test_a_message_of_a_rule_can_be_switched_off_like_a_notice():
    melanoma = {"diagnosis": {"primary_site": "MELANOMA"}}
    off = Settings(switched_off=frozenset({"R-SURG-1-UNUSUAL"}))

    assert [one.words[:20] for one in flag("flag_resection", **melanoma).messages] == ["Resection of liver m"]
    assert flag("flag_resection", off, **melanoma).messages == ()
