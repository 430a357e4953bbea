"""Which words does the board use? Every coded choice of the pathway, stored code and spoken label."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is to one board."""

    COORDINATOR = "COORDINATOR", "Coordinator"
    CHAIR = "CHAIR", "Chair"
    MEMBER = "MEMBER", "Member"
    REFERRER = "REFERRER", "Referrer"
    OBSERVER = "OBSERVER", "Observer"


class Specialty(TextChoices):
    """The disciplines that contribute; `short` is what fits on a chip."""

    SURGERY = "SURGERY", "Hepatobiliary surgery"
    TRANSPLANT = "TRANSPLANT", "Transplant surgery and hepatology"
    ONCOLOGY = "ONCOLOGY", "Medical oncology"
    RADIOLOGY = "RADIOLOGY", "Diagnostic radiology"
    INTERVENTIONAL = "INTERVENTIONAL", "Interventional radiology"
    PATHOLOGY = "PATHOLOGY", "Pathology"
    RADIATION = "RADIATION", "Radiation oncology"
    NURSING = "NURSING", "Clinical nurse specialist and palliative care"

    @property
    def short(self) -> str:
        return _SPECIALTY_SHORT[self]


_SPECIALTY_SHORT = {
    Specialty.SURGERY: "SUR",
    Specialty.TRANSPLANT: "TX",
    Specialty.ONCOLOGY: "ONC",
    Specialty.RADIOLOGY: "RAD",
    Specialty.INTERVENTIONAL: "IR",
    Specialty.PATHOLOGY: "PATH",
    Specialty.RADIATION: "RT",
    Specialty.NURSING: "CNS",
}


class CaseStatus(TextChoices):
    DRAFT = "DRAFT", "Draft"
    REFERRED = "REFERRED", "Referred"
    RETURNED = "RETURNED", "Returned"
    PREPARING = "PREPARING", "Preparing"
    LISTED = "LISTED", "Listed"
    DISCUSSED = "DISCUSSED", "Discussed"
    DECIDED = "DECIDED", "Decided"
    CLOSED = "CLOSED", "Closed"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class Urgency(TextChoices):
    ROUTINE = "ROUTINE", "Routine"
    SOON = "SOON", "Soon (within two weeks)"
    EMERGENCY = "EMERGENCY", "Emergency"


class Sex(TextChoices):
    FEMALE = "FEMALE", "female"
    MALE = "MALE", "male"
    OTHER = "OTHER", "other"
    UNKNOWN = "UNKNOWN", "not known"


class PrimarySite(TextChoices):
    BLADDER = "BLADDER", "Bladder"
    BREAST = "BREAST", "Breast"
    NET_GEP = "NET_GEP", "Neuroendocrine (gastro-entero-pancreatic)"
    CERVICAL = "CERVICAL", "Cervix"
    COLORECTAL = "COLORECTAL", "Colon or rectum"
    OESOPHAGEAL = "OESOPHAGEAL", "Oesophagus"
    GIST = "GIST", "Gastrointestinal stromal tumour"
    KIDNEY = "KIDNEY", "Kidney"
    LUNG = "LUNG", "Lung"
    MELANOMA = "MELANOMA", "Melanoma"
    PANCREATIC = "PANCREATIC", "Pancreas"
    PROSTATE = "PROSTATE", "Prostate"
    HCC = "HCC", "Hepatocellular carcinoma (primary liver)"
    ICCA = "ICCA", "Intrahepatic cholangiocarcinoma (primary liver)"
    PCCA = "PCCA", "Perihilar cholangiocarcinoma (primary liver)"
    UNKNOWN_PRIMARY = "UNKNOWN_PRIMARY", "Unknown primary"
    OTHER = "OTHER", "Other"

    @property
    def is_primary_liver(self) -> bool:
        return self in {PrimarySite.HCC, PrimarySite.ICCA, PrimarySite.PCCA}


class PrimaryControl(TextChoices):
    RESECTED_R0 = "RESECTED_R0", "Resected, R0"
    CONTROLLED = "CONTROLLED", "Controlled"
    RESECTABLE = "RESECTABLE", "In place, resectable"
    IN_SITU_UNCONTROLLED = "IN_SITU_UNCONTROLLED", "In place, not controlled"
    PROGRESSING = "PROGRESSING", "Progressing"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Not applicable (primary liver tumour)"
    UNKNOWN = "UNKNOWN", "Not known"


