"""Is a case ready to be discussed, and if not, what is lacking and who owes it?

Three parts, none of which is ever stored. Blocking: the board cannot judge without it. Stale: it will be too
old on the day of the meeting. Waiting: a discipline was asked and has not signed. "Not known" and "not
assessed" count as missing; zero and "no" are answers. Whether an emergency waits for any of it is for people:
it can always be listed, and says what is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from cases.domain import labs, shelf_life
from cases.vocabulary import Analyte, ExtrahepaticDisease, Known, PrimaryControl, PrimarySite

BASE_LABS = (Analyte.BILIRUBIN, Analyte.ALBUMIN, Analyte.INR, Analyte.CREATININE, Analyte.PLATELETS)
MARKERS: Mapping[str, tuple[Analyte, ...]] = {
    PrimarySite.COLORECTAL: (Analyte.CEA,),
    PrimarySite.HCC: (Analyte.AFP,),
    PrimarySite.MELANOMA: (Analyte.LDH,),
    PrimarySite.PCCA: (Analyte.CA19_9,),
}


class State(StrEnum):
    READY = "ready"
    WAITING = "waiting"
    STALE = "stale"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: what, who owes it, why it counts as missing, and where it is put right.

    The rule gives `link` as the name of a sheet; the query turns it into an address.
    """

    what: str
    who_owes: str = ""
    detail: str = ""
    link: str = ""
    short: str = ""  # for a row of a list

    @property
    def in_brief(self) -> str:
        return self.short or self.what


@dataclass(frozen=True)
class Awaited:
    """A discipline's input that is asked for and not signed."""

    name: str
    short: str
    asked_of: str = ""
    due_at: datetime | None = None
    begun: bool = False
    link: str = ""

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True)
class Facts:
    """What is known of a case, as far as readiness asks. Empty text and None: nobody has said."""

    question: str = ""
    primary_site: str = ""
    histology: str = ""
    primary_control: str = ""
    extrahepatic_disease: str = ""
    macrovascular_invasion: str = ""
    ecog: int | None = None
    cirrhosis: str = ""
    ascites: str = ""
    encephalopathy: str = ""
    imaging_on: date | None = None
    imaging_name: str = ""
    lesion_count: int | None = None
    count_is_minimum: bool = False
    largest_mm: Decimal | None = None
    segments_known: bool = False
    taken_on: Mapping[str, date | None] = field(default_factory=dict)  # newest value of each analyte
    awaited: tuple[Awaited, ...] = ()
    referrer: str = ""
    radiologist: str = ""  # who was asked to read the imaging
    emergency: bool = False


@dataclass(frozen=True)
class Readiness:
    blocking: tuple[Lack, ...] = ()
    stale: tuple[Lack, ...] = ()
    waiting: tuple[Lack, ...] = ()
    emergency: bool = False

    @property
    def state(self) -> State:
        if self.blocking:
            return State.BLOCKED
        if self.stale:
            return State.STALE
        return State.WAITING if self.waiting else State.READY

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def may_be_listed(self) -> bool:
        """Only what blocks keeps a case off a list, and nothing keeps an emergency off."""
        return self.emergency or not self.blocking

    @property
    def without_inputs(self) -> "Readiness":
        """As it is shown to a referrer from outside the board, who does not read what is asked within it."""
        return replace(self, waiting=())

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return (*self.blocking, *self.stale, *self.waiting)

    @property
    def words(self) -> str:
        """The state in two or three words; an emergency counts what it goes without."""
        if self.emergency and self.blocking:
            return f"Emergency, {len(self.blocking)} missing"
        return {
            State.READY: "Ready",
            State.WAITING: f"Waiting for {len(self.waiting)}",
            State.STALE: "Stale on the day",
            State.BLOCKED: f"Blocked by {len(self.blocking)}",
        }[self.state]

    @property
    def detail(self) -> str:
        """What the state is about, short enough for a row of a list."""
        told = self.blocking or self.stale or self.waiting
        shown = ", ".join(lack.in_brief for lack in told[:2])
        more = f" and {len(told) - 2} more" if len(told) > 2 else ""
        return f"{shown}{more}" or "nothing missing"


def assess(facts: Facts, *, on: date, now: datetime) -> Readiness:
    """`on` is the day of the meeting; `now` tells which inputs are late."""
    return Readiness(
        blocking=tuple(_blocking(facts)),
        stale=tuple(_stale(facts, on)),
        waiting=tuple(_waiting(one, now) for one in facts.awaited),
        emergency=facts.emergency,
    )


