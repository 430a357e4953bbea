"""What is known of the tumour, the liver and the patient?"""

from cases.models.disease.comorbidity import ComorbidityReview, TreatmentCourse, Waiver
from cases.models.disease.condition import Fitness, LiverStatus, PatientWish, SymptomReport
from cases.models.disease.diagnosis import Diagnosis
from cases.models.disease.laboratory import Comparator, LabResult
from cases.models.disease.lesions import ImagingStudy, Lesion, LesionMeasurement

__all__ = [
    "ComorbidityReview",
    "Comparator",
    "Diagnosis",
    "Fitness",
    "ImagingStudy",
    "LabResult",
    "Lesion",
    "LesionMeasurement",
    "LiverStatus",
    "PatientWish",
    "SymptomReport",
    "TreatmentCourse",
    "Waiver",
]
