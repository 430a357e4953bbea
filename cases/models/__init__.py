"""The record: a module a room."""

from cases.models.attachment import CaseFile
from cases.models.board import CaseCounter, Membership, TumorBoard
from cases.models.calendar import Absence, ClosedDay, MailSettings, MeetingSeries
from cases.models.case import Case, StatusChange
from cases.models.chase import ChaseNote
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
from cases.models.draft import Draft
from cases.models.emergency import EmergencyAccess
from cases.models.follow_up import ActionUpdate, Matter
from cases.models.hospital import Hospital
from cases.models.intake import ImportedRecord, ImportProfile, ImportRow, ImportRun
from cases.models.letter import Letter
from cases.models.meeting import AgendaItem, Attendance, EarlyLeave, Guest, Meeting
from cases.models.patient import Patient
from cases.models.plan import ActionLesion, LesionPlan, RecommendedAction
from cases.models.publication import Publication
from cases.models.quorum import QuorumRule
from cases.models.ratification import Ratification
from cases.models.recommendation import Amendment, Dissent, Recommendation, SectionVersion
from cases.models.reply import MeetingReply
from cases.models.room_session import RoomSession
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
from cases.models.unusual import UnusualAccess

__all__ = [
    "Absence",
    "ActionLesion",
    "ActionUpdate",
    "AddendumRequest",
    "AgendaItem",
    "Amendment",
    "Attendance",
    "BiomarkerResult",
    "Case",
    "CaseCounter",
    "CaseFile",
    "ChaseNote",
    "ClosedDay",
    "ComorbidityReview",
    "Diagnosis",
    "Dissent",
    "Draft",
    "EarlyLeave",
    "EmergencyAccess",
    "Fitness",
    "Guest",
    "Hospital",
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
    "MailSettings",
    "Matter",
    "Meeting",
    "MeetingReply",
    "MeetingSeries",
    "Membership",
    "NodeFinding",
    "NursingInput",
    "OncologyInput",
    "PathologyInput",
    "Patient",
    "PatientWish",
    "Publication",
    "QuorumRule",
    "RadiationInput",
    "RadiologyInput",
    "Ratification",
    "Recommendation",
    "RecommendedAction",
    "RoomSession",
    "SectionVersion",
    "SpecialistInput",
    "StatusChange",
    "SurgicalInput",
    "SymptomReport",
    "SystemicLine",
    "TransplantInput",
    "TreatmentCourse",
    "TumorBoard",
    "UnusualAccess",
    "Waiver",
]
