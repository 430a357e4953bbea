"""Two metastases of a breast cancer that hormones hold."""

from decimal import Decimal

from cases.management.demonstration.answers.told import Asked, Told
from cases.vocabulary import Specialty


def pathology(asked: Asked) -> Told:
    details = {
        "specimen": "CORE_BIOPSY",
        "specimen_site": "LIVER",
        "specimen_on": asked.ago(410),
        "positive_biopsy_or_cytology": "YES",
        "morphology": "8500/3",
        "differentiation": "moderate",
        "biomarkers": [
            {"marker": "ER", "result": "positive", "figure": Decimal(90)},
            {"marker": "PR", "result": "positive", "figure": Decimal(40)},
            {"marker": "HER2", "result": "1+"},
            {"marker": "ESR1", "result": "NOT_TESTED"},
        ],
    }
    return Told("SYSTEMIC", "MEDIUM", "Hormone receptor positive, HER2 low.", details)


TOLD = {Specialty.PATHOLOGY: pathology}
