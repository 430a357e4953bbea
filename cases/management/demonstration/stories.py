"""Which invented patients are there, and how far has each come? Days count back from today."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Story:
    """One case as a referrer would tell it. `labs`: analyte, value, unit; `lesions`: segments, mm."""

    family: str
    given: str
    born: str
    sex: str
    reaches: str  # referred, returned, preparing, inputs, ready, listed, discussed, decided, closed
    site: str
    question: str
    why_now: str = ""
    urgency: str = "ROUTINE"
    ecog: int = 1
    comorbidities: tuple[str, ...] = ()
    diagnosis: dict[str, Any] = field(default_factory=dict)
    primary_days: int | None = None
    liver_days: int | None = None
    resected_days: int | None = None
    labs: tuple[tuple[str, str, str], ...] = ()
    labs_days: int = 5
    older_labs: tuple[tuple[str, str, str, int], ...] = ()
    lesions: tuple[tuple[tuple[str, ...], str], ...] = ()
    imaging: tuple[str, int] | None = ("MRI", 12)
    liver: dict[str, Any] | None = field(default_factory=lambda: {"cirrhosis": "NO"})
    symptoms: tuple[str, ...] = ()
    wish: str = ""


PANEL = (("bilirubin", "11", "umol/L"), ("albumin", "39", "g/L"), ("inr", "1.0", "1"))
KIDNEY = (("creatinine", "78", "umol/L"), ("sodium", "139", "mmol/L"), ("platelets", "182", "10*9/L"))
CLEAR = {"extrahepatic_disease": "NONE"}

STORIES = (
    Story(
        "Fairweather",
        "Marian",
        "1958-03-07",
        "FEMALE",
        "listed",
        "COLORECTAL",
        "Is right hepatectomy with ablation of L4 safe in one step, or must the remnant be enlarged first?",
        "Six cycles of FOLFOX and bevacizumab ended three weeks ago; nothing outside the liver.",
        comorbidities=("DIABETES",),
        diagnosis={
            **CLEAR,
            "site_detail": "sigmoid, pT3 pN1",
            "histology": "Adenocarcinoma, resected",
            "primary_control": "RESECTED_R0",
            "primary_side": "LEFT",
            "primary_node_positive": "YES",
        },
        primary_days=151,
        liver_days=151,
        resected_days=140,
        labs=(*PANEL, *KIDNEY, ("cea", "38", "ug/L")),
        older_labs=(("cea", "142", "ug/L", 140), ("cea", "96", "ug/L", 98), ("cea", "55", "ug/L", 52)),
        lesions=((("7",), "31"), (("8",), "18"), (("6",), "12"), (("3",), "11")),
        wish="I want to dance at my grandson’s wedding in June. I accept a big operation if it can cure me. "
        "No long weeks in hospital.",
    ),
    Story(
        "Okonjo-Vale",
        "Peter",
        "1967-05-21",
        "MALE",
        "listed",
        "HCC",
        "HCC of 38 mm in segment 5, Child-Pugh A: resect, ablate or list for transplant?",
        "Found on surveillance.",
        comorbidities=("OBESITY", "ARTERIAL_HYPERTENSION"),
        diagnosis={**CLEAR, "histology": "LI-RADS 5 on MRI", "macrovascular_invasion": "NO"},
        liver_days=30,
        labs=(
            ("bilirubin", "19", "umol/L"),
            ("albumin", "37", "g/L"),
            ("inr", "1.1", "1"),
            ("creatinine", "88", "umol/L"),
            ("sodium", "138", "mmol/L"),
            ("platelets", "118", "10*9/L"),
            ("afp", "64", "ug/L"),
        ),
        older_labs=(("afp", "21", "ug/L", 190), ("afp", "33", "ug/L", 96)),
        lesions=((("5",), "38"),),
        liver={
            "cirrhosis": "YES",
            "aetiologies": ["MASLD"],
            "ascites": "none",
            "encephalopathy": "none",
            "dialysis_twice_in_week": "NO",
        },
        wish="If there is a way to keep working on the farm, that is the way I want.",
    ),
    Story(
        "Hargreave",
        "Celia",
        "1962-09-30",
        "FEMALE",
        "listed",
        "PCCA",
        "Perihilar stricture, Bismuth IIIa: right or left trisectionectomy, and which side is drained first?",
        "Jaundice for two weeks.",
        urgency="SOON",
        ecog=1,
        diagnosis={**CLEAR, "histology": "Brush cytology suspicious", "macrovascular_invasion": "UNKNOWN"},
        liver_days=16,
        labs=(("albumin", "34", "g/L"), ("inr", "1.2", "1"), ("platelets", "260", "10*9/L")),
        lesions=((("4b", "5"), "27"),),
        symptoms=("JAUNDICE", "WEIGHT_LOSS"),
    ),
    Story(
        "Ashdown",
        "Petra",
        "1975-02-11",
        "FEMALE",
        "ready",
        "BREAST",
        "Two metastases, ER positive, stable for 14 months: is there a place for ablation?",
        "She asks whether a pause from tablets is possible.",
        ecog=0,
        diagnosis={**CLEAR, "histology": "ER 90 %, HER2 negative", "primary_control": "CONTROLLED"},
        primary_days=1900,
        liver_days=430,
        labs=(*PANEL, *KIDNEY, ("ca15_3", "31", "U/mL")),
        lesions=((("2",), "24"), (("6",), "15")),
        wish="I want time without treatment, if that is safe.",
    ),
    Story(
        "Tremayne",
        "Douglas",
        "1953-08-14",
        "MALE",
        "inputs",
        "COLORECTAL",
        "Recurrence at the resection margin after left lateral sectionectomy: resect again or ablate?",
        comorbidities=("CORONARY_DISEASE", "ANTICOAGULATION"),
        diagnosis={**CLEAR, "histology": "Adenocarcinoma", "primary_control": "RESECTED_R0"},
        primary_days=820,
        liver_days=300,
        labs=(*PANEL, *KIDNEY, ("cea", "9.4", "ug/L")),
        lesions=((("4a",), "19"),),
        wish="No third big operation, unless there is nothing else.",
    ),
    Story(
        "Mbeki-Rowe",
        "Samuel",
        "1971-04-02",
        "MALE",
        "inputs",
        "HCC",
        "Multifocal HCC beyond Milan: radioembolise to bring down the stage before transplant?",
        diagnosis={**CLEAR, "histology": "LI-RADS 5, three nodules", "macrovascular_invasion": "NO"},
        liver_days=44,
        labs=(
            ("bilirubin", "34", "umol/L"),
            ("albumin", "33", "g/L"),
            ("inr", "1.3", "1"),
            ("creatinine", "96", "umol/L"),
            ("sodium", "135", "mmol/L"),
            ("platelets", "74", "10*9/L"),
            ("afp", "410", "ug/L"),
        ),
        labs_days=20,
        lesions=((("8",), "46"), (("6",), "22"), (("4a",), "17")),
        liver={
            "cirrhosis": "YES",
            "aetiologies": ["HBV"],
            "ascites": "mild_or_controlled",
            "encephalopathy": "none",
            "portal_hypertension": "YES",
            "dialysis_twice_in_week": "NO",
        },
    ),
    Story(
        "Santana-Rey",
        "Lucía",
        "1984-01-19",
        "FEMALE",
        "preparing",
        "GIST",
        "On imatinib 400 mg, a single growing nodule in segment 8: resect, or change the drug?",
        diagnosis={**CLEAR, "histology": "KIT exon 11", "primary_control": "RESECTED_R0"},
        primary_days=1300,
        liver_days=700,
        labs=(*PANEL, *KIDNEY),
        labs_days=30,
        lesions=((("8",), "33"),),
        imaging=("CT", 44),
    ),
    Story(
        "Lindqvist",
        "Astrid",
        "1979-06-23",
        "FEMALE",
        "ready",
        "NET_GEP",
        "Small-bowel NET: is the liver disease within the Milan-NET criteria?",
        "She is 47 and well.",
        ecog=0,
        diagnosis={
            **CLEAR,
            "site_detail": "small bowel",
            "histology": "Neuroendocrine tumour",
            "primary_control": "RESECTED_R0",
        },
        primary_days=420,
        liver_days=420,
        resected_days=400,
        labs=(*PANEL, *KIDNEY, ("cga", "310", "ug/L")),
        lesions=tuple(
            ((s,), mm)
            for s, mm in (
                ("2", "22"),
                ("3", "9"),
                ("4b", "12"),
                ("5", "14"),
                ("6", "8"),
                ("7", "19"),
                ("8", "10"),
            )
        ),
    ),
    Story(
        "Whitcombe",
        "Gerald",
        "1948-11-03",
        "MALE",
        "referred",
        "COLORECTAL",
        "Synchronous rectal cancer: liver first? He is frail and doubts any operation.",
        ecog=2,
        comorbidities=("COPD", "CHRONIC_KIDNEY_DISEASE"),
        diagnosis={"extrahepatic_disease": "UNKNOWN", "primary_control": "IN_SITU_UNCONTROLLED"},
        primary_days=12,
        liver_days=12,
        symptoms=("LOSS_OF_APPETITE",),
        imaging=None,
        lesions=((("5",), "52"), (("6", "7"), "30")),
    ),
    Story(
        "Calloway",
        "Ruth",
        "1956-07-17",
        "FEMALE",
        "referred",
        "MELANOMA",
        "Uveal melanoma with nine liver metastases: regional treatment, or tebentafusp?",
        urgency="SOON",
        diagnosis={
            "site_detail": "uveal",
            "melanoma_type": "UVEAL",
            "stated_lesion_count": 9,
            "stated_largest_mm": "17",
        },
        primary_days=2600,
        liver_days=21,
    ),
    Story(
        "Drummond",
        "Esi",
        "1965-12-05",
        "FEMALE",
        "returned",
        "UNKNOWN_PRIMARY",
        "Cystic lesion with a mural nodule in segment 4b: cystadenocarcinoma?",
        imaging=None,
        lesions=((("4b",), "61"),),
    ),
    Story(
        "Pemberton",
        "Ivor",
        "1960-10-28",
        "MALE",
        "decided",
        "HCC",
        "Found on surveillance, LI-RADS 4 of 14 mm: biopsy, repeat MRI, or treat?",
        diagnosis={**CLEAR, "histology": "LI-RADS 4 on MRI", "macrovascular_invasion": "NO"},
        liver_days=25,
        labs=(*PANEL, *KIDNEY, ("afp", "8", "ug/L")),
        lesions=((("7",), "14"),),
        liver={
            "cirrhosis": "YES",
            "aetiologies": ["ALCOHOL"],
            "ascites": "none",
            "encephalopathy": "none",
            "dialysis_twice_in_week": "NO",
        },
        wish="Do not wait too long: my brother died of this.",
    ),
    Story(
        "Bellweather",
        "Joan",
        "1951-05-09",
        "FEMALE",
        "closed",
        "COLORECTAL",
        "Solitary metastasis of 16 mm in segment 2, three years after the primary: resect or ablate?",
        diagnosis={**CLEAR, "histology": "Adenocarcinoma", "primary_control": "RESECTED_R0"},
        primary_days=1110,
        liver_days=40,
        labs=(*PANEL, *KIDNEY, ("cea", "6.1", "ug/L")),
        lesions=((("2",), "16"),),
        wish="Whatever gets me home soonest.",
    ),
)
