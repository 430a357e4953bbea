"""Does a score say what it is made of, what is missing and why, and when it does not apply?"""

import pytest

from cases.domain import panels, scores
from cases.domain.score_lines import Settings, is_asked, lesion_lines, line_of
from tests.domain.picturing import EARLIER, LATER, drawn, lab, seen
from tests.domain.picturing import ON as MEETING

NONE = Settings()
CIRRHOSIS = {"cirrhosis": "YES", "ascites": "none", "encephalopathy": "none", "assessed_on": LATER}
PANEL = [lab("bilirubin", 11, "umol/L"), lab("albumin", 39, "g/L", EARLIER), lab("inr", "1.1", "1")]


def line(score_id, picture, settings=NONE):
    return line_of(score_id, picture, settings=settings, link=lambda place: f"/{place}/")


def test_a_score_with_its_inputs_their_days_and_authors():
    """Child-Pugh 5 (Pugh 1973); ALBI 0.66 log10(11) - 0.085 x 39 = -2.63, grade 1 (Johnson 2015)."""
    picture = drawn(labs=PANEL, liver=CIRRHOSIS)
    told, albi = line("child_pugh", picture), line("albi", picture)

    assert (told.value, told.meaning) == ("5", "class A")
    assert (albi.value, albi.meaning) == ("\N{MINUS SIGN}2.63", "grade 1, mALBI 1")
    assert [(one.name, one.words, one.on, one.by) for one in albi.inputs] == [
        ("bilirubin", "11 µmol/L", LATER, "Dr L"),
        ("albumin", "39 g/L", EARLIER, "Dr L"),
    ]
    assert (albi.on, albi.version) == (EARLIER, "1")
    assert albi.outputs == (("Score", "\N{MINUS SIGN}2.63"), ("Grade", "1"), ("mALBI", "1"))


@pytest.mark.parametrize("score_id", sorted(panels.NEEDS_CIRRHOSIS))
def test_what_is_for_cirrhosis_says_that_there_is_none(score_id):
    told = line(score_id, drawn(labs=PANEL, liver=CIRRHOSIS | {"cirrhosis": "NO"}))

    assert (told.not_applicable, told.value, told.missing) == ("no cirrhosis", "", ())


@pytest.mark.parametrize(("said", "detail"), [("", ""), ("UNKNOWN", "not known, 12-Nov-2026")])
def test_whether_there_is_cirrhosis_is_itself_an_input(said, detail):
    told = line("child_pugh", drawn(labs=PANEL, liver=CIRRHOSIS | {"cirrhosis": said}))

    assert [(one.name, one.words, one.detail, one.link) for one in told.missing] == [
        ("cirrhosis", "cirrhosis, yes or no", detail, "/liver/")
    ]
    assert told.value == ""


def test_missing_is_named_with_why_and_where():
    picture = drawn(
        diagnosis={"primary_site": "COLORECTAL"},
        labs=[lab("cea", 5, "ug/L", comparator="<")],
        PATHOLOGY={"biomarkers": [{"marker": "KRAS", "result": "PENDING"}]},
    )
    found = {one.name: one for one in line("game", picture).missing}

    assert found["cea"].detail == "only known as a bound: <5 µg/L, 12-Nov-2026"
    assert (found["kras_mutated"].state, found["kras_mutated"].link) == ("pending", "/input:PATHOLOGY/")
    assert "pending" in found["kras_mutated"].told
    assert (found["largest_cm"].state, found["largest_cm"].detail) == ("", "")


def test_a_long_list_of_what_is_missing_is_cut_and_counted():
    told = line("charlson", drawn())

    assert len(told.first_missing) + told.more_missing == len(told.missing) == 17


def test_values_that_contradict_each_other_are_refused_and_not_counted():
    """A liver smaller than its remnant: there is no share."""
    fit = {"height_cm": 170, "weight_kg": 70, "assessed_on": LATER}
    volumes = {"flr_volume_ml": 900, "total_liver_volume_ml": 800, "liver_background": "normal"}
    told = line("flr", drawn(fitness=fit, SURGERY=volumes))

    assert told.value == ""
    assert told.refused.startswith("Total liver volume cannot be used")


