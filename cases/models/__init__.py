"""The record: a module a room."""

from cases.models.board import CaseCounter, Draft, Membership, TumorBoard
from cases.models.case import Case, StatusChange
from cases.models.disease import (
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    PatientWish,
    SymptomReport,
)
from cases.models.follow_up import ActionUpdate
from cases.models.intake import ImportedRecord, ImportProfile, ImportRow, ImportRun
from cases.models.letter import Letter
from cases.models.meeting import AgendaItem, Attendance, Meeting
from cases.models.patient import Patient
from cases.models.recommendation import ActionLesion, Amendment, Dissent, Recommendation, RecommendedAction
from cases.models.specialist_input import (
    InterventionalInput,
    OncologyInput,
    RadiologyInput,
    SpecialistInput,
    SurgicalInput,
    SystemicLine,
)

__all__ = [
    "ActionLesion",
    "ActionUpdate",
    "AgendaItem",
    "Amendment",
    "Attendance",
    "Case",
    "CaseCounter",
    "Diagnosis",
    "Dissent",
    "Draft",
    "Fitness",
    "ImagingStudy",
    "ImportProfile",
    "ImportRow",
    "ImportRun",
    "ImportedRecord",
    "InterventionalInput",
    "LabResult",
    "Lesion",
    "LesionMeasurement",
    "Letter",
    "LiverStatus",
    "Meeting",
    "Membership",
    "OncologyInput",
    "Patient",
    "PatientWish",
    "RadiologyInput",
    "Recommendation",
    "RecommendedAction",
    "SpecialistInput",
    "StatusChange",
    "SurgicalInput",
    "SymptomReport",
    "SystemicLine",
    "TumorBoard",
]
