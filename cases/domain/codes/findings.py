"""How are complaints, findings, measurements and aims coded?"""

from cases.domain import labs
from cases.domain.codes.systems import Code, NoCode, both, cm, loinc, snomed, who
from cases.vocabulary import Complication, Intent, Symptom

SYMPTOMS: dict[str, tuple[Code, ...] | NoCode] = {
    Symptom.CONFUSION: both("R41.0", "Disorientation; altered mental state is R41.82 in ICD-10-CM"),
    Symptom.FEVER: both("R50.9", "Fever"),
    Symptom.JAUNDICE: both("R17", "Jaundice"),
    Symptom.LOSS_OF_APPETITE: both("R63.0", "Anorexia"),
    Symptom.NAUSEA: (cm("R11.0", "Nausea"), who("R11", "Nausea and vomiting")),
    Symptom.PAIN_RUQ: (cm("R10.11", "Right upper quadrant pain"), who("R10.1", "Upper abdominal pain")),
    Symptom.REFERRED_PAIN_SHOULDER_BLADE: NoCode(
        "Referred pain has no code of its own; M25.51- is pain that arises in the shoulder joint."
    ),
    Symptom.SWEATS: (cm("R61", "Hyperhidrosis"), who("R61.9", "Hyperhidrosis")),
    Symptom.WEIGHT_LOSS: both("R63.4", "Abnormal weight loss"),
}
COMPLICATIONS: dict[str, tuple[Code, ...] | NoCode] = {
    Complication.BILIARY_OBSTRUCTION: both("K83.1", "Obstruction of bile duct"),
    Complication.DECREASED_APPETITE: both("R63.0", "Anorexia"),
    Complication.FEVER: both("R50.9", "Fever"),
    Complication.LIVER_FAILURE: (
        cm("K72.90", "Hepatic failure without coma; K91.82 after a procedure"),
        who("K72.9", "Hepatic failure"),
    ),
    Complication.PAIN: (cm("G89.3", "Neoplasm-related pain"), who("R52.9", "Pain", confirmed=False)),
    Complication.WEIGHT_LOSS: both("R63.4", "Abnormal weight loss"),
    Complication.OTHER: NoCode("Another complication is told in words; its code follows from those."),
}
INTENT: dict[str, tuple[Code, ...] | NoCode] = {
    Intent.CURATIVE: (snomed("373808002", "Curative"),),
    Intent.SYMPTOM_RELIEF: (snomed("363676003", "Palliative"),),
    Intent.DISEASE_CONTROL: NoCode("Neither curative nor palliative fits; mCODE knows these two only."),
    Intent.CLARIFY: NoCode("No treatment is meant yet."),
}
RESPONSE: dict[str, tuple[Code, ...] | NoCode] = {
    "CR": NoCode("mCODE's disease status has improved, stable, worsened and undetermined only."),
    "PR": (snomed("268910001", "Improved"),),
    "SD": (snomed("359746009", "Stable"),),
    "PD": (snomed("271299001", "Worsened"),),
    "NE": (snomed("709137006", "Not possible to determine trend"),),
}
# The numbers of eight segments, seen in one source: to be confirmed in a SNOMED CT browser.
COUINAUD = {
    "1": "245302009",
    "2": "245303004",
    "3": "245304005",
    "4": "245305006",
    "5": "245306007",
    "6": "245307003",
    "7": "245308008",
    "8": "245309003",
}
SEGMENTS: dict[str, tuple[Code, ...] | NoCode] = {
    **{number: (snomed(code, f"Segment {number}", confirmed=False),) for number, code in COUINAUD.items()},
    "4a": NoCode("SNOMED CT has segment IV as one; 4a and 4b are kept as recorded."),
    "4b": NoCode("SNOMED CT has segment IV as one; 4a and 4b are kept as recorded."),
}
VESSELS: dict[str, tuple[Code, ...] | NoCode] = {
    "RIGHT_HEPATIC_VEIN": (snomed("8887007", "Hepatic vein; the side is kept as recorded"),),
    "MIDDLE_HEPATIC_VEIN": (snomed("8887007", "Hepatic vein; the side is kept as recorded"),),
    "LEFT_HEPATIC_VEIN": (snomed("8887007", "Hepatic vein; the side is kept as recorded"),),
    "RIGHT_PORTAL": (snomed("32764006", "Portal vein; the branch is kept as recorded"),),
    "LEFT_PORTAL": (snomed("32764006", "Portal vein; the branch is kept as recorded"),),
    "MAIN_PORTAL": (snomed("32764006", "Portal vein"),),
    "IVC": NoCode("Not checked in a SNOMED CT browser yet."),
    "HEPATIC_ARTERY": NoCode("Not checked in a SNOMED CT browser yet."),
}
MARKERS: dict[str, tuple[Code, ...]] = {
    "HER2": (loinc("48676-1", "HER2"), loinc("85319-2", "HER2 by immunohistochemistry")),
    "HER2_FISH": (loinc("49683-6", "ERBB2 by FISH"),),
    "ER": (loinc("16112-5", "Oestrogen receptor"),),
    "PR": (loinc("16113-3", "Progesterone receptor"), loinc("14230-7", "% of cells")),
    "MSI": (loinc("81695-9", "Microsatellite instability"), loinc("62862-8", "Microsatellite instability")),
    "KRAS": (loinc("83059-6", "KRAS"),),
    "BRAF": (loinc("85299-6", "BRAF V600E by immunohistochemistry; other methods differ"),),
    "ALK": (loinc("78205-2", "ALK by FISH"),),
    "PDL1_TPS": (loinc("83052-1", "PD-L1, clone 22C3"),),
    "PDL1_CPS": (loinc("83052-1", "PD-L1, clone 22C3"),),
    "TMB": (loinc("94076-7", "Tumour mutational burden"),),
}
NO_MARKER_CODE = NoCode(
    "No LOINC was checked for this marker; a report says its method and variant in words."
)
# What is measured of the patient rather than of blood.
MEASURED = {
    "ecog": loinc("89247-1", "ECOG performance status"),
    "karnofsky": loinc("89243-0", "Karnofsky performance status"),
    "body surface": loinc("8277-6", "Body surface area"),
    "tumour size": loinc("21889-1", "Size of tumour"),
    "Ki-67": loinc("29593-1", "Ki-67"),
    "disease status": loinc("97509-4", "Cancer disease status"),
}


def laboratory(analyte: str) -> tuple[Code, ...] | NoCode:
    """LOINC by unit: a code of a mass does not fit a result in moles or in units of activity."""
    by_code: dict[str, list[str]] = {}
    for unit, code in labs.ANALYTES[analyte].loinc.items():
        by_code.setdefault(code, []).append(labs.UNIT_LABELS.get(unit, unit) or "no unit")
    if not by_code:
        return NoCode("No LOINC was checked for this analyte.")
    name = labs.ANALYTES[analyte].name
    return tuple(loinc(code, f"{name} in {', '.join(units)}") for code, units in by_code.items())
