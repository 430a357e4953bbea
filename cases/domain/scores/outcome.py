"""How severe was a complication after surgery? Clavien-Dindo."""

from cases.domain.scores.inputs import Choice, Truth, Whole, between
from cases.domain.scores.registry import Output, score


@score(
    id="clavien_dindo",
    title="Clavien-Dindo",
    version="1",
    source="Dindo D, Demartines N, Clavien PA. Ann Surg 2004;240:205-213",
    inputs=(
        Truth("death"),
        Truth("icu_life_threatening"),
        Whole("organ_dysfunction_count", range=between(0, 20)),
        Choice("intervention", codes=("none", "no_general_anaesthesia", "general_anaesthesia")),
        Truth("drug_beyond_grade1_or_transfusion_or_tpn"),
        Truth("any_deviation"),
        Truth("disability_at_discharge", optional=True),
    ),
    outputs=(Output("grade"),),
    cautions=(
        "The highest grade is reported. Antiemetics, antipyretics, analgesics, diuretics, electrolytes, "
        "physiotherapy and opening a wound at the bedside are still grade I.",
        "Liver failure, bile leak and haemorrhage after resection have definitions of their own (ISGLS).",
    ),
    family="outcome",
)
def clavien_dindo(
    *,
    death: bool,
    icu_life_threatening: bool,
    organ_dysfunction_count: int,
    intervention: str,
    drug_beyond_grade1_or_transfusion_or_tpn: bool,
    any_deviation: bool,
    disability_at_discharge: bool | None,
) -> dict:
    """none, I, II, IIIa, IIIb, IVa, IVb or V; a `d` is added to I to IVb for disability at discharge.

    The organs that fail count only for what is life-threatening and needs intensive care.
    """
    if death:
        return {"grade": "V"}
    if icu_life_threatening:
        grade = "IVb" if organ_dysfunction_count >= 2 else "IVa"
    elif intervention != "none":
        grade = "IIIb" if intervention == "general_anaesthesia" else "IIIa"
    elif drug_beyond_grade1_or_transfusion_or_tpn:
        grade = "II"
    elif any_deviation:
        grade = "I"
    else:
        return {"grade": "none"}
    return {"grade": grade + ("d" if disability_at_discharge else "")}
