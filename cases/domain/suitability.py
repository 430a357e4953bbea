"""What should be thought of before a lesion is ablated or embolised, given what is known?

Cautions, never verdicts: a treatment that somebody has ruled out gets none, and what is missing never speaks.
Every limit stands in LIMITS with where it comes from; those marked are usual practice and are for the
centre's interventional radiologists to set.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.domain import scores
from cases.domain.scores.inputs import Unusable
from cases.domain.scores.laboratory import BILIRUBIN_MG_DL, CREATININE_MG_DL, INR, PLATELETS
from cases.vocabulary import Known

ABLATION_REVIEW = "review PMC9054902"
TACE = "World J Hepatol 2015;7:2009-2019"
Y90 = "van Roekel C, doctoral thesis"
USUAL = "usual practice"

NEIGHBOURS = frozenset({"BOWEL", "GALLBLADDER", "DIAPHRAGM", "HEART", "STOMACH"})


@dataclass(frozen=True)
class Limit:
    value: Decimal
    unit: str
    source: str
    to_confirm: bool = False

    @property
    def words(self) -> str:
        return f"{self.value} {self.unit}".strip()


LIMITS: Mapping[str, Limit] = {
    "ablation_size": Limit(Decimal(30), "mm", ABLATION_REVIEW),
    "ablation_largest": Limit(Decimal(50), "mm", ABLATION_REVIEW),
    "bile_duct": Limit(Decimal(10), "mm", USUAL, to_confirm=True),
    "organ": Limit(Decimal(10), "mm", USUAL, to_confirm=True),
    "margin": Limit(Decimal(5), "mm", USUAL, to_confirm=True),
    "inr": Limit(Decimal("1.5"), "", USUAL, to_confirm=True),
    "platelets": Limit(Decimal(50), "× 10⁹/L", USUAL, to_confirm=True),
    "bilirubin_tace": Limit(Decimal(2), "mg/dL", TACE),
    "bilirubin_y90": Limit(Decimal(2), "mg/dL", Y90),
    "child_pugh_tace": Limit(Decimal(8), "points", TACE),
    "creatinine_tace": Limit(Decimal(2), "mg/dL", TACE),
    "tace_size": Limit(Decimal(100), "mm", TACE),
    "involvement_y90": Limit(Decimal(70), "% of the liver", Y90),
}


@dataclass(frozen=True)
class Caution:
    therapy: str
    words: str
    source: str
    to_confirm: bool = False


@dataclass(frozen=True)
class Facts:
    """`said` is the interventional radiologist's form, `lesions` its rows with label and size, `known` the
    record under the names of the scores."""

    said: Mapping[str, Any]
    lesions: Sequence[Mapping[str, Any]]
    known: Mapping[str, Any]


def cautions(facts: Facts) -> tuple[Caution, ...]:
    return tuple(one for rule in RULES for one in rule(facts))


def _ablation(facts: Facts) -> Iterable[Caution]:
    if facts.said.get("ablatable") == Known.NO:
        return
    for lesion in facts.lesions:
        if lesion.get("ablatable") != Known.NO:
            yield from _of_one_lesion(lesion)
    yield from _bleeding(facts.known)
    if facts.said.get("biliary_status") in {"STENT", "ANASTOMOSIS"}:
        yield _usual("Ablation", "A bilio-enteric anastomosis or a stent: risk of abscess after ablation.")
    if facts.said.get("ablation_modality") == "IRE" and facts.said.get("implant") == Known.YES:
        yield _usual("Ablation", "Electroporation with metal or a pacemaker: risk of arrhythmia.")


def _of_one_lesion(lesion: Mapping[str, Any]) -> Iterable[Caution]:
    label, size = lesion.get("label", "Lesion"), lesion.get("size_mm")
    if size is not None and size > LIMITS["ablation_largest"].value:
        yield _over("Ablation", "ablation_largest", f"{label}: {_mm(size)}, above {{limit}}.")
    elif size is not None and size > LIMITS["ablation_size"].value:
        words = (
            f"{label}: {_mm(size)}, above {{limit}}. Local control is lower; compare with SBRT and surgery."
        )
        yield _over("Ablation", "ablation_size", words)
    for column, limit, what in (
        ("distance_bile_duct_mm", "bile_duct", "from the central bile duct"),
        ("distance_organ_mm", "organ", f"from {_organ(lesion)}"),
    ):
        if (distance := lesion.get(column)) is not None and distance < LIMITS[limit].value:
            yield _over(
                "Ablation", limit, f"{label}: {_mm(distance)} {what}, less than {{limit}}: heat injury."
            )
    if lesion.get("distance_vessel_mm") == 0:
        words = (
            f"{label}: touches a vessel of 3 mm or more, which cools it (radiofrequency more than microwave)."
        )
        yield _usual("Ablation", words)
    if (margin := lesion.get("expected_margin_mm")) is not None and margin < LIMITS["margin"].value:
        yield _over("Ablation", "margin", f"{label}: expected margin {_mm(margin)}, less than {{limit}}.")


def _bleeding(known: Mapping[str, Any]) -> Iterable[Caution]:
    inr, platelets = _read(INR, known, "inr"), _read(PLATELETS, known, "platelets")
    if inr is not None and inr > LIMITS["inr"].value:
        yield _over("Ablation", "inr", "INR above {limit}: bleeding.")
    if platelets is not None and platelets < LIMITS["platelets"].value:
        yield _over("Ablation", "platelets", "Platelets below {limit}: bleeding.")


def _child_pugh(known: Mapping[str, Any]) -> int | None:
    """Only of a cirrhotic liver; None where an input is missing or cannot be used."""
    if known.get("cirrhosis") is not True:
        return None
    return scores.compute("child_pugh", dict(known)).get("score")


def _embolisation(facts: Facts) -> Iterable[Caution]:
    said, known = facts.said, facts.known
    if said.get("embolisation_suitable") == Known.NO:
        return
    if _above(BILIRUBIN_MG_DL, known, "bilirubin", "bilirubin_tace"):
        yield _over("Embolisation", "bilirubin_tace", "Bilirubin above {limit}.")
    if (points := _child_pugh(known)) is not None and points >= LIMITS["child_pugh_tace"].value:
        yield _over("Embolisation", "child_pugh_tace", f"Child-Pugh {points}: {{limit}} or more.")
    creatinine = _read(CREATININE_MG_DL, known, "creatinine")
    if creatinine is not None and creatinine >= LIMITS["creatinine_tace"].value:
        yield _over("Embolisation", "creatinine_tace", "Creatinine {limit} or more.")
    for name, nothing, words in (
        ("encephalopathy", ("none",), "Encephalopathy is recorded."),
        ("ascites", ("none", "mild_or_controlled"), "Moderate, severe or refractory ascites is recorded."),
    ):
        if known.get(name) and known[name] not in nothing:
            yield Caution("Embolisation", words, TACE)
    for lesion in facts.lesions:
        if (size := lesion.get("size_mm")) is not None and size >= LIMITS["tace_size"].value:
            yield _over(
                "Embolisation", "tace_size", f"{lesion.get('label')}: {_mm(size)}, {{limit}} or more."
            )
    yield from _flow(said)
    if said.get("biliary_status") in {"DILATED", "STENT", "ANASTOMOSIS"}:
        yield Caution("Embolisation", "Bile-duct obstruction or an incompetent papilla.", TACE)


def _flow(said: Mapping[str, Any]) -> Iterable[Caution]:
    blocked = said.get("portal_vein") in {"BLAND_THROMBUS", "TUMOUR_THROMBUS"}
    if blocked and (said.get("portal_thrombus") == "VP4" or said.get("portal_side") in {"MAIN", "BOTH"}):
        yield Caution(
            "Embolisation", "Thrombus of the main portal vein or both sides: little flow left.", TACE
        )
    if said.get("shunt") in {"ARTERIOPORTAL", "ARTERIOVENOUS"}:
        yield Caution("Embolisation", "An arterial shunt, which must be treatable first.", TACE)


def _radioembolisation(facts: Facts) -> Iterable[Caution]:
    if facts.said.get("y90_suitable") == Known.NO:
        return
    if _above(BILIRUBIN_MG_DL, facts.known, "bilirubin", "bilirubin_y90"):
        yield _over("Y-90", "bilirubin_y90", "Bilirubin above {limit}.")
    if facts.said.get("shunt") == "GASTROINTESTINAL":
        yield Caution("Y-90", "A shunt to the gut, which must be corrected first.", Y90)
    share = facts.known.get("liver_involvement_percent")
    if share is not None and share > LIMITS["involvement_y90"].value:
        yield _over("Y-90", "involvement_y90", "Tumour takes more than {limit}.")


def _vein_embolisation(facts: Facts) -> Iterable[Caution]:
    if facts.said.get("vein_embolisation_suitable") == Known.NO:
        return
    if facts.said.get("portal_vein") in {"BLAND_THROMBUS", "TUMOUR_THROMBUS"}:
        yield _usual("Vein embolisation", "Thrombus in the portal vein: on which side?")
    if facts.said.get("biliary_status") == "DILATED" and facts.said.get("biliary_drainage") == "NONE":
        yield _usual("Vein embolisation", "Dilated ducts that are not drained: is the remnant drained first?")


RULES: tuple[Callable[[Facts], Iterable[Caution]], ...] = (
    _ablation,
    _embolisation,
    _radioembolisation,
    _vein_embolisation,
)


def _over(therapy: str, limit: str, words: str) -> Caution:
    found = LIMITS[limit]
    return Caution(therapy, words.format(limit=found.words), found.source, found.to_confirm)


def _usual(therapy: str, words: str) -> Caution:
    return Caution(therapy, words, USUAL, to_confirm=True)


def _read(wanted: Any, known: Mapping[str, Any], name: str) -> Any:
    """In the unit of the limit; None for what is missing or cannot be read."""
    raw = known.get(name)
    try:
        return None if wanted.is_missing(raw) else wanted.read(raw)
    except Unusable:
        return None


def _above(wanted: Any, known: Mapping[str, Any], name: str, limit: str) -> bool:
    value = _read(wanted, known, name)
    return value is not None and value > LIMITS[limit].value


def _mm(size: Any) -> str:
    return f"{Decimal(size).normalize():f} mm"


def _organ(lesion: Mapping[str, Any]) -> str:
    organ = lesion.get("organ")
    return f"the {organ.lower()}" if organ in NEIGHBOURS else "an organ"
