"""What does the pathologist say that it is?"""

from django.db import models
from django.db.models import Q

from cases.domain.biomarkers import MARKERS, WORDS
from cases.models._record import (
    PERCENT,
    Record,
    all_codes,
    coded,
    frozen_with_parent,
    number,
    ranges,
    words,
)
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Absent, Known
from tumorboard.audit.history import tracked


class Specimen(models.TextChoices):
    CORE_BIOPSY = "CORE_BIOPSY", "Core biopsy"
    FNA = "FNA", "Fine-needle aspiration"
    RESECTION = "RESECTION", "Resection"
    EXPLANT = "EXPLANT", "Explant"
    CYTOLOGY = "CYTOLOGY", "Cytology"
    LIQUID_BIOPSY = "LIQUID_BIOPSY", "Liquid biopsy"


class SpecimenSite(models.TextChoices):
    LIVER = "LIVER", "Liver"
    PRIMARY = "PRIMARY", "Primary"
    NODE = "NODE", "Lymph node"
    OTHER = "OTHER", "Other"


class Morphology(models.TextChoices):
    """ICD-O-3 morphology with the behaviour of a primary; `/6` is the same tumour as a metastasis."""

    HCC = "8170/3", "Hepatocellular carcinoma"
    FIBROLAMELLAR = "8171/3", "Fibrolamellar carcinoma"
    COMBINED = "8180/3", "Combined hepatocellular carcinoma and cholangiocarcinoma"
    CHOLANGIOCARCINOMA = "8160/3", "Cholangiocarcinoma"
    NET_G1 = "8240/3", "Neuroendocrine tumour, G1"
    NET_G2 = "8249/3", "Neuroendocrine tumour, G2 or G3"
    NEC = "8246/3", "Neuroendocrine carcinoma"
    NEC_LARGE = "8013/3", "Large-cell neuroendocrine carcinoma"
    NEC_SMALL = "8041/3", "Small-cell carcinoma"
    GIST = "8936/3", "Gastrointestinal stromal tumour"
    ADENOCARCINOMA = "8140/3", "Adenocarcinoma"
    MUCINOUS = "8480/3", "Mucinous adenocarcinoma"
    SIGNET_RING = "8490/3", "Signet-ring cell carcinoma"
    SQUAMOUS = "8070/3", "Squamous cell carcinoma"
    DUCTAL = "8500/3", "Ductal carcinoma"
    LOBULAR = "8520/3", "Lobular carcinoma"
    UROTHELIAL = "8120/3", "Urothelial carcinoma"
    RENAL_CLEAR = "8310/3", "Clear cell carcinoma"
    RENAL_NOS = "8312/3", "Renal cell carcinoma"
    MELANOMA = "8720/3", "Melanoma"
    OTHER = "OTHER", "Other, in words"


class Differentiation(models.TextChoices):
    WELL = "well", "Well"
    MODERATE = "moderate", "Moderate"
    POOR = "poor", "Poor"
    UNDIFFERENTIATED = "undifferentiated", "Undifferentiated"


class Residual(models.TextChoices):
    R0 = "R0", "R0 none"
    R1 = "R1", "R1 microscopic"
    R2 = "R2", "R2 macroscopic"
    RX = "RX", "RX not assessable"


class Regression(models.TextChoices):
    G1 = "1", "1 no tumour left"
    G2 = "2", "2 rare cells"
    G3 = "3", "3 fibrosis over tumour"
    G4 = "4", "4 tumour over fibrosis"
    G5 = "5", "5 no regression"


class GrowthPattern(models.TextChoices):
    DESMOPLASTIC = "DESMOPLASTIC", "Desmoplastic"
    REPLACEMENT = "REPLACEMENT", "Replacement"
    PUSHING = "PUSHING", "Pushing"
    MIXED = "MIXED", "Mixed"


class Nodes(models.TextChoices):
    N0 = "N0", "N0"
    N1 = "N1", "N1"
    N2 = "N2", "N2"


class Edition(models.TextChoices):
    TNM7 = "7", "7th"
    TNM8 = "8", "8th"
    TNM9 = "9", "9th"


