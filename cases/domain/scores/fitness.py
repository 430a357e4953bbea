"""How fit is the patient? ECOG performance status, ASA class and Charlson comorbidity index."""

from types import MappingProxyType

from cases.domain.scores.inputs import Choice, Truth, Whole, between
from cases.domain.scores.registry import Output, score

FIT_UP_TO = 2
ASA_CLASSES = ("I", "II", "III", "IV", "V", "VI")

CONDITION_POINTS = MappingProxyType(
    {
        "myocardial_infarction": 1,
        "congestive_heart_failure": 1,
        "peripheral_vascular_disease": 1,
        "cerebrovascular_disease": 1,
        "dementia": 1,
        "copd": 1,
        "connective_tissue_disease": 1,
        "peptic_ulcer_disease": 1,
        "hemiplegia": 2,
        "renal_moderate_severe": 2,
        "leukaemia": 2,
        "lymphoma": 2,
        "aids": 6,
    }
)
# Of these three only the worse grade counts, which is why each is one answer and not two.
LIVER_DISEASE_POINTS = MappingProxyType({"none": 0, "mild": 1, "moderate_severe": 3})
DIABETES_POINTS = MappingProxyType({"none": 0, "uncomplicated": 1, "end_organ_damage": 2})
SOLID_TUMOUR_POINTS = MappingProxyType({"none": 0, "localised": 2, "metastatic": 6})
AGES_THAT_ADD_A_POINT = (50, 60, 70, 80)


@score(
    id="ecog",
    title="ECOG performance status",
    version="1",
    source="Oken MM et al. Am J Clin Oncol 1982;5:649-655",
    family="fitness",
    inputs=(Whole("ecog", range=between(0, 5)),),
    outputs=(Output("ecog"), Output("fit_for_active_treatment_discussion")),
    cautions=(
        "That 0 to 2 is fit enough to discuss active treatment is a convention, not part of the scale.",
        "For hepatocellular carcinoma note whether the limitation is due to the cancer: staging asks for it.",
        "Karnofsky is another scale and is not converted.",
    ),
)
def ecog(*, ecog: int) -> dict:
    """0 fully active to 4 fully disabled; 5 is dead."""
    return {"ecog": ecog, "fit_for_active_treatment_discussion": ecog <= FIT_UP_TO}


@score(
    id="asa",
    title="ASA physical status",
    version="1",
    source="American Society of Anesthesiologists, Physical Status Classification System, amended 2020",
    family="fitness",
    inputs=(Choice("asa_class", codes=ASA_CLASSES), Truth("emergency", optional=True)),
    outputs=(Output("label"),),
    cautions=("A class and not a number: it is neither added up nor averaged.",),
)
def asa(*, asa_class: str, emergency: bool | None) -> dict:
    """I healthy to V moribund, VI a brain-dead donor; E is added for an emergency."""
    return {"label": f"ASA {asa_class}{'E' if emergency else ''}"}


@score(
    id="charlson",
    title="Charlson comorbidity index, with age",
    version="1",
    source="Charlson ME et al. J Chronic Dis 1987;40:373-383; age: J Clin Epidemiol 1994;47:1245-1251",
    family="fitness",
    inputs=(
        Whole("age_years", range=between(0, 120)),
        *(Truth(condition) for condition in CONDITION_POINTS),
        Choice("liver_disease", codes=tuple(LIVER_DISEASE_POINTS)),
        Choice("diabetes", codes=tuple(DIABETES_POINTS)),
        Choice("solid_tumour", codes=tuple(SOLID_TUMOUR_POINTS)),
    ),
    outputs=(
        Output("comorbidity_points"),
        Output("age_points"),
        Output("total"),
        Output("without_solid_tumour"),
    ),
    cautions=(
        "Whoever has metastases scores at least 6 through the disease that is being discussed; "
        "the value without the solid tumour shows what else there is.",
        "Implementations differ about age: here 50 itself gives a point, and from 80 it is 4 at any age.",
    ),
    to_confirm="The bands of age, against Charlson 1994: a point from 50, another for each decade, up to 4.",
)
def charlson(
    *, age_years: int, liver_disease: str, diabetes: str, solid_tumour: str, **conditions: bool
) -> dict:
    """Points for disease and for age, apart and together.

    `without_solid_tumour` is the total less the points of the solid tumour; leukaemia and lymphoma stay in.
    """
    tumour_points = SOLID_TUMOUR_POINTS[solid_tumour]
    comorbidity_points = (
        sum(points for name, points in CONDITION_POINTS.items() if conditions[name])
        + LIVER_DISEASE_POINTS[liver_disease]
        + DIABETES_POINTS[diabetes]
        + tumour_points
    )
    age_points = sum(age_years >= age for age in AGES_THAT_ADD_A_POINT)
    total = comorbidity_points + age_points
    return {
        "comorbidity_points": comorbidity_points,
        "age_points": age_points,
        "total": total,
        "without_solid_tumour": total - tumour_points,
    }
