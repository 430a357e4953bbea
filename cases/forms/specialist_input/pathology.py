"""What is the pathologist asked? What this tumour or this specimen cannot tell is not asked."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML
from django import forms

from cases.domain import specimen as rules
from cases.forms.specialist_input._base import (
    Card,
    DetailsForm,
    as_asked,
    derived,
    forget_unasked,
    shown_when,
    together,
)
from cases.models import PathologyInput
from cases.models.specialist_input.pathology import Morphology, Regression, Specimen, SpecimenSite
from cases.vocabulary import Absent, Known, PrimarySite

FIELDS = tuple(f.name for f in PathologyInput._meta.concrete_fields if not f.primary_key)
BEGUN_IN_LIVER = frozenset({PrimarySite.HCC, PrimarySite.ICCA, PrimarySite.PCCA})
# It may turn out to be neuroendocrine: then its grade is asked for.
OPEN_KIND = frozenset({PrimarySite.UNKNOWN_PRIMARY, PrimarySite.OTHER, ""})
# What is asked for some primaries only; everything else is asked for all.
ONLY_FOR = {
    "ki67_percent": {PrimarySite.NET_GEP, PrimarySite.BREAST, *OPEN_KIND},
    "mitoses_per_2mm2": {PrimarySite.NET_GEP, *OPEN_KIND},
    "growth_pattern": {PrimarySite.COLORECTAL},
    "aneuploidy": {PrimarySite.PCCA},
    "transperitoneal_biopsy_done": {PrimarySite.PCCA},
    "primary_node_positive": {*PrimarySite, ""} - BEGUN_IN_LIVER,
}
OF_RESECTION = (
    *("margin_mm", "residual", "regression", "viable_percent"),
    *("growth_pattern", "microvascular_invasion"),
)
OF_LIVER_TISSUE = ("fibrosis_stage", "steatosis_percent", "sos", "steatohepatitis")
RESECTED = (Specimen.RESECTION, Specimen.EXPLANT)
TISSUE = (Specimen.CORE_BIOPSY, *RESECTED)
ASKED_WHEN = {
    **dict.fromkeys(OF_RESECTION, ("specimen", RESECTED)),
    **dict.fromkeys(OF_LIVER_TISSUE, ("specimen", TISSUE)),
}
BEFORE_A_BIOPSY = HTML('{% include "specialist_input/before_biopsy.html" %}')
HELP = {
    "ki67_percent": "Of this specimen. The primary and its metastasis are graded apart.",
    "mitoses_per_2mm2": "Ten high-power fields are 2 mm² only with a field of 0.5 mm in diameter.",
    "morphology_note": "Whatever the code does not say.",
    "regression": "1 no tumour left to 5 no regression (Mandard, Rubbia-Brandt).",
    "fibrosis_stage": "0 none to 4 cirrhosis.",
    "pt": "As in the report, such as pT3.",
}


def is_asked(name: str, primary_site: str) -> bool:
    return name not in ONLY_FOR or primary_site in ONLY_FOR[name]


def _grading(primary_site: str) -> list:
    asked = [name for name in ("ki67_percent", "mitoses_per_2mm2") if is_asked(name, primary_site)]
    if primary_site in OPEN_KIND:
        return [shown_when(f"morphology={'|'.join(rules.NEUROENDOCRINE)}", together(*asked))]
    return [together(*asked)] if asked else []


def _cards(primary_site: str) -> list:
    def those(*names: str) -> list[str]:
        return [name for name in names if is_asked(name, primary_site)]

    perihilar = [BEFORE_A_BIOPSY, together("transperitoneal_biopsy_done", "aneuploidy")]
    return [
        Card("Specimen", together("specimen", "specimen_site"), "specimen_on"),
        Card(
            "Histology",
            "positive_biopsy_or_cytology",
            *(perihilar if primary_site == PrimarySite.PCCA else []),
            together("morphology", "morphology_note"),
            derived("morphology", also="specimen_site"),
            "differentiation",
            *_grading(primary_site),
            "ihc_origin",
        ),
        shown_when(
            f"specimen={'|'.join(RESECTED)}",
            Card(
                "Margin and what treatment left",
                together("margin_mm", "residual"),
                derived("residual"),
                together("regression", "viable_percent"),
                together(*those("growth_pattern", "microvascular_invasion")),
            ),
        ),
        shown_when(
            f"specimen={'|'.join(TISSUE)}",
            Card("Background liver", together(*OF_LIVER_TISSUE[:2]), together(*OF_LIVER_TISSUE[2:])),
        ),
        Card("Stage", together("pt", "pn", "tnm_edition"), *those("primary_node_positive")),
        Card(
            "Biomarkers",
            HTML('{% include "specialist_input/biomarkers.html" with rows=forms.rows.biomarkers %}'),
        ),
        Card("Comment", "comment"),
    ]


def _histologies(primary_site: str) -> list:
    """Each with its code; what is usual for this primary comes first."""
    usual = rules.USUAL.get(primary_site, ())
    named = [
        (code, words if code == Morphology.OTHER else f"{code} {words}") for code, words in Morphology.choices
    ]
    first = [choice for code in usual for choice in named if choice[0] == code]
    rest = [choice for choice in named if choice not in first]
    groups = [("Usual for this tumour", first), ("Others", rest)] if first else rest
    return [("", "Choose"), *groups, ("No answer because", Absent.choices)]


class PathologyForm(DetailsForm):
    asks_for = ("primary_site",)

    class Meta:
        model = PathologyInput
        formfield_callback = as_asked
        fields = FIELDS
        help_texts = HELP
        labels = {"pt": "pT", "pn": "pN"}
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, primary_site: str = "", **kwargs):
        self.primary_site, self.cards = primary_site, tuple(_cards(primary_site))
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            if not is_asked(name, primary_site):
                del self.fields[name]
        self.fields["morphology"].choices = _histologies(primary_site)
        if primary_site == PrimarySite.NET_GEP:
            only = {"well", "poor", *Absent.values}
            kept = [(code, words) for code, words in self.fields["differentiation"].choices if code in only]
            self.fields["differentiation"].choices = kept

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        forget_unasked(cleaned, ASKED_WHEN)
        for name, words in _contradictions(cleaned).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, words)
        return cleaned

    @property
    def derived(self) -> dict[str, str]:
        return {"residual": self._residual(), "morphology": self._as_metastasis()}

    def _residual(self) -> str:
        margin: Decimal | None = self.now("margin_mm")
        if margin is None:
            return ""
        suggested, words = rules.residual_from_margin(margin)
        chosen = self.now("residual")
        if chosen in (None, suggested, *Absent.values):
            return words
        return f"{words} {chosen} is chosen: both are kept as they are."

    def _as_metastasis(self) -> str:
        code = rules.as_metastasis(self.now("morphology") or "")
        spread = self.primary_site and self.primary_site not in BEGUN_IN_LIVER
        in_liver = self.now("specimen_site") == SpecimenSite.LIVER
        return f"As a metastasis in the liver: ICD-O-3 {code}." if code and spread and in_liver else ""


def _contradictions(said: dict[str, Any]) -> dict[str, str]:
    """What two answers together cannot mean, at the one that is to be looked at."""
    found = {}
    morphology, differentiation = said.get("morphology"), said.get("differentiation")
    if morphology == Morphology.OTHER and not said.get("morphology_note"):
        found["morphology_note"] = "Name the histology in words."
    if said.get("positive_biopsy_or_cytology") == Known.NO and (morphology or "").endswith("/3"):
        found["positive_biopsy_or_cytology"] = "A malignant histology is chosen below. Check both."
    if morphology in rules.CARCINOMAS and differentiation == "well":
        found["differentiation"] = "A neuroendocrine carcinoma is poorly differentiated. Check both."
    if morphology in rules.TUMOURS and differentiation in {"poor", "undifferentiated"}:
        found["differentiation"] = "A neuroendocrine tumour is well differentiated. Check both."
    if said.get("regression") == Regression.G1 and said.get("viable_percent"):
        found["viable_percent"] = "Grade 1 means that no tumour is left. Check both."
    staged = said.get("pt") or said.get("pn") not in {None, "", *Absent.values}
    if staged and said.get("tnm_edition") in {None, "", *Absent.values}:
        found["tnm_edition"] = "Say which edition of TNM this stage is of."
    of_primary = said.get("specimen_site") == SpecimenSite.PRIMARY
    if of_primary and said.get("pn") in {"N1", "N2"} and said.get("primary_node_positive") == Known.NO:
        found["primary_node_positive"] = f"p{said['pn']} of the primary is given above. Check both."
    return found