ANSWERED = (
    "positive_biopsy_or_cytology",
    "microvascular_invasion",
    "sos",
    "steatohepatitis",
    "aneuploidy",
    "transperitoneal_biopsy_done",
    "primary_node_positive",
)
FIGURES = {
    "ki67_percent": PERCENT,
    "mitoses_per_2mm2": (0, 500),
    "margin_mm": (0, 300),
    "viable_percent": PERCENT,
    "fibrosis_stage": (0, 4),
    "steatosis_percent": PERCENT,
}


@tracked
class PathologyInput(InputDetails):
    specimen = coded("specimen", Specimen)
    specimen_site = coded("taken from", SpecimenSite)
    specimen_on = models.DateField("taken on", null=True, blank=True)
    positive_biopsy_or_cytology = coded("malignancy shown", Known)
    morphology = coded("histology (ICD-O-3)", Morphology)
    morphology_note = words("histology, in words")
    differentiation = coded("differentiation", Differentiation)
    ihc_origin = words("stains for the origin", help_text="Such as CK7 −, CK20 +, CDX2 +, SATB2 +.")
    ki67_percent = number("Ki-67 (%)", FIGURES["ki67_percent"])
    mitoses_per_2mm2 = number("mitoses per 2 mm²", FIGURES["mitoses_per_2mm2"])
    margin_mm = number("margin (mm)", FIGURES["margin_mm"])
    residual = coded("residual tumour", Residual)
    regression = coded("regression grade", Regression)
    viable_percent = number("viable tumour (%)", FIGURES["viable_percent"])
    growth_pattern = coded("growth pattern", GrowthPattern)
    microvascular_invasion = coded("microvascular invasion", Known)
    fibrosis_stage = number("fibrosis of the liver, stage", FIGURES["fibrosis_stage"], places=0)
    steatosis_percent = number("steatosis (%)", FIGURES["steatosis_percent"])
    sos = coded("sinusoidal obstruction", Known)
    steatohepatitis = coded("steatohepatitis", Known)
    aneuploidy = coded("aneuploidy", Known)
    transperitoneal_biopsy_done = coded("primary biopsied through the peritoneum", Known)
    primary_node_positive = coded("nodes of the primary involved", Known)
    pt = words("pT")
    pn = coded("pN", Nodes)
    tnm_edition = coded("TNM edition", Edition)
    comment = models.TextField("comment", blank=True)

    class Meta:
        constraints = [
            *all_codes("pathology", Specimen, "specimen"),
            *all_codes("pathology", SpecimenSite, "specimen_site"),
            *all_codes("pathology", Morphology, "morphology"),
            *all_codes("pathology", Differentiation, "differentiation"),
            *all_codes("pathology", Residual, "residual"),
            *all_codes("pathology", Regression, "regression"),
            *all_codes("pathology", GrowthPattern, "growth_pattern"),
            *all_codes("pathology", Nodes, "pn"),
            *all_codes("pathology", Edition, "tnm_edition"),
            *all_codes("pathology", Known, *ANSWERED),
            *ranges("pathology", **FIGURES),
        ]
        triggers = [frozen_with_parent("pathology_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"pathology for {self.input_id}"


@tracked
class BiomarkerResult(Record):
    """One marker of one specimen: what came out, how, where and when."""

    details = models.ForeignKey(PathologyInput, on_delete=models.PROTECT, related_name="biomarkers")
    marker = models.TextField(choices=[(one.code, one.name) for one in MARKERS.values()])
    result = models.TextField(choices=[*WORDS.items(), *Absent.choices])
    figure = number("figure", (0, 10000))
    variant = models.CharField("variant or codon", max_length=120, blank=True)
    method = models.CharField(max_length=120, blank=True)
    laboratory = models.CharField(max_length=120, blank=True)
    tested_on = models.DateField("tested on", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(marker__in=list(MARKERS)), name="biomarker_is_known"),
            models.CheckConstraint(
                condition=Q(result__in=[*WORDS, *Absent.values]), name="biomarker_result_is_a_known_code"
            ),
            *ranges("biomarker", figure=(0, 10000)),
            models.UniqueConstraint(fields=["details", "marker"], name="one_result_a_marker"),
        ]
        triggers = [frozen_with_parent("biomarker", table="cases_specialistinput", column="details_id")]

    def __str__(self):
        return f"{self.marker}: {self.result}"
