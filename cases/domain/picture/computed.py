"""What do other scores say that a score asks for? Remnant, grade, class, type; and markers made of two."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cases.domain import biomarkers, scores
from cases.domain.picture.known import Known, known_values
from cases.domain.picture.parts import Gap, Source
from cases.domain.picture.telling import shown

WORSE = ("none", "localised", "metastatic")
BODY = ("height", "weight")
STRICTURE = ("reaches_confluence", "extends_right_second_order", "extends_left_second_order")
RESPONDED = frozenset({"cr", "pr"})
CEA_THAT_MUST_FALL = 80  # in ug/L; below it no rule asks how high it was (TransMet)


def remnant(known: Known) -> Iterator[Source]:
    """The standardised remnant needs no background; whether it is enough does."""
    now = _standardised(known, "flr_volume")
    for name in ("sflr_percent", "sflr_after_percent"):
        yield known.made(name, now, _percent(now), "flr_volume", *BODY)
    before = _standardised(known, "flr_volume_before")
    yield known.made("sflr_before_percent", before, _percent(before), "flr_volume_before", *BODY)
    yield _days_between(known)
    of = ("flr_volume", "liver_background", *BODY)
    enough = scores.compute("flr", dict(known_values(known, of))).get("adequate")
    yield known.made("flr_adequate", enough, "yes" if enough else "no", *of)


def _standardised(known: Known, volume: str) -> Decimal | None:
    given = dict(known_values(known, BODY)) | {"flr_volume": known.value(volume)}
    # Any background: it sets the threshold, never the percentage.
    percent = scores.compute("flr", given | {"liver_background": "normal"}).get("sflr_percent")
    return None if percent is None else Decimal(str(percent))


def _percent(value: Decimal | None) -> str:
    """As the score itself shows it: next to a threshold with more decimals."""
    shown_as = {"sflr_percent": value}
    return "" if value is None else f"{scores.get('flr').display(shown_as)['sflr_percent']} %"


def _days_between(known: Known) -> Source:
    first, second = known.value("flr_before_on"), known.value("volumetry_on")
    days = None
    if first and second:
        days = (date.fromisoformat(second) - date.fromisoformat(first)).days
    return known.made("days_between", days, f"{days} days", "flr_before_on", "volumetry_on")


def liver_function(known: Known) -> Iterator[Source]:
    """Child-Pugh does not apply to a liver without cirrhosis; whether there is one must be known."""
    ascites = known.value("ascites")
    beyond = None if ascites is None else ascites == "moderate_severe_or_refractory"
    yield known.made("ascites_uncontrolled", beyond, "yes" if beyond else "no", "ascites")
    name, cirrhosis = "child_pugh_class", known.value("cirrhosis")
    if cirrhosis is None:
        yield known.lacking(name, "cirrhosis", reason="whether there is cirrhosis is not known")
    elif cirrhosis is False:
        yield known.made(name, "not_applicable", "does not apply, no cirrhosis", "cirrhosis")
    else:
        of = ("bilirubin", "albumin", "inr", "ascites", "encephalopathy")
        told = scores.compute("child_pugh", dict(known_values(known, of)))
        words = f"{told.get('class')} ({told.get('score')} points)"
        yield known.made(name, told.get("class"), words, *of)


def pathology(known: Known) -> Iterator[Source]:
    of = ("differentiation", "ki67_percent", "mitoses_per_2mm2")
    told = scores.compute("net_grade_who2022", dict(known_values(known, of)))
    why = "a neuroendocrine carcinoma has no grade number" if told.get("category") == "NEC" else ""
    yield known.made("net_grade", told.get("grade"), str(told.get("category")), *of, reason=why)
    macro, micro = known.value("macrovascular_invasion"), known.value("microvascular_invasion")
    if micro:
        yield known.made("vascular_invasion", True, "microvascular", "microvascular_invasion")
    elif not macro and _is_pending(known, "microvascular_invasion"):
        yield known.lacking("vascular_invasion", "microvascular_invasion")
    else:
        yield known.made("vascular_invasion", macro, "yes" if macro else "no", "macrovascular_invasion")
    yield from _nodes(known)


def _is_pending(known: Known, name: str) -> bool:
    return name in known.gaps and known.gaps[name].state == "pending"


def _nodes(known: Known) -> Iterator[Source]:
    """Nodes under the microscope count before nodes on images; only where the liver is the primary."""
    category = known.value("pn")
    if category and known.value("primary_site") in {"icca", "pcca", "hcc"}:
        yield known.made("node_positive", category != "N0", known.items["pn"].words, "pn")
    else:
        seen = known.value("regional_nodes_positive")
        yield known.made("node_positive", seen, "yes" if seen else "no", "regional_nodes_positive")


def strictures(known: Known) -> Iterator[Source]:
    of = (*STRICTURE, "multifocal")
    told = scores.compute("bismuth_corlette", dict(known_values(known, of)))
    yield known.made("bismuth_type", told.get("type"), str(told.get("type")), *of)
    mm = known.value("radial_diameter_mm")
    cm = None if mm is None else mm / 10
    yield known.made(
        "radial_diameter_cm", cm, f"{shown(cm)} cm" if cm is not None else "", "radial_diameter_mm"
    )


def markers(known: Known) -> Iterator[Source]:
    kras, nras, braf = (known.value(name) for name in ("kras", "nras", "braf"))
    ras = biomarkers.ras(kras, nras)
    words = "" if ras is None else ras.replace("_", " ")
    yield known.made("ras", ras, words, "kras", "nras")
    yield known.made("ras_mutated", None if ras is None else ras == "mutated", words, "kras", "nras")
    mutated = None if kras is None else kras == "mutated"
    yield known.made("kras_mutated", mutated, "mutated" if mutated else "wild type", "kras")
    any_braf = None if braf is None else "wild_type" if braf == "wild_type" else "mutated"
    yield known.made("braf_mutation", any_braf, (any_braf or "").replace("_", " "), "braf")


def highest_cea(known: Known) -> Iterator[Source]:
    """The highest that was measured here, or that the oncologist knows of."""
    measured, told = known.items.get("cea_highest_measured"), known.items.get("cea_highest_told")
    found = [one for one in (measured, told) if one is not None]
    if not found or (measured is None and "cea_highest_measured" in known.gaps):
        yield from (known.lacking(n, "cea_highest_measured") for n in ("cea_highest", "cea_highest_ug_l"))
        return
    highest = max(found, key=lambda one: one.value)
    if told is None and known.value("cea_measured_once") and highest.value >= CEA_THAT_MUST_FALL:
        why = "only one value is recorded, and nobody said how high it was before"
        yield from (
            Gap(name, reason=why, place=highest.place) for name in ("cea_highest", "cea_highest_ug_l")
        )
        return
    quantity = {"value": highest.value, "unit": "ug/L"}
    yield known.made("cea_highest", quantity, highest.words, highest.name)
    yield known.made("cea_highest_ug_l", highest.value, highest.words, highest.name)


def disease_control(known: Known) -> Iterator[Source]:
    months, of = known.value("months_disease_control_on_chemo"), "months_disease_control_on_chemo"
    words = known.items[of].words if months is not None else ""
    yield known.made("months_stable_or_response", months, words, of)
    responded = months if known.value("response") in RESPONDED else None
    yield known.made("months_response_to_systemic", responded, words, of, "response")


def solid_tumour(known: Known) -> Iterator[Source]:
    """Of the Charlson index: the worse of the tumour under discussion and another one."""
    site, other = known.value("primary_site"), known.value("other_tumour")
    if not site or other is None:
        yield Gap("solid_tumour", place="comorbidity" if site else "diagnosis")
        return
    index = "metastatic"
    if site in {"hcc", "icca", "pcca"}:
        spread = known.value("extrahepatic_disease_present")
        if spread is None and other != "metastatic":
            yield known.lacking(
                "solid_tumour", "extrahepatic_disease", reason="spread outside the liver is not known"
            )
            return
        index = "metastatic" if spread else "localised"
    worse = max(index, other, key=WORSE.index)
    words = f"{worse}, the tumour under discussion counted"
    yield known.made("solid_tumour", worse, words, "other_tumour", "primary_site")
