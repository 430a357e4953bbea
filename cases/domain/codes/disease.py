"""How are tumours coded: the primary, its spread to the liver and elsewhere, its tissue, what lies behind it?

ICD-10-CM was read in its release of April 2026; codes of the WHO edition differ where noted. Two traps: only
ICD-10-CM has codes of its own for neuroendocrine tumours (C7A, C7B) and for GIST (C49.A); the WHO edition
codes both by site.
"""

from cases.domain.codes.systems import Code, NoCode, both, cm, icdo, snomed, who
from cases.vocabulary import Aetiology, Comorbidity, MetastaticSite, PrimarySite

PRIMARY: dict[str, tuple[Code, ...] | NoCode] = {
    PrimarySite.BLADDER: (*both("C67.9", "Bladder"), icdo("C67.9")),
    PrimarySite.BREAST: (
        cm("C50.919", "Breast, side not said; C50.911 right, C50.912 left"),
        who("C50.9", "Breast"),
        icdo("C50.9"),
    ),
    PrimarySite.NET_GEP: (
        cm("C7A.8", "Other malignant neuroendocrine tumour; by site C7A.0-: C7A.012 ileum, C7A.026 rectum"),
        who(
            "C26.9", "The code of the site, such as C17.2 ileum or C25.4 endocrine pancreas", confirmed=False
        ),
    ),
    PrimarySite.CERVICAL: (*both("C53.9", "Cervix"), icdo("C53.9")),
    PrimarySite.COLORECTAL: (
        *both("C18.9", "Colon; by site C18.0 to C18.7, C19 rectosigmoid, C20 rectum"),
        icdo("C18.9"),
    ),
    PrimarySite.OESOPHAGEAL: (*both("C15.9", "Oesophagus; by third C15.3 to C15.5"), icdo("C15.9")),
    PrimarySite.GIST: (
        cm("C49.A0", "GIST, site not said; C49.A2 stomach, C49.A3 small bowel"),
        who("C26.9", "The code of the site, such as C16.9 stomach", confirmed=False),
    ),
    PrimarySite.KIDNEY: (
        cm("C64.9", "Kidney, side not said; C64.1 right, C64.2 left"),
        who("C64", "Kidney"),
        icdo("C64.9"),
    ),
    PrimarySite.LUNG: (
        cm("C34.90", "Lung, side and lobe not said; by lobe C34.1- to C34.3-"),
        who("C34.9", "Lung"),
        icdo("C34.9"),
    ),
    PrimarySite.MELANOMA: (*both("C43.9", "Melanoma of skin"), icdo("C44.9")),
    PrimarySite.PANCREATIC: (*both("C25.9", "Pancreas; by part C25.0 to C25.8"), icdo("C25.9")),
    PrimarySite.PROSTATE: (*both("C61", "Prostate"), icdo("C61.9")),
    PrimarySite.HCC: (
        *both("C22.0", "Liver cell carcinoma"),
        icdo("C22.0"),
        snomed("109841003", "Liver cell carcinoma"),
    ),
    PrimarySite.ICCA: (
        *both("C22.1", "Intrahepatic bile duct carcinoma"),
        icdo("C22.1"),
        snomed("312104005", "Cholangiocarcinoma"),
    ),
    PrimarySite.PCCA: (
        *both("C24.0", "Extrahepatic bile duct"),
        icdo("C24.0"),
        snomed("312104005", "Cholangiocarcinoma"),
    ),
    PrimarySite.UNKNOWN_PRIMARY: (cm("C80.1", "Primary not found"), who("C80.0", "Primary site unknown")),
    PrimarySite.OTHER: NoCode("Another tumour is told in words; its code follows from those."),
}

UVEAL = (
    cm("C69.30", "Choroid, side not said; C69.4- ciliary body"),
    who("C69.3", "Choroid; C69.4 ciliary body"),
    icdo("C69.3"),
)
LIVER_METASTASIS = (*both("C78.7", "Secondary tumour of liver"), snomed("94381002", "Liver metastasis"))
NET_LIVER_METASTASIS = (
    cm("C7B.02", "Secondary neuroendocrine tumour of liver"),
    who("C78.7", "Secondary tumour of liver; this edition has no code of its own"),
    snomed("94381002", "Liver metastasis"),
)


def primary(site: str, *, melanoma_type: str = "") -> tuple[Code, ...]:
    """The codes of the primary; a uveal melanoma is not one of the skin."""
    if site == PrimarySite.MELANOMA and melanoma_type == "UVEAL":
        return UVEAL
    found = PRIMARY.get(site, ())
    return () if isinstance(found, NoCode) else found