def test_an_open_answer_that_a_score_reads_in_one_way_is_said():
    said = {
        "diagnosis": {"primary_site": "HCC", "macrovascular_invasion": "NO", "extrahepatic_disease": "NONE"},
        "liver": {"liver_function": "preserved", "assessed_on": LATER},
        "lesions": [seen(1, 30)],
    }
    open_, said_no = (
        line(
            "bclc_2022", drawn(**said, fitness={"ecog": 1, "assessed_on": LATER, "ecog_cancer_related": how})
        )
        for how in ("", "NO")
    )

    assert (open_.value, "taken as caused by the cancer" in open_.meaning) == ("C", True)
    assert (said_no.value, said_no.meaning) == ("A", "early stage")


def test_what_the_hospital_has_confirmed_is_not_asked_again():
    picture = drawn(labs=PANEL)

    assert "-2.270" in line("albi", picture).to_confirm
    assert line("albi", picture, Settings(confirmed=frozenset({"albi"}))).to_confirm == ""


@pytest.mark.parametrize("score_id", sorted(panels.SHOWN_WITH))
def test_nobody_has_to_measure_what_they_do_not_use(score_id):
    assert not is_asked(score_id, drawn())


def test_icg_is_asked_once_it_is_recorded():
    assert is_asked("icg_r15_makuuchi", drawn(TRANSPLANT={"icg_r15_percent": 12}))


def test_a_line_for_each_lesion_of_which_a_feature_is_told():
    """APHE, 24 mm and washout: LR-5 by the table of LI-RADS v2018."""
    features = {"nonrim_aphe": "YES", "washout": "YES", "capsule": "NO", "threshold_growth": "NOT_ASSESSED"}
    whole = _with(features | {"threshold_growth": "NO"}, seen(1, 24))
    partly = _with(features, seen(2, 24))
    told, open_ = lesion_lines(drawn(lesions=[whole, partly, seen(3, 9)]), settings=NONE)

    assert (told.about, told.value, told.meaning) == ("L1", "LR-5", "the radiologist calls it LR-4")
    assert (open_.about, open_.value) == ("L2", "")
    assert [(one.name, one.detail) for one in open_.missing] == [("threshold_growth", "not assessed")]


def _with(features, lesion):
    measured = lesion.measured[0]
    seen_so = type(measured)(measured.on, measured.long_axis_mm, None, "LR-4", features, "Dr R")
    return type(lesion)(lesion.number, measured=(seen_so,))


# -- which scores where -----------------------------------------------------------------------------------


def test_every_score_has_its_group():
    shown = {
        one
        for site in (*panels.OF_DISEASE, "breast")
        for group in panels.groups_of(site)
        for one in group.scores
    }
    rules = {"flag_resection", *panels.FLAG_OF_DISEASE.values(), "blocking_missing"}

    assert {one.id for one in scores.all_scores()} == shown | rules


def test_no_score_stands_twice_and_none_of_another_tumour():
    for site in (*panels.OF_DISEASE, "breast", ""):
        shown = [one for group in panels.groups_of(site) for one in group.scores]

        assert len(shown) == len(set(shown))
        assert (site == "hcc") == bool(panels.ONLY_HCC & set(shown))
        assert ("fong_crs" in shown) == (site == "colorectal")


def test_every_score_of_a_form_exists():
    specialties = ("SURGERY", "TRANSPLANT", "ONCOLOGY", "RADIOLOGY", "INTERVENTIONAL", "PATHOLOGY", "NURSING")
    wanted = {
        one for who in specialties for site in panels.OF_DISEASE for one in panels.of_discipline(who, site)
    }

    assert wanted <= {one.id for one in scores.all_scores()}
    assert panels.of_discipline("SURGERY", "breast")[-1] == "flag_resection"
    assert "crlm_resectability_esmo" not in panels.of_discipline("SURGERY", "breast")


def test_the_day_of_the_meeting_decides_the_age_of_things():
    assert drawn(labs=PANEL).on == MEETING