class ExtrahepaticDisease(TextChoices):
    NONE = "NONE", "None found"
    RESECTABLE = "RESECTABLE", "Present, resectable"
    UNRESECTABLE = "UNRESECTABLE", "Present, not resectable"
    PRESENT = "PRESENT", "Present, whether resectable is open"
    UNKNOWN = "UNKNOWN", "Not assessed yet"


class MetastaticSite(TextChoices):
    LUNG = "LUNG", "Lung"
    BONE = "BONE", "Bone"
    BRAIN = "BRAIN", "Brain"
    PERITONEUM = "PERITONEUM", "Peritoneum"
    NONREGIONAL_NODES = "NONREGIONAL_NODES", "Non-regional lymph nodes"
    SKIN_SOFT_TISSUE = "SKIN_SOFT_TISSUE", "Skin or soft tissue"
    ADRENAL = "ADRENAL", "Adrenal gland"
    PLEURA = "PLEURA", "Pleura"
    OTHER = "OTHER", "Other"


class Timing(TextChoices):
    """When the liver disease showed, against the diagnosis of the primary (derived, never stored)."""

    SYNCHRONOUS = "SYNCHRONOUS", "Synchronous"
    EARLY_METACHRONOUS = "EARLY_METACHRONOUS", "Early metachronous (within 12 months)"
    LATE_METACHRONOUS = "LATE_METACHRONOUS", "Late metachronous (after 12 months)"


class Symptom(TextChoices):
    CONFUSION = "CONFUSION", "Confusion"
    FEVER = "FEVER", "Fever"
    JAUNDICE = "JAUNDICE", "Jaundice"
    LOSS_OF_APPETITE = "LOSS_OF_APPETITE", "Loss of appetite"
    NAUSEA = "NAUSEA", "Nausea"
    PAIN_RUQ = "PAIN_RUQ", "Pain in the right upper abdomen"
    REFERRED_PAIN_SHOULDER_BLADE = "REFERRED_PAIN_SHOULDER_BLADE", "Referred pain at the shoulder blade"
    SWEATS = "SWEATS", "Sweats"
    WEIGHT_LOSS = "WEIGHT_LOSS", "Weight loss"


class Complication(TextChoices):
    BILIARY_OBSTRUCTION = "BILIARY_OBSTRUCTION", "Biliary obstruction"
    DECREASED_APPETITE = "DECREASED_APPETITE", "Decreased appetite"
    FEVER = "FEVER", "Fever"
    LIVER_FAILURE = "LIVER_FAILURE", "Liver failure"
    PAIN = "PAIN", "Pain"
    WEIGHT_LOSS = "WEIGHT_LOSS", "Weight loss"
    OTHER = "OTHER", "Other"


class Known(TextChoices):
    """Three-valued answer: not recorded is never "no"."""

    YES = "YES", "Yes"
    NO = "NO", "No"
    UNKNOWN = "UNKNOWN", "Not known"


class Absent(TextChoices):
    """Why a coded answer is not there. All four count as missing; none of them is "no" or "negative"."""

    UNKNOWN = "UNKNOWN", "Not known"
    NOT_TESTED = "NOT_TESTED", "Not tested"
    PENDING = "PENDING", "Pending"
    NOT_ASSESSED = "NOT_ASSESSED", "Not assessed"


