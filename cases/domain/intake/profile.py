"""What does each column of this kind of file mean?

A profile is data (JSON), checked as it is read: an unknown reader, target, analyte or heading is an error of
the profile and is told as one. Adding a hospital's own table means adding a profile, not code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cases.domain.labs import ANALYTES

KEEP, CONVERT, LEAVE_OUT = "keep", "convert", "leave_out"
AT_LEAST, EXACTLY = "at_least", "exactly"
ANSWERS = (KEEP, CONVERT, LEAVE_OUT, AT_LEAST, EXACTLY)

LISTS = frozenset({"liver.aetiologies", "fitness.comorbidities"})
TARGETS = LISTS | {
    "patient.sex",
    "case.stated_age",
    "diagnosis.extrahepatic",
    "liver.cirrhosis",
    "liver.ascites",
    "liver.encephalopathy",
    "liver.varices",
    "liver.portal_hypertension",
    "liver.splenomegaly",
    "liver.portal_vein_thrombosis",
    "fitness.ecog",
    "labs",
    "lesions.count",
    "lesions.largest_mm",
}
READERS = frozenset(
    {"yes_no", "codes", "member", "integer", "decimal", "percent", "analyte", "length", "ignore"}
)
TESTS = frozenset({"is", "above", "exceeds", "present", "missing"})


class BadProfile(ValueError):
    """The profile itself is wrong; the message names the column or rule."""


@dataclass(frozen=True)
class Column:
    header: str
    read: str
    target: str | None = None  # None: checked or ignored, not stored
    codes: Mapping[str, str] = field(default_factory=dict)
    member: str = ""  # what a "yes" adds to a list
    analyte: str = ""
    unit: str = ""
    range: tuple[Decimal, Decimal] | None = None
    usual: tuple[Decimal, Decimal] | None = None
    at_least: int | None = None  # from this count on, the file may mean "or more"
    unsure: str = ""  # why nobody can say what the column means; every value is questioned
    beside: str = ""  # the column that helps to judge a doubtful value
    why: str = ""  # why the column is read as it is, or not imported


@dataclass(frozen=True)
class Condition:
    column: str
    test: str
    value: str = ""


@dataclass(frozen=True)
class Rule:
    """When all conditions hold, the value in `ask` is questioned."""

    kind: str
    when: tuple[Condition, ...]
    ask: str
    why: str
    offered: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    name: str
    title: str
    source: str
    licence: str
    record_column: str
    missing: frozenset[str]
    constants: Mapping[str, str]
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    notes: tuple[str, ...] = ()
    authority: str = ""  # who issued the record numbers; the profile's name where nobody said

    @property
    def headers(self) -> list[str]:
        return [self.record_column, *(column.header for column in self.columns)]

    def is_missing(self, text: str) -> bool:
        return not text or text in self.missing


def profile_from(data: dict) -> Profile:
    profile = Profile(
        name=data["name"],
        title=data["title"],
        source=data["source"],
        licence=data["licence"],
        record_column=data["record_column"],
        missing=frozenset(data["missing"]),
        constants=data.get("constants", {}),
        columns=tuple(_column(one, data.get("yes_no", {})) for one in data["columns"]),
        rules=tuple(_rule(one) for one in data.get("rules", [])),
        notes=tuple(data.get("notes", ())),
        authority=data.get("authority") or data["name"],
    )
    _check_headings(profile)
    return profile


def _column(data: dict, yes_no: dict) -> Column:
    given = dict(data)
    for name in ("range", "usual"):
        if name in given:
            low, high = given[name]
            given[name] = (Decimal(str(low)), Decimal(str(high)))
    if given["read"] in {"yes_no", "member"}:
        given.setdefault("codes", yes_no)
    try:
        column = Column(**given)
    except TypeError as error:
        raise BadProfile(f"{data['header']}: {error}") from error
    _check_column(column)
    return column


def _check_column(column: Column) -> None:
    def must(fact: object, wrong: str) -> None:
        if not fact:
            raise BadProfile(f"{column.header}: {wrong}")

    must(column.read in READERS, f"no way to read {column.read!r}")
    must(column.target is None or column.target in TARGETS, f"no such target {column.target!r}")
    must(column.target or column.why, "say why it is not imported")
    must((column.target == "labs") == (column.read == "analyte"), "labs are read as analytes, and only labs")
    must(column.read != "analyte" or column.analyte in ANALYTES, f"unknown analyte {column.analyte!r}")
    must(column.read != "length" or column.unit in {"cm", "mm"}, "a length needs cm or mm")
    must((column.target in LISTS) == (column.read == "member"), "lists have members, and only lists")
    must(column.read not in {"codes", "yes_no", "member"} or column.codes, "needs its codes")


def _rule(data: dict) -> Rule:
    when = tuple(_condition(one) for one in data["when"])
    return Rule(data["kind"], when, data["ask"], data["why"], tuple(data["offered"]))


def _condition(data: dict) -> Condition:
    (test,) = set(data) - {"column"}
    if test not in TESTS:
        raise BadProfile(f"{data['column']}: no test {test!r}")
    return Condition(data["column"], test, str(data[test]))


def _check_headings(profile: Profile) -> None:
    known = set(profile.headers)
    if len(known) != len(profile.headers):
        raise BadProfile("a heading stands twice")
    for rule in profile.rules:
        used = {rule.ask, *(one.column for one in rule.when)}
        used |= {one.value for one in rule.when if one.test == "exceeds"}
        if used - known:
            raise BadProfile(f"rule {rule.kind}: no column {sorted(used - known)}")
        if not set(rule.offered) <= set(ANSWERS):
            raise BadProfile(f"rule {rule.kind}: answers are {ANSWERS}")
