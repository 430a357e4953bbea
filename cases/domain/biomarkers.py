"""Which biomarkers are asked of the pathologist for which primary, and how may each be answered?

A marker that was not tested, or is pending, is not negative: those answers are codes of their own (`Absent`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cases.vocabulary import Absent, PrimarySite

MUTATION = ("wild_type", "mutated")
BRAF = ("wild_type", "v600e", "mutated_other")
PRESENT = ("negative", "positive")
MSI = ("stable", "high")
HER2 = ("0", "ultralow", "1+", "2+", "3+")
MEASURED = ("measured",)
LOSS = ("retained", "lost")

WORDS: Mapping[str, str] = {
    "wild_type": "Wild type",
    "mutated": "Mutated",
    "v600e": "V600E",
    "mutated_other": "Another mutation",
    "negative": "Negative",
    "positive": "Positive",
    "stable": "Stable (MSS, pMMR)",
    "high": "High (MSI-H, dMMR)",
    "0": "0",
    "ultralow": "Ultralow",
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
    """`figure` names the number that belongs to the answer, up to `most`; `variant` asks for more words."""

    code: str
    name: str
    answers: tuple[str, ...]
    figure: str = ""
    most: int = 100
    variant: str = ""

    @property
    def needs_figure(self) -> bool:
        """A score without its number says nothing."""
        return self.answers == MEASURED


def _gene(code: str, name: str, answers: tuple[str, ...] = MUTATION) -> Marker:
    return Marker(code, name, answers, variant="Variant or codon")


def _fusion(code: str, name: str) -> Marker:
    return Marker(code, name, PRESENT, variant="Partner or variant")


MARKERS: Mapping[str, Marker] = {
    one.code: one
    for one in (
        _gene("KRAS", "KRAS"),
        _gene("NRAS", "NRAS"),
        _gene("BRAF", "BRAF", BRAF),
        Marker("MSI", "Microsatellites or mismatch repair", MSI),
        Marker("HER2", "HER2", HER2),
        Marker("HER2_FISH", "HER2 in situ hybridisation", PRESENT),
        _gene("POLE", "POLE"),
        _fusion("NTRK", "NTRK fusion"),
        Marker("DPYD", "DPYD variant", PRESENT, variant="Variant"),
        Marker("ER", "Oestrogen receptor", PRESENT, "% of cells"),
        Marker("PR", "Progesterone receptor", PRESENT, "% of cells"),
        _gene("PIK3CA", "PIK3CA"),
        _gene("ESR1", "ESR1"),
        _gene("BRCA", "BRCA1/2"),
        _gene("PALB2", "PALB2"),
        Marker("PDL1_CPS", "PD-L1, combined positive score", MEASURED, "CPS"),
        Marker("PDL1_TPS", "PD-L1, tumour proportion score", MEASURED, "%"),
        Marker("CLDN18_2", "Claudin 18.2", PRESENT, "% of cells"),
        Marker("EBV", "Epstein-Barr virus", PRESENT),
        _gene("EGFR", "EGFR"),
        _fusion("ALK", "ALK fusion"),
        _fusion("ROS1", "ROS1 fusion"),
        _gene("KRAS_G12C", "KRAS G12C"),
        Marker("MET_EX14", "MET exon 14 skipping", PRESENT),
        _fusion("RET", "RET fusion"),
        _gene("KIT_EXON", "KIT", ("wild_type", "exon_9", "exon_11", "exon_13", "exon_17", "mutated_other")),
        _gene("PDGFRA", "PDGFRA", ("wild_type", "d842v", "mutated_other")),
        Marker("SDHB", "SDHB staining", LOSS),
        # Gastrointestinal stromal tumours are counted in 5 mm², neuroendocrine ones in 2 mm².
        Marker("MITOSES_5MM2", "Mitoses per 5 mm²", MEASURED, "per 5 mm²", most=1000),
        _gene("KIT", "KIT"),
        _gene("GNAQ", "GNAQ or GNA11"),
        Marker("BAP1", "BAP1 staining", LOSS),
        Marker("HLA_A0201", "HLA-A*02:01", PRESENT),
        Marker("SSTR2", "SSTR2 staining", PRESENT),
        Marker("CHROMOGRANIN", "Chromogranin staining", PRESENT),
        Marker("MGMT", "MGMT promoter methylation", PRESENT),
        Marker("DLL3", "DLL3 staining", PRESENT),
        _fusion("FGFR2", "FGFR2 fusion"),
        Marker("FGFR3", "FGFR3 alteration", PRESENT, variant="Variant or partner"),
        _gene("IDH1", "IDH1"),
        Marker("HRR", "Homologous recombination repair genes", MUTATION, variant="Gene and variant"),
        Marker("PSMA", "PSMA staining", PRESENT),
        Marker("NECTIN4", "Nectin-4 staining", PRESENT),
        Marker("HPV", "Human papillomavirus", PRESENT),
        _gene("BETA_CATENIN", "Beta-catenin"),
        Marker("TMB", "Tumour mutational burden", MEASURED, "mutations/Mb", most=10000),
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
    PrimarySite.GIST: ("KIT_EXON", "PDGFRA", "SDHB", "MITOSES_5MM2"),
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


UVEAL_FIRST = ("GNAQ", "BAP1", "HLA_A0201", "BRAF", "NRAS", "KIT")


def asked_for(primary_site: str, melanoma_type: str = "") -> tuple[Marker, ...]:
    """The markers that matter for this primary; those of any tumour where the primary is not known."""
    codes = BY_SITE.get(primary_site, OF_ANY_TUMOUR)
    if primary_site == PrimarySite.MELANOMA and melanoma_type == "UVEAL":
        codes = UVEAL_FIRST
    return tuple(MARKERS[code] for code in codes)


def answers_of(marker: str, primary_site: str) -> tuple[str, ...]:
    """What may be said of a marker here: HER2-ultralow is a word of breast cancer only."""
    known = MARKERS[marker].answers
    return known if primary_site == PrimarySite.BREAST else tuple(one for one in known if one != "ultralow")


def wrong_with(marker: str, result: str, figure: Decimal | None = None) -> dict[str, str]:
    """What cannot stand in one result, by the field that it is about; nothing when it can."""
    if marker not in MARKERS:
        return {"marker": "Choose the marker."}
    known = MARKERS[marker]
    if result not in known.answers and result not in Absent.values:
        words = ", ".join(WORDS[one] for one in known.answers)
        return {"result": f"{known.name} has the results {words}. Choose one, or say why there is none."}
    wrong = _wrong_figure(known, result, figure)
    return {"figure": wrong} if wrong else {}


def _wrong_figure(known: Marker, result: str, figure: Decimal | None) -> str:
    if figure is None:
        needed = known.needs_figure and result in known.answers
        return f"Give the number ({known.figure})." if needed else ""
    if not known.figure:
        return f"{known.name} has no number. Leave it empty."
    if result in Absent.values:
        return "A number is a result. Choose the result, or leave the number empty."
    within = 0 <= figure <= known.most
    return "" if within else f"Give a number from 0 to {known.most} ({known.figure})."


def ras(kras: str | None, nras: str | None) -> str | None:
    """RAS from its two genes: mutated if either is, wild type if both are, else not known (None)."""
    if "mutated" in (kras, nras):
        return "mutated"
    return "wild_type" if kras == nras == "wild_type" else None


def her2_group(her2: str | None, fish: str | None) -> str | None:
    """Breast: positive, low, ultralow or negative from staining and in situ hybridisation; else None.

    2+ is not decided before hybridisation. Wolff AC et al. Arch Pathol Lab Med 2023;147:993-1000 (ASCO/CAP);
    low as in Modi S et al. N Engl J Med 2022;387:9-20; ultralow as in Bardia A et al. N Engl J Med
    2024;391:2110-2122.
    """
    if her2 == "3+" or fish == "positive":
        return "positive"
    if her2 == "2+":
        return "low" if fish == "negative" else None
    return {"1+": "low", "ultralow": "ultralow", "0": "negative"}.get(her2 or "")