def or_absent(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """The choices, then the four ways in which there is no answer."""
    return [*((c, w) for c, w in choices.choices if c not in Absent.values), *Absent.choices]


class Ascites(TextChoices):
    NONE = "none", "None"
    MILD = "mild_or_controlled", "Mild, or controlled by diuretics"
    SEVERE = "moderate_severe_or_refractory", "Moderate, severe or refractory"


class Encephalopathy(TextChoices):
    NONE = "none", "None"
    MILD = "grade_1_2_or_controlled", "Grade 1-2, or controlled"
    SEVERE = "grade_3_4_or_refractory", "Grade 3-4, or refractory"


class Aetiology(TextChoices):
    HBV = "HBV", "Hepatitis B"
    HCV = "HCV", "Hepatitis C"
    ALCOHOL = "ALCOHOL", "Alcohol"
    MASLD = "MASLD", "Metabolic (MASLD)"
    PSC = "PSC", "Primary sclerosing cholangitis"
    PBC = "PBC", "Primary biliary cholangitis"
    AIH = "AIH", "Autoimmune hepatitis"
    HAEMOCHROMATOSIS = "HAEMOCHROMATOSIS", "Haemochromatosis"
    OTHER = "OTHER", "Other"


class LiverFunction(TextChoices):
    """A clinician's judgement of jaundice, ascites, encephalopathy and portal hypertension together."""

    PRESERVED = "preserved", "Preserved"
    END_STAGE = "end_stage", "End-stage"


class Comorbidity(TextChoices):
    DIABETES = "DIABETES", "Diabetes"
    ARTERIAL_HYPERTENSION = "ARTERIAL_HYPERTENSION", "Arterial hypertension"
    CORONARY_DISEASE = "CORONARY_DISEASE", "Coronary artery disease"
    HEART_FAILURE = "HEART_FAILURE", "Heart failure"
    COPD = "COPD", "Chronic lung disease"
    CHRONIC_KIDNEY_DISEASE = "CHRONIC_KIDNEY_DISEASE", "Chronic kidney disease"
    CEREBROVASCULAR = "CEREBROVASCULAR", "Stroke or TIA"
    OBESITY = "OBESITY", "Obesity"
    HIV = "HIV", "HIV infection"
    SMOKING = "SMOKING", "Smoking"
    ANTICOAGULATION = "ANTICOAGULATION", "Anticoagulated"


class Analyte(TextChoices):
    BILIRUBIN = "bilirubin", "Bilirubin, total"
    ALBUMIN = "albumin", "Albumin"
    INR = "inr", "INR"
    CREATININE = "creatinine", "Creatinine"
    SODIUM = "sodium", "Sodium"
    PLATELETS = "platelets", "Platelets"
    AST = "ast", "AST"
    ALT = "alt", "ALT"
    ALP = "alp", "Alkaline phosphatase"
    GGT = "ggt", "Gamma-GT"
    AFP = "afp", "AFP"
    CEA = "cea", "CEA"
    CA19_9 = "ca19_9", "CA 19-9"
    CGA = "cga", "Chromogranin A"
    PSA = "psa", "PSA"
    CA15_3 = "ca15_3", "CA 15-3"
    LDH = "ldh", "LDH"
    HAEMOGLOBIN = "haemoglobin", "Haemoglobin"
    LEUKOCYTES = "leukocytes", "Leukocytes"


class CharlsonItem(TextChoices):
    """The items of the Charlson index that are there or not; liver, diabetes and tumour have grades."""

    MYOCARDIAL_INFARCTION = "myocardial_infarction", "Myocardial infarction"
    CONGESTIVE_HEART_FAILURE = "congestive_heart_failure", "Congestive heart failure"
    PERIPHERAL_VASCULAR_DISEASE = "peripheral_vascular_disease", "Peripheral vascular disease"
    CEREBROVASCULAR_DISEASE = "cerebrovascular_disease", "Cerebrovascular disease"
    DEMENTIA = "dementia", "Dementia"
    COPD = "copd", "Chronic obstructive lung disease"
    CONNECTIVE_TISSUE_DISEASE = "connective_tissue_disease", "Connective-tissue disease"
    PEPTIC_ULCER_DISEASE = "peptic_ulcer_disease", "Peptic ulcer"
    HEMIPLEGIA = "hemiplegia", "Hemiplegia"
    RENAL_MODERATE_SEVERE = "renal_moderate_severe", "Moderate or severe kidney disease"
    LEUKAEMIA = "leukaemia", "Leukaemia"
    LYMPHOMA = "lymphoma", "Lymphoma"
    AIDS = "aids", "AIDS"


class LiverDisease(TextChoices):
    NONE = "none", "None"
    MILD = "mild", "Mild"
    SEVERE = "moderate_severe", "Moderate or severe"


class Diabetes(TextChoices):
    NONE = "none", "None"
    UNCOMPLICATED = "uncomplicated", "Without complications"
    END_ORGAN = "end_organ_damage", "With end-organ damage"


class OtherTumour(TextChoices):
    """A solid tumour besides the one under discussion."""

    NONE = "none", "None"
    LOCALISED = "localised", "Localised"
    METASTATIC = "metastatic", "Metastatic"


class Modality(TextChoices):
    CT = "CT", "CT"
    MRI = "MRI", "MRI"
    MRI_HEPATOBILIARY = "MRI_HEPATOBILIARY", "MRI, hepatobiliary contrast"
    CEUS = "CEUS", "Contrast-enhanced ultrasound"
    ULTRASOUND = "ULTRASOUND", "Ultrasound"
    FDG_PET = "FDG_PET", "FDG PET/CT"
    SSTR_PET = "SSTR_PET", "SSTR PET/CT"
    PSMA_PET = "PSMA_PET", "PSMA PET/CT"
    OTHER = "OTHER", "Other"


class Segment(TextChoices):
    """Couinaud's segments, 4 split where it is known."""

    S1 = "1", "1 (caudate)"
    S2 = "2", "2"
    S3 = "3", "3"
    S4 = "4", "4"
    S4A = "4a", "4a"
    S4B = "4b", "4b"
    S5 = "5", "5"
    S6 = "6", "6"
    S7 = "7", "7"
    S8 = "8", "8"


class LiRads(TextChoices):
    """LI-RADS CT/MRI v2018: diagnostic categories, and response after local treatment."""

    NC = "LR-NC", "LR-NC not categorisable"
    LR1 = "LR-1", "LR-1 definitely benign"
    LR2 = "LR-2", "LR-2 probably benign"
    LR3 = "LR-3", "LR-3 intermediate"
    LR4 = "LR-4", "LR-4 probably HCC"
    LR5 = "LR-5", "LR-5 definitely HCC"
    M = "LR-M", "LR-M malignant, not HCC specific"
    TIV = "LR-TIV", "LR-TIV tumour in vein"
    TR_VIABLE = "LR-TR-V", "LR-TR viable"
    TR_EQUIVOCAL = "LR-TR-E", "LR-TR equivocal"
    TR_NONVIABLE = "LR-TR-N", "LR-TR nonviable"
    TR_NONEVALUABLE = "LR-TR-NE", "LR-TR non-evaluable"


class Vessel(TextChoices):
    RIGHT_HEPATIC_VEIN = "RIGHT_HEPATIC_VEIN", "Right hepatic vein"
    MIDDLE_HEPATIC_VEIN = "MIDDLE_HEPATIC_VEIN", "Middle hepatic vein"
    LEFT_HEPATIC_VEIN = "LEFT_HEPATIC_VEIN", "Left hepatic vein"
    RIGHT_PORTAL = "RIGHT_PORTAL", "Right portal branch"
    LEFT_PORTAL = "LEFT_PORTAL", "Left portal branch"
    MAIN_PORTAL = "MAIN_PORTAL", "Main portal vein"
    IVC = "IVC", "Inferior vena cava"
    HEPATIC_ARTERY = "HEPATIC_ARTERY", "Hepatic artery"


class VesselContact(TextChoices):
    NONE = "NONE", "None"
    ABUTMENT = "ABUTMENT", "Abutment"
    ENCASEMENT = "ENCASEMENT", "Encasement"
    INVASION = "INVASION", "Invasion"


class PortalThrombus(TextChoices):
    """Extent of tumour thrombus in the portal vein (Japanese classification)."""

    VP1 = "VP1", "Vp1 beyond the second order"
    VP2 = "VP2", "Vp2 second-order branch"
    VP3 = "VP3", "Vp3 first-order branch"
    VP4 = "VP4", "Vp4 main trunk"


class LocalTreatment(TextChoices):
    ABLATION = "ABLATION", "Ablation"
    TACE = "TACE", "Embolisation (TACE)"
    Y90 = "Y90", "Radioembolisation (Y-90)"
    SBRT = "SBRT", "Stereotactic radiotherapy"
    RESECTION = "RESECTION", "Resection"


class InputStatus(TextChoices):
    ASKED = "ASKED", "Asked"
    DRAFT = "DRAFT", "Draft"
    SIGNED = "SIGNED", "Signed"
    NOT_NEEDED = "NOT_NEEDED", "Not needed"


class Opinion(TextChoices):
    """The option that a discipline prefers."""

    RESECT = "RESECT", "Resect"
    RESECT_AFTER_DOWNSIZING = "RESECT_AFTER_DOWNSIZING", "Resect after downsizing"
    ABLATE = "ABLATE", "Ablate"
    EMBOLISE = "EMBOLISE", "Embolise (TACE)"
    RADIOEMBOLISE = "RADIOEMBOLISE", "Radioembolise (Y-90)"
    HAI_PUMP = "HAI_PUMP", "Hepatic artery infusion pump"
    SBRT = "SBRT", "Stereotactic radiotherapy"
    SYSTEMIC = "SYSTEMIC", "Systemic treatment"
    TRANSPLANT_EVALUATION = "TRANSPLANT_EVALUATION", "Evaluate for transplant"
    LIVER_DIRECTED_PLUS_SYSTEMIC = "LIVER_DIRECTED_PLUS_SYSTEMIC", "Liver-directed plus systemic"
    MORE_TESTS = "MORE_TESTS", "More tests first"
    SURVEILLANCE = "SURVEILLANCE", "Surveillance"
    SUPPORTIVE_ONLY = "SUPPORTIVE_ONLY", "Supportive care only"
    REFER_ELSEWHERE = "REFER_ELSEWHERE", "Refer elsewhere"
    TRIAL = "TRIAL", "Clinical trial"


class Confidence(TextChoices):
    LOW = "LOW", "Low"
    MEDIUM = "MEDIUM", "Medium"
    HIGH = "HIGH", "High"


class MeetingStatus(TextChoices):
    PLANNED = "PLANNED", "Planned"
    RUNNING = "RUNNING", "Running"
    CLOSED = "CLOSED", "Closed"
    CANCELLED = "CANCELLED", "Cancelled"


class ItemStatus(TextChoices):
    PLANNED = "PLANNED", "Planned"
    OPEN = "OPEN", "Being discussed"
    DISCUSSED = "DISCUSSED", "Discussed"
    DEFERRED = "DEFERRED", "Deferred"
    TAKEN_OFF = "TAKEN_OFF", "Taken off"


class Lane(TextChoices):
    DISCUSSION = "DISCUSSION", "Discussion"
    STANDARD = "STANDARD", "Standard of care"
    MATTERS_ARISING = "MATTERS_ARISING", "Matters arising"


class Intent(TextChoices):
    CURATIVE = "CURATIVE", "Curative"
    DISEASE_CONTROL = "DISEASE_CONTROL", "Disease control"
    SYMPTOM_RELIEF = "SYMPTOM_RELIEF", "Symptom relief"
    CLARIFY = "CLARIFY", "Clarify first"


class WishWeight(TextChoices):
    """How the patient's wish counted in the decision."""

    FOLLOWED = "FOLLOWED", "Followed"
    IN_PART = "IN_PART", "Followed in part"
    NOT_FOLLOWED = "NOT_FOLLOWED", "Not followed"
    NOT_KNOWN = "NOT_KNOWN", "Wish not known"


class ActionKind(TextChoices):
    RESECTION = "RESECTION", "Resection"
    TRANSPLANT_EVALUATION = "TRANSPLANT_EVALUATION", "Transplant evaluation"
    ABLATION = "ABLATION", "Ablation"
    EMBOLISATION = "EMBOLISATION", "Embolisation (TACE)"
    RADIOEMBOLISATION = "RADIOEMBOLISATION", "Radioembolisation (Y-90)"
    VEIN_EMBOLISATION = "VEIN_EMBOLISATION", "Portal or hepatic vein embolisation"
    SBRT = "SBRT", "Stereotactic radiotherapy"
    SYSTEMIC = "SYSTEMIC", "Systemic treatment"
    BIOPSY = "BIOPSY", "Biopsy"
    IMAGING = "IMAGING", "Imaging"
    LABORATORY = "LABORATORY", "Laboratory or molecular test"
    DRAINAGE = "DRAINAGE", "Biliary drainage"
    CLINIC = "CLINIC", "Clinic appointment"
    SUPPORTIVE = "SUPPORTIVE", "Supportive or palliative care"
    SURVEILLANCE = "SURVEILLANCE", "Surveillance"
    OTHER = "OTHER", "Other"
    CONDITION = "CONDITION", "Check of a condition"


class LetterStatus(TextChoices):
    DRAFT = "DRAFT", "Draft"
    APPROVED = "APPROVED", "Approved"
    SENT = "SENT", "Sent"


class ActionReport(TextChoices):
    """What an owner says of an action."""

    ACCEPTED = "ACCEPTED", "Accepted"
    DECLINED = "DECLINED", "Declined"
    DONE = "DONE", "Done"
    PARTLY = "PARTLY", "Partly done"
    NOT_DONE = "NOT_DONE", "Not done"
    MET = "MET", "Condition met"
    FAILED = "FAILED", "Condition not met"


class NotDoneReason(TextChoices):
    COMORBIDITY = "COMORBIDITY", "Comorbidity or general health"
    PROGRESSION = "PROGRESSION", "The disease progressed"
    PATIENT_DECLINED = "PATIENT_DECLINED", "The patient declined"
    NOT_A_CANDIDATE = "NOT_A_CANDIDATE", "Not a candidate after all"
    TREATED_ELSEWHERE = "TREATED_ELSEWHERE", "Treated elsewhere"
    LOGISTICS = "LOGISTICS", "Appointment or capacity"
    LOST_TO_FOLLOW_UP = "LOST_TO_FOLLOW_UP", "Lost to follow-up"
    NEW_INFORMATION = "NEW_INFORMATION", "New information"
    DIED = "DIED", "The patient died"
    OTHER = "OTHER", "Other"


class QuestionTopic(TextChoices):
    """What the question to the board is about; decides, with the disease, who must be there."""

    RESECTION = "RESECTION", "Resection"
    TRANSPLANT = "TRANSPLANT", "Transplant"
    ABLATION = "ABLATION", "Ablation"
    EMBOLISATION = "EMBOLISATION", "Embolisation or radioembolisation"
    SBRT = "SBRT", "Stereotactic radiotherapy"
    SYSTEMIC = "SYSTEMIC", "Systemic treatment"
    DIAGNOSIS = "DIAGNOSIS", "Diagnosis or biopsy"
    PALLIATION = "PALLIATION", "Palliative and supportive care"


class LesionPlanKind(TextChoices):
    """What is to happen to one lesion."""

    RESECT = "RESECT", "Resect"
    ABLATE = "ABLATE", "Ablate"
    EMBOLISE = "EMBOLISE", "Embolise (TACE)"
    RADIOEMBOLISE = "RADIOEMBOLISE", "Radioembolise (Y-90)"
    SBRT = "SBRT", "Stereotactic radiotherapy"
    SYSTEMIC = "SYSTEMIC", "Systemic treatment"
    TRANSPLANT = "TRANSPLANT", "Goes with the liver (transplant)"
    CLARIFY = "CLARIFY", "Clarify first"
    WATCH = "WATCH", "Watch"
    NO_TREATMENT = "NO_TREATMENT", "No treatment"


class ActionRole(TextChoices):
    """How a row of the plan hangs together with the others."""

    MAIN = "MAIN", "Action"
    CONDITION = "CONDITION", "Condition"
    PLAN_B = "PLAN_B", "Plan B"


class GuidelineUse(TextChoices):
    FOLLOWED = "FOLLOWED", "Guideline followed"
    DEPARTS = "DEPARTS", "Departs, with reason"
    NONE_APPLIES = "NONE_APPLIES", "None applies"


class TrialConsidered(TextChoices):
    NONE_FITS = "NONE_FITS", "None fits"
    OFFERED = "OFFERED", "Offered"
    NOT_CONSIDERED = "NOT_CONSIDERED", "Not considered"


class ChecklistItem(TextChoices):
    """What is gone through before a decision is closed."""

    COMORBIDITY = "COMORBIDITY", "Comorbidity"
    WISH = "WISH", "The patient’s wish"
    TRIAL = "TRIAL", "Trial"
    PALLIATIVE = "PALLIATIVE", "Palliative and supportive need"
    GENETICS = "GENETICS", "Genetics"


class DecisionSection(TextChoices):
    """The parts of a decision that are written apart, each with a version of its own."""

    INTENT = "INTENT", "Intent"
    GUIDELINE = "GUIDELINE", "Guideline"
    WHY = "WHY", "Why"
    WISH = "WISH", "The wish"
    TRIAL = "TRIAL", "Trial"
    CHECKLIST = "CHECKLIST", "Closing checklist"
    REVIEW = "REVIEW", "Expiry and return"


class RatificationAnswer(TextChoices):
    RATIFIED = "RATIFIED", "Ratified"
    OBJECTED = "OBJECTED", "Objected"


class MatterKind(TextChoices):
    """Why something decided earlier comes back to the room."""

    OVERDUE = "OVERDUE", "Overdue, nothing heard"
    DECLINED = "DECLINED", "Declined by its owner"
    NOT_DONE = "NOT_DONE", "Not done"
    CONDITION_FAILED = "CONDITION_FAILED", "Condition not met"
    OBJECTED = "OBJECTED", "Objection to a provisional decision"
    UNANSWERED = "UNANSWERED", "Provisional decision, nothing heard"


class LetterKind(TextChoices):
    REFERRER = "REFERRER", "To the referrer"
    GP = "GP", "To the general practitioner"
    PATIENT = "PATIENT", "Summary for the patient"


class Reply(TextChoices):
    """What an invited person says of a meeting."""

    COMING = "COMING", "I come"
    NOT_COMING = "NOT_COMING", "I cannot come"
    DEPUTY = "DEPUTY", "Somebody comes for me"


class HolidayRule(TextChoices):
    """What becomes of a meeting of a series that falls on a day on which nobody works."""

    SKIP = "SKIP", "No meeting"
    BEFORE = "BEFORE", "On the working day before"
    AFTER = "AFTER", "On the working day after"
    KEEP = "KEEP", "It takes place all the same"


class MailChoice(TextChoices):
    AT_ONCE = "AT_ONCE", "As it happens"
    DAILY = "DAILY", "Once a day, together; what is urgent comes at once"


class CalendarChoice(TextChoices):
    ATTACHED = "ATTACHED", "An entry with each e-mail"
    FEED = "FEED", "My calendar reads my own address; no entries by e-mail"


class EmergencyReason(TextChoices):
    """Why somebody reads a case that is not theirs."""

    ACUTE = "ACUTE", "The patient is acutely ill and is treated now"
    OPERATION = "OPERATION", "The patient is in theatre, or about to be"
    TRANSFER = "TRANSFER", "The patient has just been taken over by us"
    OTHER = "OTHER", "Another emergency"


class EmergencyVerdict(TextChoices):
    JUSTIFIED = "JUSTIFIED", "Justified"
    NOT_JUSTIFIED = "NOT_JUSTIFIED", "Not justified"


class UnusualRule(TextChoices):
    """Why a look at a case was pointed out to the privacy officers."""

    MANY = "MANY", "Many patients in one day"
    OWN_NAME = "OWN_NAME", "A patient of the reader’s own name"
    SURNAME = "SURNAME", "A patient of the reader’s surname"
    OUT_OF_HOURS = "OUT_OF_HOURS", "Out of hours, with no meeting near"
    EMERGENCY = "EMERGENCY", "Emergency access"
    NO_TASK = "NO_TASK", "No task in this case"


class TrailReason(TextChoices):
    """Why the trail is taken as a file."""

    PATIENT = "PATIENT", "A patient asked who read of them"
    INQUIRY = "INQUIRY", "An access is looked into"
    AUTHORITY = "AUTHORITY", "A court or an authority asked"
    ROUTINE = "ROUTINE", "A routine check"


class FileKind(TextChoices):
    """The kinds of files that are taken; tumorboard.files knows each by its bytes."""

    PDF = "PDF", "PDF"
    JPEG = "JPEG", "JPEG picture"
    PNG = "PNG", "PNG picture"
    WEBP = "WEBP", "WebP picture"
    TIFF = "TIFF", "TIFF picture"
    DOCX = "DOCX", "Word document"
    XLSX = "XLSX", "Excel table"
    PPTX = "PPTX", "PowerPoint slides"
    ODT = "ODT", "OpenDocument text"
    ODS = "ODS", "OpenDocument table"
    ODP = "ODP", "OpenDocument slides"
    DICOM = "DICOM", "DICOM"


class ScanState(TextChoices):
    """What the virus scanner has said of a file."""

    WAITING = "WAITING", "Waiting for the virus scan"
    CLEAN = "CLEAN", "No virus found"
    INFECTED = "INFECTED", "Infected"
    NOT_SCANNED = "NOT_SCANNED", "Not scanned"
