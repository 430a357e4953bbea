"""Which M category do these metastases give the primary? TNM, 8th edition."""

from collections.abc import Callable

from cases.domain.scores.inputs import Choice, Many, Whole, between
from cases.domain.scores.registry import Output, StillMissing, score

SITES = (
    "liver",
    "lung",
    "bone",
    "brain",
    "peritoneum",
    "nonregional_nodes",
    "skin_soft_tissue",
    "adrenal",
    "pleura",
    "other",
)
INSIDE_THE_CHEST = {"lung", "pleura"}  # for a lung primary: the other lung, and the pleura


def _colorectal(sites: set[str]) -> str:
    if "peritoneum" in sites:
        return "M1c"
    return "M1a" if len(sites) == 1 else "M1b"


def _neuroendocrine(sites: set[str]) -> str:
    if "liver" not in sites:
        return "M1b"
    return "M1a" if sites == {"liver"} else "M1c"


def _prostate(sites: set[str]) -> str:
    if sites <= {"nonregional_nodes"}:
        return "M1a"
    return "M1b" if sites <= {"nonregional_nodes", "bone"} else "M1c"


def _melanoma(sites: set[str]) -> str:
    if "brain" in sites:
        return "M1d"
    outside = sites - {"skin_soft_tissue", "nonregional_nodes"}
    if not outside:
        return "M1a"
    return "M1b" if outside == {"lung"} else "M1c"


def _bladder(sites: set[str]) -> str:
    return "M1a" if sites == {"nonregional_nodes"} else "M1b"


def _undivided(sites: set[str]) -> str:
    return "M1"


RULES: dict[str, Callable[[set[str]], str]] = {
    "bladder": _bladder,
    "breast": _undivided,
    "net_gep": _neuroendocrine,
    "cervical": _undivided,
    "colorectal": _colorectal,
    "oesophageal": _undivided,
    "gist": _undivided,
    "kidney": _undivided,
    "melanoma_cutaneous": _melanoma,
    "pancreatic": _undivided,
    "prostate": _prostate,
    "hcc": _undivided,
    "icca": _undivided,
}


@score(
    id="tnm_m_category",
    title="M category (TNM, 8th edition)",
    version="1",
    source="AJCC Cancer Staging Manual and UICC TNM Classification, 8th editions, 2017; lung: IASLC, 8th ed.",
    inputs=(
        Choice("primary", codes=(*RULES, "lung")),
        Many("metastatic_sites", of=Choice("site", codes=SITES), may_be_empty=True, distinct=True),
        Whole("extrathoracic_lesion_count", optional=True, range=between(1, 500)),
    ),
    outputs=(Output("m"),),
    cautions=(
        "Uveal melanoma has a table of its own, by the largest metastasis: this one is for the skin only.",
        "The suffix (0) or (1) for LDH in melanoma is not given.",
        "The 9th edition (2024) divides M1c of the lung further. Keep the edition beside the category.",
        "For a tumour that began in the liver, further nodules in the liver are no metastatic site.",
    ),
    family="stage",
    to_confirm="Against the 8th edition: M1a and M1b of the bladder, and that M1 is not divided for breast, "
    "cervix, oesophagus, GIST, kidney, pancreas, and hepatocellular and intrahepatic bile duct carcinoma.",
)
def tnm_m_category(
    *, primary: str, metastatic_sites: tuple[str, ...], extrathoracic_lesion_count: int | None
) -> dict:
    """M0 for an empty list; else M1 with the letter that the primary has.

    For a lung primary with metastases in exactly one organ outside the chest the number of lesions there is
    needed: one is M1b, several are M1c.
    """
    sites = set(metastatic_sites)
    if not sites:
        return {"m": "M0"}
    if primary == "lung":
        return {"m": _lung(sites, extrathoracic_lesion_count)}
    return {"m": RULES[primary](sites)}


def _lung(sites: set[str], lesions: int | None) -> str:
    outside = sites - INSIDE_THE_CHEST
    if not outside:
        return "M1a"
    if len(outside) > 1:
        return "M1c"
    if lesions is None:
        raise StillMissing("extrathoracic_lesion_count")
    return "M1b" if lesions == 1 else "M1c"
