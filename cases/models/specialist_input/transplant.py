"""What do the transplant surgeon and the hepatologist judge? Its status is a fact of the case."""

from django.db import models

from cases.models._record import (
    all_codes,
    code_list,
    coded,
    coded_list,
    frozen_with_parent,
    number,
    ranges,
    words,
)
from cases.models.specialist_input.request import InputDetails
from cases.vocabulary import Known, LocalTreatment
from tumorboard.audit.history import tracked


class Indication(models.TextChoices):
    HCC = "HCC", "Hepatocellular carcinoma"
    NET = "NET", "Neuroendocrine metastases"
    CRLM = "CRLM", "Colorectal metastases"
    PCCA = "PCCA", "Perihilar cholangiocarcinoma"
    ICCA = "ICCA", "Intrahepatic cholangiocarcinoma"
    LIVER_FAILURE = "LIVER_FAILURE", "Liver failure"
    OTHER = "OTHER", "Other"
    NONE = "NONE", "No indication"


class Contraindication(models.TextChoices):
    INFECTION = "INFECTION", "Active infection"
    EXTRAHEPATIC_CANCER = "EXTRAHEPATIC_CANCER", "Uncontrolled cancer outside the liver"
    CARDIOPULMONARY = "CARDIOPULMONARY", "Severe cardiopulmonary disease"
    SUBSTANCE_USE = "SUBSTANCE_USE", "Ongoing substance use without a plan"
    NO_SUPPORT = "NO_SUPPORT", "No support"
    OTHER = "OTHER", "Other"


class Listing(models.TextChoices):
    NOT_IN_ASSESSMENT = "NOT_IN_ASSESSMENT", "Not in assessment"
    IN_ASSESSMENT = "IN_ASSESSMENT", "In assessment"
    LISTED = "LISTED", "Listed"
    SUSPENDED = "SUSPENDED", "Suspended"
    DELISTED = "DELISTED", "Delisted"
    TRANSPLANTED = "TRANSPLANTED", "Transplanted"


class AfpTrend(models.TextChoices):
    FALLING = "FALLING", "Falling"
    STABLE = "STABLE", "Stable"
    RISING = "RISING", "Rising"


class Workup(models.TextChoices):
    NOT_STARTED = "NOT_STARTED", "Not started"
    UNDER_WAY = "UNDER_WAY", "Under way"
    SATISFACTORY = "SATISFACTORY", "Satisfactory"
    PROHIBITIVE = "PROHIBITIVE", "Prohibitive"


class ViralLoad(models.TextChoices):
    UNDETECTABLE = "UNDETECTABLE", "Undetectable"
    DETECTABLE = "DETECTABLE", "Detectable"
    NOT_INFECTED = "NOT_INFECTED", "Not infected"


ANSWERED = (
    "absolute_contraindication",
    "living_donor",
    "unresectable_by_panel",
    "primary_portal_drained",
    "primary_removed_before_transplant",
    "neoadjuvant_protocol_available",
    "psc",
)
HVPG = (0, 60)


@tracked
class TransplantInput(InputDetails):
    indication = coded("indication", Indication)
    absolute_contraindication = coded("absolute contraindication", Known)
    contraindications = coded_list(Contraindication.choices)
    contraindication_note = words("contraindication, in words")
    listing = coded("listing", Listing)
    living_donor = coded("living donor", Known)
    unresectable_by_panel = coded("definitively unresectable, by an expert panel", Known)
    hvpg_mmhg = number("hepatic venous pressure gradient (mmHg)", HVPG)
    varices_grade = number("grade of varices", (0, 4), places=0)
    icg_r15_percent = number("ICG retention at 15 minutes (%)", (0, 100))
    bridging = coded_list(LocalTreatment.choices)
    afp_trend = coded("AFP trend", AfpTrend)
    hbv_dna = coded("HBV DNA", ViralLoad)
    hcv_rna = coded("HCV RNA", ViralLoad)
    alcohol_months_abstinent = number("abstinent from alcohol (months)", (0, 600))
    cardiac_workup = coded("cardiac work-up", Workup)
    psychosocial = coded("psychosocial assessment", Workup)
    psychosocial_note = words("support, in words")
    primary_portal_drained = coded("primary drained by the portal vein", Known)
    primary_removed_before_transplant = coded(
        "primary removed before transplant, in an operation of its own", Known
    )
    psc = coded("arising in primary sclerosing cholangitis", Known)
    neoadjuvant_protocol_available = coded("written neoadjuvant protocol available", Known)

    class Meta:
        constraints = [
            *all_codes("transplant", Known, *ANSWERED),
            *all_codes("transplant", Indication, "indication"),
            *all_codes("transplant", Listing, "listing"),
            *all_codes("transplant", AfpTrend, "afp_trend"),
            *all_codes("transplant", ViralLoad, "hbv_dna", "hcv_rna"),
            *all_codes("transplant", Workup, "cardiac_workup", "psychosocial"),
            code_list("transplant", "contraindications", Contraindication),
            code_list("transplant", "bridging", LocalTreatment),
            *ranges(
                "transplant",
                hvpg_mmhg=HVPG,
                varices_grade=(0, 4),
                icg_r15_percent=(0, 100),
                alcohol_months_abstinent=(0, 600),
            ),
        ]
        triggers = [frozen_with_parent("transplant_input", table="cases_specialistinput", column="input_id")]

    def __str__(self):
        return f"transplant for {self.input_id}"
