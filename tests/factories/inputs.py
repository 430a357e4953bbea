"""What disciplines are asked and answer, made directly; and words that each could sign."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from cases.models import BiomarkerResult, PathologyInput, SpecialistInput
from cases.vocabulary import InputStatus, Specialty

OPINION = {
    "opinion": "RESECT",
    "confidence": "HIGH",
    "opinion_reason": "Two lesions, both in the right liver.",
    "conflict_of_interest": False,
}

DETAILS = {
    Specialty.SURGERY: {"resectable": "YES", "segments_to_resect": ["6", "7"], "flr_volume_ml": Decimal(400)},
    Specialty.RADIOLOGY: {
        "modality": "MRI",
        "studied_on": date(2026, 11, 10),
        "lesion_count": 2,
        "extrahepatic_seen": "NO",
    },
    Specialty.INTERVENTIONAL: {"ablatable": "YES", "embolisation_suitable": "YES"},
    Specialty.ONCOLOGY: {
        "lines_given": 1,
        "fit_for_systemic": "YES",
        "lines": [{"regimen": "FOLFOX", "started_on": date(2026, 2, 3), "best_response": "PR"}],
    },
    Specialty.PATHOLOGY: {
        "specimen": "CORE_BIOPSY",
        "morphology": "8140/3",
        "biomarkers": [{"marker": "KRAS", "result": "mutated", "variant": "G12D"}],
    },
    Specialty.TRANSPLANT: {"absolute_contraindication": "NO", "indication": "CRLM"},
    Specialty.RADIATION: {"sbrt_suitable": "YES", "dose_gy": Decimal(45), "fractions": 3},
    Specialty.NURSING: {"patient_informed": "YES", "esas_pain": 0},
}


def an_input(case, asked_of=None, specialty=Specialty.SURGERY, **more):
    """Asked, and not answered yet."""
    defaults = {"asked_at": timezone.now(), "created_by": case.referred_by, "presentation": case.presentation}
    return SpecialistInput.objects.create(
        case=case, specialty=specialty, asked_of=asked_of, **(defaults | more)
    )


def a_signed_input(case, signed_by, specialty=Specialty.SURGERY, **more):
    return an_input(
        case,
        asked_of=signed_by,
        specialty=specialty,
        status=InputStatus.SIGNED,
        signed_at=timezone.now(),
        signed_by=signed_by,
        **(OPINION | more),
    )


def a_signed_pathology(case, pathologist, results):
    """`results`: marker -> what came out, or why there is nothing."""
    asked = an_input(case, pathologist, Specialty.PATHOLOGY)
    details = PathologyInput.objects.create(input=asked)
    for marker, result in results.items():
        BiomarkerResult.objects.create(details=details, marker=marker, result=result, created_by=pathologist)
    signed = {"status": InputStatus.SIGNED, "signed_at": timezone.now(), "signed_by": pathologist}
    SpecialistInput.objects.filter(pk=asked.pk).update(**signed, **OPINION)
    return asked
