"""What is the code of this choice? One book for every coded choice of the program, by the name of its list.

A list of choices that belongs to the board's own work (who sits where, how far a case is) needs no code of an
international vocabulary: the whole list says why.
"""

from collections.abc import Mapping

from cases.domain.biomarkers import MARKERS as ALL_MARKERS
from cases.domain.codes import disease, findings
from cases.domain.codes.systems import Code, NoCode, icdo
from cases.vocabulary import Analyte

Entry = tuple[Code, ...] | NoCode
WORK = NoCode("The work of a board, not a clinical finding.")
NATIONAL = NoCode(
    "Procedures have national codes (OPCS-4, CPT, ICD-10-PCS); kept in words until those are set."
)
SCHEME = NoCode("The letters and numbers are those of the published scheme itself.")
JUDGEMENT = NoCode("A judgement of the discipline, kept as recorded.")
IMAGE = NoCode("Imaging is named as in DICOM and the radiology system.")
PATHOLOGY = NoCode("Said in the words of the pathology report; the datasets of the national college code it.")
ANATOMY = NoCode("Not checked in a SNOMED CT browser yet; kept as recorded.")
ANSWER = NoCode("An answer to a question; the question carries the code.")

WHOLE: Mapping[str, NoCode] = {
    **dict.fromkeys(
        (
            "Role",
            "Specialty",
            "CaseStatus",
            "Urgency",
            "InputStatus",
            "MeetingStatus",
            "ItemStatus",
            "Lane",
            "LetterStatus",
            "ActionReport",
            "NotDoneReason",
            "WishWeight",
            "Confidence",
            "RowOutcome",
            "RunStatus",
            "Comparator",
            "Listing",
            "Workup",
            "PalliativeReferral",
            "Preference",
            "Agreement",
            "QuestionTopic",
            "ActionRole",
            "GuidelineUse",
            "TrialConsidered",
            "ChecklistItem",
            "DecisionSection",
            "RatificationAnswer",
            "MatterKind",
            "LetterKind",
            "Reply",
            "HolidayRule",
            "MailChoice",
            "CalendarChoice",
            "FileKind",
            "ScanState",
            "EmergencyReason",
            "EmergencyVerdict",
            "UnusualRule",
            "TrailReason",
        ),
        WORK,
    ),
    **dict.fromkeys(
        (
            "ActionKind",
            "LesionPlanKind",
            "LocalTreatment",
            "Opinion",
            "AblationModality",
            "AddedProcedure",
            "Hypertrophy",
            "Drainage",
            "Reintervention",
            "Approach",
            "Anaesthesia",
            "SynchronousStrategy",
            "Motion",
            "Y90Product",
            "DoseMethod",
            "VolumetryMethod",
        ),
        NATIONAL,
    ),
    **dict.fromkeys(
        (
            "LiRads",
            "Michels",
            "PortalThrombus",
            "AsaClass",
            "Regression",
            "Nodes",
            "Edition",
            "Residual",
            "NutritionTool",
            "QualityOfLife",
            "NonTarget",
            "Differentiation",
        ),
        SCHEME,
    ),
    **dict.fromkeys(
        (
            "LiverFunction",
            "LiverBackground",
            "PrimaryControl",
            "ExtrahepaticDisease",
            "StopReason",
            "Contraindication",
            "Indication",
            "AfpTrend",
            "Timing",
            "Toxicity",
            "HormoneSyndrome",
        ),
        JUDGEMENT,
    ),
    **dict.fromkeys(("Modality", "Phase", "ImageQuality", "VisibleOn", "Staging"), IMAGE),
    **dict.fromkeys(("Specimen", "SpecimenSite", "GrowthPattern"), PATHOLOGY),
    **dict.fromkeys(
        (
            "Organ",
            "OrganAtRisk",
            "Side",
            "ColonSide",
            "MelanomaType",
            "VascularInvasion",
            "BileDucts",
            "BiliaryStatus",
            "PortalVein",
            "Shunt",
            "VesselContact",
        ),
        ANATOMY,
    ),
    **dict.fromkeys(
        (
            "Known",
            "Absent",
            "Ascites",
            "Encephalopathy",
            "ViralLoad",
            "Dpyd",
            "LiverDisease",
            "Diabetes",
            "OtherTumour",
        ),
        ANSWER,
    ),
    "CharlsonItem": NoCode("Each item of the index stands for many codes; those in use differ by country."),
    "Sex": NoCode("Told as FHIR's administrative gender."),
}


def _morphology() -> dict[str, Entry]:
    """ICD-O-3 is its own code; the same tumour as a metastasis has behaviour /6."""
    codes = (
        *("8170/3", "8171/3", "8180/3", "8160/3", "8240/3", "8249/3", "8246/3", "8013/3", "8041/3"),
        *("8936/3", "8140/3", "8480/3", "8490/3", "8070/3", "8500/3", "8520/3", "8120/3", "8310/3"),
        *("8312/3", "8720/3"),
    )
    known: dict[str, Entry] = {
        code: (icdo(code, confirmed=code in disease.CONFIRMED_MORPHOLOGY),) for code in codes
    }
    return known | {"OTHER": NoCode("Another histology is told in words; its code follows from those.")}


BY_CHOICE: Mapping[str, Mapping[str, Entry]] = {
    "PrimarySite": disease.PRIMARY,
    "MetastaticSite": disease.METASTATIC,
    "Aetiology": disease.AETIOLOGY,
    "Comorbidity": disease.COMORBIDITY,
    "Symptom": findings.SYMPTOMS,
    "Complication": findings.COMPLICATIONS,
    "Intent": findings.INTENT,
    "Response": findings.RESPONSE,
    "Segment": findings.SEGMENTS,
    "Vessel": findings.VESSELS,
    "Morphology": _morphology(),
    "Analyte": {code: findings.laboratory(code) for code in Analyte.values},
    "Marker": {code: findings.MARKERS.get(code, findings.NO_MARKER_CODE) for code in ALL_MARKERS},
}


def entry(choices: str, value: str) -> Entry:
    """KeyError when nobody has thought of this choice."""
    return WHOLE[choices] if choices in WHOLE else BY_CHOICE[choices][value]


def codes_of(choices: str, value: str) -> tuple[Code, ...]:
    found = entry(choices, value)
    return () if isinstance(found, NoCode) else found


def reason_for_none(choices: str, value: str) -> str:
    found = entry(choices, value)
    return found.reason if isinstance(found, NoCode) else ""


def mapped(choices: str) -> bool:
    """Whether the choices of this list have codes of their own, one by one."""
    return choices in BY_CHOICE
