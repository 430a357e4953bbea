"""How does what is known of the tumour, the liver and the patient come into the record?"""

from cases.services.disease.comorbidity import record_comorbidity, record_course, waive
from cases.services.disease.condition import (
    record_fitness,
    record_liver_status,
    record_symptoms,
    record_wish,
)
from cases.services.disease.describing import describe_lesion, measure_lesion
from cases.services.disease.diagnosis import amend_diagnosis
from cases.services.disease.laboratory import record_labs
from cases.services.disease.lesions import record_imaging, record_lesions
from cases.services.disease.referred import record_referred
from cases.services.disease.withdrawing import withdraw_fact

__all__ = [
    "amend_diagnosis",
    "describe_lesion",
    "measure_lesion",
    "record_comorbidity",
    "record_course",
    "record_fitness",
    "record_imaging",
    "record_labs",
    "record_lesions",
    "record_liver_status",
    "record_referred",
    "record_symptoms",
    "record_wish",
    "waive",
    "withdraw_fact",
]
