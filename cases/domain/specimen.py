"""What follows from a pathologist's figures? Residual tumour from the margin, the code of a metastasis."""

from decimal import Decimal

from cases.domain.labs import plain
from cases.vocabulary import PrimarySite

# Usual histology by primary: offered first, nothing is excluded.
ADENOCARCINOMAS = ("8140/3", "8480/3", "8490/3")
NEUROENDOCRINE = ("8240/3", "8249/3", "8246/3", "8013/3", "8041/3")
CARCINOMAS = frozenset({"8246/3", "8013/3", "8041/3"})  # neuroendocrine, poorly differentiated by definition
TUMOURS = frozenset({"8240/3", "8249/3"})  # neuroendocrine, well differentiated by definition
USUAL = {
    PrimarySite.BLADDER: ("8120/3",),
    PrimarySite.BREAST: ("8500/3", "8520/3"),
    PrimarySite.NET_GEP: NEUROENDOCRINE,
    PrimarySite.CERVICAL: ("8070/3", "8140/3"),
    PrimarySite.COLORECTAL: ADENOCARCINOMAS,
    PrimarySite.OESOPHAGEAL: ("8140/3", "8070/3", "8490/3"),
    PrimarySite.GIST: ("8936/3",),
    PrimarySite.KIDNEY: ("8310/3", "8312/3"),
    PrimarySite.LUNG: ("8140/3", "8070/3", "8041/3", "8013/3"),
    PrimarySite.MELANOMA: ("8720/3",),
    PrimarySite.PANCREATIC: ("8500/3", "8140/3"),
    PrimarySite.PROSTATE: ("8140/3",),
    PrimarySite.HCC: ("8170/3", "8171/3", "8180/3"),
    PrimarySite.ICCA: ("8160/3", "8180/3"),
    PrimarySite.PCCA: ("8160/3",),
}


def residual_from_margin(margin_mm: Decimal) -> tuple[str, str]:
    """R0 or R1 as the UICC reads the margin (TNM, 8th edition, 2017), with words.

    UICC: R1 is tumour at the margin itself. Pathology in the UK, and of colorectal tumours elsewhere, also
    counts what comes closer than 1 mm; which of the two holds is for each board to confirm.
    """
    if margin_mm == 0:
        return "R1", "0 mm is R1 (UICC: tumour at the margin)."
    if margin_mm < 1:
        return "R0", (
            f"{plain(margin_mm)} mm is R0 by the UICC, but R1 where a margin under 1 mm counts as involved"
            " (UK and colorectal pathology; to be confirmed locally)."
        )
    return "R0", f"{plain(margin_mm)} mm is R0, if nothing is left elsewhere."


def as_metastasis(morphology: str) -> str:
    """The ICD-O-3 code of the same tumour where it has spread to: its behaviour is 6."""
    return morphology.removesuffix("/3") + "/6" if morphology.endswith("/3") else ""
