"""The record: a module a room."""

from cases.models.board import CaseCounter, Draft, Membership, QuorumRule, TumorBoard
from cases.models.case import Case, StatusChange
from cases.models.disease import (
    ComorbidityReview,
    Diagnosis,
    Fitness,
    ImagingStudy,
    LabResult,
    Lesion,
    LesionMeasurement,
    LiverStatus,
    PatientWish,
    SymptomReport,
    TreatmentCourse,
    Waiver,
)
from cases.models.follow_up import ActionUpdate, Matter
from cases.models.intake import ImportedRecord, ImportProfile, ImportRow, ImportRun
from cases.models.letter import Letter
from cases.models.meeting import AgendaItem, Attendance, EarlyLeave, Guest, Meeting
from cases.models.patient import Patient
from cases.models.plan import ActionLesion, LesionPlan, RecommendedAction
from cases.models.ratification import Ratification
from cases.models.recommendation import Amendment, Dissent, Recommendation, SectionVersion
from cases.models.specialist_input import (
    AddendumRequest,
    BiomarkerResult,
    InterventionalInput,
    LesionAccess,
    NodeFinding,
    NursingInput,
    OncologyInput,
    PathologyInput,
    RadiationInput,
    RadiologyInput,
    SpecialistInput,
    SurgicalInput,
    SystemicLine,
    TransplantInput,
)

__all__ = [
    "ActionLesion",
    "ActionUpdate",
    "AddendumRequest",
    "AgendaItem",
    "Amendment",
    "Attendance",
    "BiomarkerResult",
    "Case",
    "CaseCounter",
    "ComorbidityReview",
    "Diagnosis",
    "Dissent",
    "Draft",
    "EarlyLeave",
    "Fitness",
    "Guest",
    "ImagingStudy",
    "ImportProfile",
    "ImportRow",
    "ImportRun",
    "ImportedRecord",
    "InterventionalInput",
    "LabResult",
    "Lesion",
    "LesionAccess",
    "LesionMeasurement",
    "LesionPlan",
    "Letter",
    "LiverStatus",
    "Matter",
    "Meeting",
    "Membership",
    "NodeFinding",
    "NursingInput",
    "OncologyInput",
    "PathologyInput",
    "Patient",
    "PatientWish",
    "QuorumRule",
    "RadiationInput",
    "RadiologyInput",
    "Ratification",
    "Recommendation",
    "RecommendedAction",
    "SectionVersion",
    "SpecialistInput",
    "StatusChange",
    "SurgicalInput",
    "SymptomReport",
    "SystemicLine",
    "TransplantInput",
    "TreatmentCourse",
    "TumorBoard",
    "Waiver",
]
