"""How is a profile fitted to a file that calls its columns otherwise?"""

from collections.abc import Iterable, Mapping

from cases.domain import labs
from cases.domain.errors import Refused

LENGTHS = ("cm", "mm")


def fitted(profile: dict, headings: Mapping[str, str], units: Mapping[str, str] | None = None) -> dict:
    """The profile with the headings of the file. A column that the file does not have leaves, and with it
    every rule that compares with it. `headings` and `units` are by the profile's own heading.

    The whole profile goes along as "base", so that a file can be fitted again and get columns back.
    """
    profile = whole(profile)
    chosen = {header: heading for header, heading in headings.items() if heading}
    _require_each_once(chosen)
    if profile["record_column"] not in chosen:
        raise Refused("Choose the column that holds the record number; without it no row can be told apart.")
    columns = [_column(one, chosen, units or {}) for one in profile["columns"] if one["header"] in chosen]
    if not columns:
        raise Refused("Choose at least one column besides the record number.")
    rules = [_rule(rule, chosen) for rule in profile.get("rules", []) if _headers(rule) <= set(chosen)]
    return profile | {
        "record_column": chosen[profile["record_column"]],
        "columns": columns,
        "rules": rules,
        "base": profile,
    }


def whole(profile: dict) -> dict:
    """The profile before it was fitted to a file."""
    return profile.get("base", profile)


def units_of(column: dict) -> tuple[str, ...]:
    """The units in which this column may be written; the profile's own first."""
    if column["read"] == "length":
        return _first(column["unit"], LENGTHS)
    if column["read"] == "analyte":
        return _first(column["unit"], labs.ANALYTES[column["analyte"]].units)
    return ()


def _first(one: str, others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([one, *others]))


def _require_each_once(chosen: Mapping[str, str]) -> None:
    taken = list(chosen.values())
    if twice := sorted({heading for heading in taken if taken.count(heading) > 1}):
        raise Refused(f"Chosen more than once: {', '.join(twice)}. Choose each column for one thing.")


def _column(column: dict, chosen: Mapping[str, str], units: Mapping[str, str]) -> dict:
    header = column["header"]
    new = column | {"header": chosen[header]}
    if units.get(header) in units_of(column):
        new["unit"] = units[header]
    if "beside" in column:
        new["beside"] = chosen.get(column["beside"], "")
    return new


def _headers(rule: dict) -> set[str]:
    used = {rule["ask"], *(one["column"] for one in rule["when"])}
    return used | {one["exceeds"] for one in rule["when"] if "exceeds" in one}


def _rule(rule: dict, chosen: Mapping[str, str]) -> dict:
    when = [one | {"column": chosen[one["column"]]} for one in rule["when"]]
    when = [one | ({"exceeds": chosen[one["exceeds"]]} if "exceeds" in one else {}) for one in when]
    return rule | {"ask": chosen[rule["ask"]], "when": when}
