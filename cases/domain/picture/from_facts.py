"""What do the sheets of a case say, under the names that scores use?

Each function takes plain mappings, so that rows and what is being typed are read alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cases.domain.picture.parts import Item, Source
from cases.domain.picture.telling import Telling, written
from cases.vocabulary import (
    Ascites,
    CharlsonItem,
    Diabetes,
    Encephalopathy,
    ExtrahepaticDisease,
    LiverDisease,
    MetastaticSite,
    Modality,
    OtherTumour,
    PrimaryControl,
    PrimarySite,
    Sex,
)

Said = Mapping[str, Any]

OF_THE_LIVER = (
    "cirrhosis",
    "dialysis_twice_in_week",
    "varices",
    "splenomegaly",
    "portal_hypertension",
    "portal_vein_thrombosis",
)
SEX_FOR_MELD: Mapping[str, str] = {Sex.FEMALE: "female", Sex.MALE: "male"}


def words_of(choices: Any) -> dict[str, str]:
    return {one.value: _begun_small(str(one.label)) for one in choices}


def _begun_small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def of_case(said: Said, *, on: date) -> list[Source]:
    """`said`: question, birth_date, stated_age, sex. The birth date itself does not enter the picture."""
    found: list[Source] = [Item("formula", "mosteller", "Mosteller", is_dated=False)]
    if question := (said.get("question") or "").strip():
        found.append(Item("question_for_board", question, question, is_dated=False, place="referral"))
    age, words = _age(said, on)
    if age is not None:
        found.append(Item("age_years", age, words, is_dated=False, place="referral"))
    if sex := SEX_FOR_MELD.get(said.get("sex") or ""):
        found.append(Item("sex_for_meld", sex, sex, is_dated=False, place="referral"))
    return found


def _age(said: Said, on: date) -> tuple[int | None, str]:
    born, stated = said.get("birth_date"), said.get("stated_age")
    if born and born <= on:
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return years, f"{years} years on {written(on)}"
    return stated, f"{stated} years, as stated"


def of_fitness(said: Said, *, by: str = "", said_on: date | None = None) -> list[Source]:
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


def of_liver(said: Said, *, by: str = "", said_on: date | None = None) -> list[Source]:
    told = Telling(said, "liver", by, said.get("assessed_on"), said_on=said_on)
    found = [one for name in OF_THE_LIVER for one in told.truth(name)]
    found += told.choice("ascites", words=words_of(Ascites))
    found += told.choice("encephalopathy", words=words_of(Encephalopathy))
    found += told.choice("liver_function")
    if "PSC" in (said.get("aetiologies") or ()):
        found.append(told.item("psc", True, "yes"))
    return found


def of_diagnosis(said: Said, *, by: str = "", said_on: Mapping[str, date] | None = None) -> list[Source]:
    """What the tumour is has no day; what was found outside the liver has that of the staging.

    `said_on`: the day on which a field was last written, for what a radiologist may have seen since.
    """
    written_on = said_on or {}
    told = Telling(said, "diagnosis", by, is_dated=False)
    staged = said.get("extrahepatic_staged_on")
    outside = Telling(said, "diagnosis", by, staged, said_on=written_on.get("extrahepatic_disease"))
    vessels = replace(told, said_on=written_on.get("macrovascular_invasion"))
    nodes = replace(told, said_on=written_on.get("primary_node_positive"))
    found = [
        *told.lower("primary_site", words=words_of(PrimarySite)),
        *told.lower("primary_control", words=words_of(PrimaryControl)),
        *told.lower("melanoma_type"),
        *told.lower("primary_side"),
        *nodes.truth("primary_node_positive"),
        *vessels.truth("macrovascular_invasion"),
        *told.day("primary_diagnosed_on"),
        *told.day("liver_diagnosed_on"),
        *told.day("primary_resected_on"),
        *outside.lower("extrahepatic_disease", "extrahepatic_told", words_of(ExtrahepaticDisease)),
        *_as_stated(Telling(said, "diagnosis", by)),
    ]
    if histology := (said.get("histology") or "").strip():
        found.append(told.item("histology_or_accepted_imaging_diagnosis", histology, histology))
    if sites := [site.lower() for site in said.get("extrahepatic_sites") or ()]:
        labels = words_of(MetastaticSite)
        found.append(outside.item("extrahepatic_sites", sites, ", ".join(labels[s.upper()] for s in sites)))
    if staged:
        found.append(outside.item("extrahepatic_staging_done", True, f"done on {written(staged)}"))
    return found


def _as_stated(told: Telling) -> list[Source]:
    """What a referral says of lesions that nobody has described one by one. It has no day."""
    found = told.number("stated_largest_mm", unit="mm")
    count = told.said.get("stated_lesion_count")
    if count is not None:
        more = bool(told.said.get("stated_count_is_minimum"))
        words = f"{count} or more" if more else str(count)
        found.append(told.item("stated_count", (count, more), words))
    return found


def of_comorbidity(said: Said, *, by: str = "", said_on: date | None = None) -> list[Source]:
    """Somebody went through the whole list: what is not ticked is not there."""
    told = Telling(said, "comorbidity", by, said.get("assessed_on"), said_on=said_on)
    ticked = set(said.get("items") or ())
    found: list[Source] = [
        told.item(one.value, one.value in ticked, "yes" if one.value in ticked else "no")
        for one in CharlsonItem
    ]
    return [
        *found,
        *told.choice("liver_disease", words=words_of(LiverDisease)),
        *told.choice("diabetes", words=words_of(Diabetes)),
        *told.choice("other_tumour", words=words_of(OtherTumour)),
    ]


def of_course(said: Said, *, by: str = "", said_on: date | None = None) -> list[Source]:
    """The course after one operation, as Clavien-Dindo asks. Without intensive care no organ is failing."""
    told = Telling(said, "course", by, said.get("performed_on"), said_on=said_on)
    count = said.get("organ_dysfunction_count")
    if count is None and said.get("icu_life_threatening") is False:
        count = 0
    asked = {
        "death": "death",
        "icu_life_threatening": "icu_life_threatening",
        "drug_or_transfusion": "drug_beyond_grade1_or_transfusion_or_tpn",
        "any_deviation": "any_deviation",
        "disability_at_discharge": "disability_at_discharge",
    }
    found: list[Source] = [
        told.item(name, said[field], "yes" if said[field] else "no")
        for field, name in asked.items()
        if said.get(field) in (True, False)
    ]
    if count is not None:
        found.append(told.item("organ_dysfunction_count", count, str(count)))
    return [*found, *told.choice("intervention")]


def of_imaging(studies: Iterable[Said]) -> list[Source]:
    """The newest study that shows the liver counts; a study of somatostatin receptors counts whenever."""
    found: list[Source] = []
    for one in studies:
        day = one["performed_on"]
        told = Telling(one, "imaging", one.get("by", ""), day)
        if one.get("covers_liver", True):
            found.append(liver_imaging(told, one["modality"], day))
        if one["modality"] == Modality.SSTR_PET:
            found.append(told.item("sstr_imaging_done", True, f"done on {written(day)}"))
    return found


def liver_imaging(told: Telling, modality: str, day: date) -> Item:
    """Of two studies the later one counts, whoever read it first."""
    name = str(Modality(modality).label) if modality else "imaging"
    words = f"{name}, {written(day)}"
    return Item("liver_imaging_date", day.isoformat(), words, day, by=told.by, place=told.place, said_on=day)
