"""What do the sheets of a case say, under the names that scores use?

Each function takes plain mappings, so that rows and what is being typed are read alike.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases.domain import labs
from cases.domain.picture.parts import BOUND, Gap, Item, Source
from cases.domain.picture.telling import Telling
from cases.vocabulary import Analyte, Ascites, Encephalopathy

PLAIN_NUMBERS = {Analyte.INR}
OF_THE_LIVER = (
    "cirrhosis",
    "dialysis_twice_in_week",
    "varices",
    "splenomegaly",
    "portal_hypertension",
    "portal_vein_thrombosis",
)


def of_labs(results: Iterable[Mapping[str, Any]]) -> list[Source]:
    """Every standing value, whatever its day: the newest counts, the highest CEA is looked for."""
    found: list[Source] = []
    for one in results:
        found += _of_lab(one)
    return found


def _of_lab(one: Mapping[str, Any]) -> list[Source]:
    name, value, unit = one["analyte"], one["value"], one["unit"]
    words = f"{one.get('comparator', '')}{labs.amount(value, unit)}"
    told = {"on": one.get("taken_on"), "by": one.get("by", ""), "place": "labs"}
    if one.get("comparator"):
        return [Gap(name, BOUND, words, **told)]
    raw = value if name in PLAIN_NUMBERS else {"value": value, "unit": unit}
    return [Item(name, raw, words, **told)]


def of_fitness(said: Mapping[str, Any], *, by: str = "", said_on: date | None = None) -> list[Source]:
    told = Telling(said, "fitness", by, said.get("assessed_on"), said_on=said_on)
    ecog = said.get("ecog")
    return [
        *([] if ecog is None else [told.item("ecog", ecog, str(ecog))]),
        *told.truth("ecog_cancer_related"),
        *told.quantity("height_cm", "height", "cm"),
        *told.quantity("weight_kg", "weight", "kg"),
        *told.number("karnofsky", unit="%"),
        *told.number("weight_loss_6m_percent", unit="%"),
    ]


def of_liver(said: Mapping[str, Any], *, by: str = "", said_on: date | None = None) -> list[Source]:
    told = Telling(said, "liver", by, said.get("assessed_on"), said_on=said_on)
    found = [one for name in OF_THE_LIVER for one in told.truth(name)]
    found += told.choice("ascites", words=_words(Ascites))
    found += told.choice("encephalopathy", words=_words(Encephalopathy))
    found += told.choice("liver_function")
    if said.get("ascites") in Ascites.values:
        uncontrolled = said["ascites"] == Ascites.SEVERE
        found.append(told.item("ascites_uncontrolled", uncontrolled, "yes" if uncontrolled else "no"))
    if "PSC" in (said.get("aetiologies") or ()):
        found.append(told.item("psc", True, "yes"))
    return found


def _words(choices: Any) -> dict[str, str]:
    return {one.value: str(one.label).lower() for one in choices}