def liver_disease(site: str) -> tuple[Code, ...]:
    """The codes of what is in the liver: the primary itself, or its metastasis."""
    if site in {PrimarySite.HCC, PrimarySite.ICCA, PrimarySite.PCCA}:
        return primary(site)
    return NET_LIVER_METASTASIS if site == PrimarySite.NET_GEP else LIVER_METASTASIS


METASTATIC: dict[str, tuple[Code, ...] | NoCode] = {
    MetastaticSite.LUNG: (cm("C78.00", "Lung, side not said"), who("C78.0", "Lung")),
    MetastaticSite.BONE: (cm("C79.51", "Bone"), who("C79.5", "Bone and marrow")),
    MetastaticSite.BRAIN: (cm("C79.31", "Brain"), who("C79.3", "Brain and meninges")),
    MetastaticSite.PERITONEUM: both("C78.6", "Peritoneum"),
    MetastaticSite.NONREGIONAL_NODES: both("C77.9", "Lymph node, not said which; C77.2 abdomen"),
    MetastaticSite.SKIN_SOFT_TISSUE: both("C79.2", "Skin; soft tissue has another code", confirmed=False),
    MetastaticSite.ADRENAL: (cm("C79.70", "Adrenal gland, side not said"), who("C79.7", "Adrenal gland")),
    MetastaticSite.PLEURA: both("C78.2", "Pleura", confirmed=False),
    MetastaticSite.OTHER: NoCode("Another site is told in words; its code follows from those."),
}

AETIOLOGY: dict[str, tuple[Code, ...] | NoCode] = {
    Aetiology.HBV: both("B18.1", "Chronic hepatitis B"),
    Aetiology.HCV: both("B18.2", "Chronic hepatitis C"),
    Aetiology.ALCOHOL: (
        cm("K70.30", "Alcoholic cirrhosis without ascites"),
        who("K70.3", "Alcoholic cirrhosis"),
    ),
    Aetiology.MASLD: (
        cm("K75.81", "Steatohepatitis; K76.0 where there is steatosis only"),
        who("K75.8", "Other inflammatory liver disease", confirmed=False),
    ),
    Aetiology.PSC: (cm("K83.01", "Primary sclerosing cholangitis"), who("K83.0", "Cholangitis")),
    Aetiology.PBC: both("K74.3", "Primary biliary cholangitis", confirmed=False),
    Aetiology.AIH: both("K75.4", "Autoimmune hepatitis", confirmed=False),
    Aetiology.HAEMOCHROMATOSIS: (
        cm("E83.110", "Hereditary haemochromatosis", confirmed=False),
        who("E83.1", "Disorders of iron metabolism", confirmed=False),
    ),
    Aetiology.OTHER: NoCode("Another cause is told in words; its code follows from those."),
}

COMORBIDITY: dict[str, tuple[Code, ...] | NoCode] = {
    Comorbidity.DIABETES: both("E11.9", "Type 2 diabetes; the type is not recorded here", confirmed=False),
    Comorbidity.ARTERIAL_HYPERTENSION: both("I10", "Hypertension", confirmed=False),
    Comorbidity.CORONARY_DISEASE: (
        cm("I25.10", "Coronary disease", confirmed=False),
        who("I25.1", "Coronary disease", confirmed=False),
    ),
    Comorbidity.HEART_FAILURE: both("I50.9", "Heart failure", confirmed=False),
    Comorbidity.COPD: both("J44.9", "Chronic obstructive lung disease", confirmed=False),
    Comorbidity.CHRONIC_KIDNEY_DISEASE: both("N18.9", "Chronic kidney disease", confirmed=False),
    Comorbidity.CEREBROVASCULAR: (
        cm("Z86.73", "History of TIA or stroke without deficit", confirmed=False),
        who("Z86.7", "History of circulatory disease", confirmed=False),
    ),
    Comorbidity.OBESITY: both("E66.9", "Obesity", confirmed=False),
    Comorbidity.HIV: NoCode("Whether it is disease (B20) or infection without it (Z21) is not recorded."),
    Comorbidity.SMOKING: both("Z72.0", "Tobacco use", confirmed=False),
    Comorbidity.ANTICOAGULATION: (
        cm("Z79.01", "Long-term anticoagulants", confirmed=False),
        who("Z92.1", "Long-term anticoagulants", confirmed=False),
    ),
}
# Read in public files that use them; the others were written from knowledge.
CONFIRMED_MORPHOLOGY = frozenset(
    {"8170/3", "8171/3", "8180/3", "8160/3", "8240/3", "8249/3", "8246/3", "8013/3"}
    | {"8041/3", "8936/3", "8140/3", "8070/3"}
)
