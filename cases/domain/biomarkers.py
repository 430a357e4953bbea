"""Which biomarkers are asked of the pathologist for which primary, and how may each be answered?

A marker that was not tested, or is pending, is not negative: those answers are codes of their own (`Absent`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.vocabulary import PrimarySite

MUTATION = ("wild_type", "mutated")
BRAF = ("wild_type", "v600e", "mutated_other")
PRESENT = ("negative", "positive")
MSI = ("stable", "high")
HER2 = ("0", "1+", "2+", "3+")
LOSS = ("retained", "lost")

WORDS: Mapping[str, str] = {
    "wild_type": "Wild type",
    "mutated": "Mutated",
    "v600e": "V600E",
    "mutated_other": "Mutated, other than V600E",
    "negative": "Negative",
    "positive": "Positive",
    "stable": "Stable (MSS, pMMR)",
    "high": "High (MSI-H, dMMR)",
    "0": "0",
    "1+": "1+",
    "2+": "2+",
    "3+": "3+",
    "retained": "Retained",
    "lost": "Lost",
    "exon_9": "Exon 9",
    "exon_11": "Exon 11",
    "exon_13": "Exon 13",
    "exon_17": "Exon 17",
    "d842v": "D842V",
    "measured": "Measured",
}


@dataclass(frozen=True)
class Marker:
    """`figure` names the number that belongs to the answer, such as "% of cells"."""

    code: str
    name: str
    answers: tuple[str, ...]
    figure: str = ""


MARKERS: Mapping[str, Marker] = {
    one.code: one
    for one in (
        Marker("KRAS", "KRAS", MUTATION),
        Marker("NRAS", "NRAS", MUTATION),
        Marker("BRAF", "BRAF", BRAF),
        Marker("MSI", "Microsatellites or mismatch repair", MSI),
        Marker("HER2", "HER2", HER2),
        Marker("HER2_FISH", "HER2 in situ hybridisation", PRESENT),
        Marker("POLE", "POLE", MUTATION),
        Marker("NTRK", "NTRK fusion", PRESENT),
        Marker("DPYD", "DPYD variant", PRESENT),
        Marker("ER", "Oestrogen receptor", PRESENT, "% of cells"),
        Marker("PR", "Progesterone receptor", PRESENT, "% of cells"),
        Marker("PIK3CA", "PIK3CA", MUTATION),
        Marker("ESR1", "ESR1", MUTATION),
        Marker("BRCA", "BRCA1/2", MUTATION),
        Marker("PALB2", "PALB2", MUTATION),
        Marker("PDL1_CPS", "PD-L1, combined positive score", ("measured",), "CPS"),
        Marker("PDL1_TPS", "PD-L1, tumour proportion score", ("measured",), "%"),
        Marker("CLDN18_2", "Claudin 18.2", PRESENT, "% of cells"),
        Marker("EBV", "Epstein-Barr virus", PRESENT),
        Marker("EGFR", "EGFR", MUTATION),
        Marker("ALK", "ALK fusion", PRESENT),
        Marker("ROS1", "ROS1 fusion", PRESENT),
        Marker("KRAS_G12C", "KRAS G12C", MUTATION),
        Marker("MET_EX14", "MET exon 14 skipping", PRESENT),
        Marker("RET", "RET fusion", PRESENT),
        Marker("KIT_EXON", "KIT", ("wild_type", "exon_9", "exon_11", "exon_13", "exon_17")),
        Marker("PDGFRA", "PDGFRA", ("wild_type", "d842v", "mutated_other")),
        Marker("SDHB", "SDHB staining", LOSS),
        Marker("KIT", "KIT", MUTATION),
        Marker("GNAQ", "GNAQ or GNA11", MUTATION),
        Marker("BAP1", "BAP1 staining", LOSS),
        Marker("HLA_A0201", "HLA-A*02:01", PRESENT),
        Marker("SSTR2", "SSTR2 staining", PRESENT),
        Marker("CHROMOGRANIN", "Chromogranin staining", PRESENT),
        Marker("MGMT", "MGMT promoter methylation", PRESENT),
        Marker("DLL3", "DLL3 staining", PRESENT),
        Marker("FGFR2", "FGFR2 fusion", PRESENT),
        Marker("FGFR3", "FGFR3 alteration", PRESENT),
        Marker("IDH1", "IDH1", MUTATION),
        Marker("HRR", "Homologous recombination repair genes", MUTATION),
        Marker("PSMA", "PSMA staining", PRESENT),
        Marker("NECTIN4", "Nectin-4 staining", PRESENT),
        Marker("HPV", "Human papillomavirus", PRESENT),
        Marker("BETA_CATENIN", "Beta-catenin", MUTATION),
        Marker("TMB", "Tumour mutational burden", ("measured",), "mutations/Mb"),
    )
}

BILIARY = ("FGFR2", "IDH1", "HER2", "BRAF", "MSI", "NTRK")
OF_ANY_TUMOUR = ("MSI", "TMB", "NTRK", "RET", "HER2", "BRAF")
BY_SITE: Mapping[str, tuple[str, ...]] = {
    PrimarySite.COLORECTAL: ("KRAS", "NRAS", "BRAF", "MSI", "HER2", "POLE", "NTRK", "DPYD"),
    PrimarySite.BREAST: ("ER", "PR", "HER2", "HER2_FISH", "PIK3CA", "ESR1", "BRCA", "PDL1_CPS"),
    PrimarySite.OESOPHAGEAL: ("HER2", "PDL1_CPS", "MSI", "CLDN18_2", "EBV"),
    PrimarySite.LUNG: (
        *("EGFR", "ALK", "ROS1", "BRAF", "KRAS_G12C", "MET_EX14", "RET", "NTRK", "HER2"),
        "PDL1_TPS",
    ),
    PrimarySite.MELANOMA: ("BRAF", "NRAS", "KIT", "GNAQ", "BAP1", "HLA_A0201"),
    PrimarySite.GIST: ("KIT_EXON", "PDGFRA", "SDHB"),
    PrimarySite.NET_GEP: ("SSTR2", "CHROMOGRANIN", "MGMT", "DLL3"),
    PrimarySite.PANCREATIC: ("BRCA", "PALB2", "KRAS", "MSI", "NTRK"),
    PrimarySite.ICCA: BILIARY,
    PrimarySite.PCCA: BILIARY,
    PrimarySite.PROSTATE: ("BRCA", "HRR", "MSI", "PSMA"),
    PrimarySite.KIDNEY: (),
    PrimarySite.BLADDER: ("FGFR3", "PDL1_CPS", "HER2", "NECTIN4"),
    PrimarySite.CERVICAL: ("HPV", "PDL1_CPS", "HER2"),
    PrimarySite.HCC: ("BETA_CATENIN",),
    PrimarySite.UNKNOWN_PRIMARY: OF_ANY_TUMOUR,
    PrimarySite.OTHER: OF_ANY_TUMOUR,
}


def asked_for(primary_site: str) -> tuple[Marker, ...]:
    """The markers that matter for this primary; those of any tumour where the primary is not known."""
    return tuple(MARKERS[code] for code in BY_SITE.get(primary_site, OF_ANY_TUMOUR))


def ras(kras: str | None, nras: str | None) -> str | None:
    """RAS from its two genes: mutated if either is, wild type if both are, else not known (None)."""
    if "mutated" in (kras, nras):
        return "mutated"
    return "wild_type" if kras == nras == "wild_type" else None
