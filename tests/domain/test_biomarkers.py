"""Is each marker answered by its own results only, and asked where it matters?"""

from decimal import Decimal

import pytest

from cases.domain.biomarkers import (
    BY_SITE,
    MARKERS,
    WORDS,
    answers_of,
    asked_for,
    her2_group,
    ras,
    wrong_with,
)
from cases.vocabulary import Absent, PrimarySite

# Which marker guides treatment where: the board's list, one primary a line.
ASKED = {
    "COLORECTAL": "KRAS NRAS BRAF MSI HER2 POLE NTRK DPYD",
    "BREAST": "ER PR HER2 HER2_FISH PIK3CA ESR1 BRCA PDL1_CPS",
    "OESOPHAGEAL": "HER2 PDL1_CPS MSI CLDN18_2 EBV",
    "LUNG": "EGFR ALK ROS1 BRAF KRAS_G12C MET_EX14 RET NTRK HER2 PDL1_TPS",
    "MELANOMA": "BRAF NRAS KIT GNAQ BAP1 HLA_A0201",
    "GIST": "KIT_EXON PDGFRA SDHB MITOSES_5MM2",
    "NET_GEP": "SSTR2 CHROMOGRANIN MGMT DLL3",
    "PANCREATIC": "BRCA PALB2 KRAS MSI NTRK",
    "ICCA": "FGFR2 IDH1 HER2 BRAF MSI NTRK",
    "PCCA": "FGFR2 IDH1 HER2 BRAF MSI NTRK",
    "PROSTATE": "BRCA HRR MSI PSMA",
    "KIDNEY": "",
    "BLADDER": "FGFR3 PDL1_CPS HER2 NECTIN4",
    "CERVICAL": "HPV PDL1_CPS HER2",
    "HCC": "BETA_CATENIN",
    "UNKNOWN_PRIMARY": "MSI TMB NTRK RET HER2 BRAF",
    "OTHER": "MSI TMB NTRK RET HER2 BRAF",
    "": "MSI TMB NTRK RET HER2 BRAF",
}


@pytest.mark.parametrize("site", ["", *PrimarySite])
def test_each_primary_is_asked_for_its_markers(site):
    assert [one.code for one in asked_for(site)] == ASKED[site].split()


def test_every_primary_is_listed():
    assert set(BY_SITE) == set(PrimarySite)


def test_uveal_melanoma_is_asked_first_for_what_decides_there():
    uveal = [one.code for one in asked_for("MELANOMA", "UVEAL")]

    assert uveal[:3] == ["GNAQ", "BAP1", "HLA_A0201"]
    assert set(uveal) == set(ASKED["MELANOMA"].split())
    assert asked_for("MELANOMA", "CUTANEOUS") == asked_for("MELANOMA")


@pytest.mark.parametrize("marker", MARKERS.values(), ids=list(MARKERS))
def test_only_its_own_results_and_why_there_is_none_answer_a_marker(marker):
    figure = Decimal(5) if marker.needs_figure else None

    assert {one for one in WORDS if not wrong_with(marker.code, one, figure)} == set(marker.answers)
    assert not any(wrong_with(marker.code, one) for one in Absent.values)


@pytest.mark.parametrize(
    ("marker", "result", "figure", "where"),
    [
        ("ER", "positive", "90", None),
        ("ER", "positive", None, None),
        ("ER", "positive", "100.1", "figure"),
        ("ER", "positive", "-1", "figure"),
        ("ER", "PENDING", "90", "figure"),
        ("KRAS", "mutated", "12", "figure"),
        ("PDL1_CPS", "measured", None, "figure"),
        ("PDL1_CPS", "measured", "0", None),
        ("PDL1_CPS", "NOT_TESTED", None, None),
        ("TMB", "measured", "180", None),
        ("PDGFRA", "v600e", None, "result"),
        ("NRAS", "v600e", None, "result"),
        ("MSI", "negative", None, "result"),
        ("HER2", "positive", None, "result"),
        ("KRAS", "", None, "result"),
        ("TP53", "mutated", None, "marker"),
    ],
)
def test_a_result_that_cannot_stand_is_said_at_its_field(marker, result, figure, where):
    wrong = wrong_with(marker, result, figure and Decimal(figure))

    assert list(wrong) == ([where] if where else [])


def test_ultralow_is_a_word_of_breast_cancer_only():
    assert "ultralow" in answers_of("HER2", "BREAST")
    assert answers_of("HER2", "OESOPHAGEAL") == ("0", "1+", "2+", "3+")


@pytest.mark.parametrize(
    ("kras", "nras", "expected"),
    [
        ("mutated", "NOT_TESTED", "mutated"),
        ("wild_type", "mutated", "mutated"),
        ("wild_type", "wild_type", "wild_type"),
        ("wild_type", "PENDING", None),
        ("wild_type", None, None),
        ("NOT_TESTED", "NOT_TESTED", None),
    ],
)
def test_ras_is_wild_type_only_where_both_genes_are(kras, nras, expected):
    assert ras(kras, nras) == expected


@pytest.mark.parametrize(
    ("her2", "fish", "group"),
    [
        ("3+", None, "positive"),
        ("2+", "positive", "positive"),
        ("2+", "negative", "low"),
        ("2+", None, None),
        ("2+", "PENDING", None),
        ("1+", None, "low"),
        ("ultralow", None, "ultralow"),
        ("0", None, "negative"),
        ("NOT_TESTED", None, None),
        (None, None, None),
    ],
)
def test_her2_of_the_breast_is_grouped_from_staining_and_hybridisation(her2, fish, group):
    assert her2_group(her2, fish) == group