def needed_labs(primary_site: str) -> tuple[Analyte, ...]:
    return BASE_LABS + MARKERS.get(primary_site, ())


def _blocking(facts: Facts) -> Iterator[Lack]:
    yield from _of_the_disease(facts)
    yield from _of_the_images(facts)
    if facts.ecog is None:
        yield Lack("performance status (ECOG)", facts.referrer, "not recorded", "fitness")
    for analyte in needed_labs(facts.primary_site):
        if analyte not in facts.taken_on:
            yield Lack(_in_a_sentence(analyte), facts.referrer, "not recorded", "labs")
    yield from _of_the_site(facts)


def _of_the_disease(facts: Facts) -> Iterator[Lack]:
    if not facts.question.strip():
        yield Lack("the question for the board", facts.referrer, "not asked", "referral")
    if not facts.primary_site:
        yield Lack("primary site", facts.referrer, "not recorded", "diagnosis")
    if not facts.histology.strip():
        what = "histology or accepted imaging diagnosis"
        yield Lack(what, facts.referrer, "not recorded", "diagnosis", "histology")
    if facts.extrahepatic_disease in {"", ExtrahepaticDisease.UNKNOWN}:
        absence = _absence(facts.extrahepatic_disease)
        yield Lack("staging outside the liver", facts.referrer, absence, "diagnosis")


def _of_the_images(facts: Facts) -> Iterator[Lack]:
    owes = facts.radiologist or facts.referrer
    if facts.imaging_on is None and not facts.imaging_name:
        yield Lack("imaging of the liver", facts.referrer, "not recorded", "imaging")
    if facts.lesion_count is None:
        yield Lack("number of lesions", owes, "not recorded", "lesion")
    if facts.lesion_count == 0:
        return  # nothing to measure or to place
    if facts.largest_mm is None:
        yield Lack("size of the largest lesion", owes, "not measured", "lesion")
    if not facts.segments_known:
        yield Lack("segments of the lesions", owes, "not recorded for each lesion", "lesion")


def _of_the_site(facts: Facts) -> Iterator[Lack]:
    if facts.primary_site == PrimarySite.COLORECTAL and facts.primary_control in {"", PrimaryControl.UNKNOWN}:
        yield Lack("control of the primary", facts.referrer, _absence(facts.primary_control), "diagnosis")
    if facts.primary_site != PrimarySite.HCC:
        return
    if facts.cirrhosis in {"", Known.UNKNOWN}:
        yield Lack("cirrhosis, yes or no", facts.referrer, _absence(facts.cirrhosis), "liver")
    for name, answer in (("ascites", facts.ascites), ("encephalopathy", facts.encephalopathy)):
        if not answer:
            yield Lack(name, facts.referrer, "not recorded", "liver")
    if facts.macrovascular_invasion in {"", Known.UNKNOWN}:
        owes = facts.radiologist or facts.referrer
        yield Lack("macrovascular invasion", owes, _absence(facts.macrovascular_invasion), "diagnosis")


def _absence(answer: str) -> str:
    """Said to be unknown is not the same as never asked, though both are missing."""
    return "recorded as not known" if answer else "not recorded"


def _stale(facts: Facts, on: date) -> Iterator[Lack]:
    if facts.imaging_name or facts.imaging_on:
        age = shelf_life.of_imaging(facts.imaging_on, on=on)
        if age.is_stale:
            yield Lack(facts.imaging_name or "liver imaging", facts.referrer, str(age), "imaging")
    for analyte in needed_labs(facts.primary_site):
        if analyte in facts.taken_on:
            age = shelf_life.of_lab(analyte, facts.taken_on[analyte], on=on)
            if age.is_stale:
                yield Lack(_in_a_sentence(analyte), facts.referrer, str(age), "labs")


def _waiting(one: Awaited, now: datetime) -> Lack:
    state = "draft" if one.begun else "asked"
    detail = f"{state}, late" if one.is_late(now) else state
    return Lack(one.name, one.asked_of or "anyone of the discipline", detail, one.link, one.short)


def _in_a_sentence(analyte: str) -> str:
    """Bilirubin begins a line, bilirubin stands within one; AFP and INR stay as they are."""
    name = labs.ANALYTES[analyte].name.partition(",")[0]
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
