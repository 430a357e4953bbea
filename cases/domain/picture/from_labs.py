"""Which laboratory values count? The newest of each; of CEA also the highest there ever was."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.domain import labs
from cases.domain.picture.parts import BOUND, Gap, Item, Source
from cases.domain.picture.telling import shown
from cases.domain.scores import units
from cases.vocabulary import Analyte

Result = Mapping[str, Any]

PLAIN_NUMBERS = {Analyte.INR}
IN_ONE_UNIT = {Analyte.AFP: ("afp_ng_ml", "ng/mL"), Analyte.CEA: ("cea_ug_l", "ug/L")}


def of_labs(results: Iterable[Result]) -> list[Source]:
    """`results`: every standing value. A value without a day comes after all that have one."""
    by_analyte: dict[str, list[Result]] = {}
    for one in results:
        by_analyte.setdefault(one["analyte"], []).append(one)
    found: list[Source] = []
    for analyte, known in by_analyte.items():
        newest = max(known, key=lambda one: one.get("taken_on") or date.min)
        found += _of_newest(analyte, newest)
    return found + _highest_cea(by_analyte.get(Analyte.CEA, []))


def _of_newest(analyte: str, one: Result) -> list[Source]:
    if one.get("comparator"):
        names = [analyte, *([IN_ONE_UNIT[Analyte(analyte)][0]] if analyte in IN_ONE_UNIT else [])]
        return [_bound(name, one) for name in names]
    raw = one["value"] if analyte in PLAIN_NUMBERS else {"value": one["value"], "unit": one["unit"]}
    found: list[Source] = [_item(analyte, raw, one)]
    if analyte in IN_ONE_UNIT:
        name, unit = IN_ONE_UNIT[Analyte(analyte)]
        value = _in(unit, one)
        found += [] if value is None else [_item(name, value, one)]
    if analyte == Analyte.AST and (limit := one.get("upper_limit")) is not None:
        words = labs.amount(limit, one["unit"])
        found.append(_item("ast_uln", {"value": limit, "unit": one["unit"]}, one, words))
    return found


def _highest_cea(known: list[Result]) -> list[Source]:
    """In ug/L. A bound from above (above 500) that is higher than every value leaves the highest unknown."""
    measured = [(value, one) for one in known if (value := _in("ug/L", one)) is not None]
    values = [pair for pair in measured if not pair[1].get("comparator")]
    if not values:
        return []
    highest, one = max(values, key=lambda pair: pair[0])
    above = [pair for pair in measured if pair[1].get("comparator") == ">" and pair[0] >= highest]
    if above:
        return [_bound("cea_highest_measured", above[0][1])]
    found: list[Source] = [_item("cea_highest_measured", highest, one, f"{shown(highest)} µg/L")]
    return [*found, _item("cea_measured_once", True, one)] if len(measured) == 1 else found


def _item(name: str, raw: Any, one: Result, words: str = "") -> Item:
    words = words or labs.amount(one["value"], one["unit"])
    return Item(name, raw, words, one.get("taken_on"), by=one.get("by", ""), place="labs")


def _bound(name: str, one: Result) -> Gap:
    words = f"{one['comparator']}{labs.amount(one['value'], one['unit'])}"
    return Gap(name, BOUND, words, one.get("by", ""), one.get("taken_on"), "labs")


def _in(unit: str, one: Result) -> Decimal | None:
    try:
        return units.without_dust(units.convert(one["analyte"], one["value"], one["unit"], unit)).normalize()
    except units.UnknownUnit:
        return None
