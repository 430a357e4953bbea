"""Is a case ready to be discussed, and if not, what is lacking and who owes it?

Three parts, none of which is ever stored. Blocking: an item that the rule `blocking_missing` asks for at
this primary site is not there. Stale: it will be too old on the day of the meeting. Waiting: a discipline
was asked and has not signed. Not known, not tested, pending and not assessed all count as missing; zero and
"no" are answers; what somebody waived with a reason is not missing and is told. Whether an emergency waits
for any of it is for people: it can always be listed, and says what it goes without.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from cases.domain import labs, scores, shelf_life
from cases.domain.picture import BOUND, NAMES, WAIVED, Gap, Picture
from cases.domain.read_back import day
from cases.domain.scores.readiness_rule import BASE, BY_SITE
from cases.domain.scores.readiness_rule import NAMES as ASKED
from cases.domain.shelf_life import Age, Limits
from cases.domain.waiving import may_be_waived
from cases.vocabulary import Specialty

IMAGING = "liver_imaging_date"
ONLY_WITH_LESIONS = frozenset({"largest_lesion_cm", "lesion_segments"})
SEEN_ON_IMAGES = ONLY_WITH_LESIONS | {"lesion_count", "macrovascular_invasion"}
WORDS = {
    "histology_or_accepted_imaging_diagnosis": "histology or accepted imaging diagnosis",
    IMAGING: "imaging of the liver",
    "question_for_board": "the question for the board",
}
SHORT = {
    "histology_or_accepted_imaging_diagnosis": "histology",
    IMAGING: "liver imaging",
    "largest_lesion_cm": "largest size",
    "lesion_segments": "segments",
    "lesion_count": "lesion count",
    "ecog": "ECOG",
    "extrahepatic_staging_done": "staging",
    "question_for_board": "question",
    "ras": "RAS",
    "sstr_imaging_done": "SSTR imaging",
    "msi": "MSI",
    "cirrhosis": "cirrhosis",
    "macrovascular_invasion": "macrovascular invasion",
}


class State(StrEnum):
    READY = "ready"
    WAITING = "waiting"
    STALE = "stale"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: what, who owes it, why it counts as missing, and where it is put right.

    The rule gives `link` as the place where it is recorded; the query turns it into an address.
    """

    what: str
    who_owes: str = ""
    detail: str = ""
    link: str = ""
    short: str = ""  # for a row of a list
    item: str = ""  # its name in the rule, by which it is waived

    @property
    def in_brief(self) -> str:
        return self.short or self.what

    @property
    def may_be_waived(self) -> bool:
        """The primary site is what everything else is judged by."""
        return self.item != "primary_site" and may_be_waived(self.item)


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
class Around:
    """What readiness asks besides the clinical picture: the board's rules, and who was asked for what."""

    not_required: frozenset[str] = frozenset()
    limits: Limits = shelf_life.USUAL
    referrer: str = ""
    asked_of: Mapping[str, str] = field(default_factory=dict)  # discipline -> the person who was asked
    awaited: tuple[Awaited, ...] = ()
    emergency: bool = False


@dataclass(frozen=True)
class Readiness:
    blocking: tuple[Lack, ...] = ()
    stale: tuple[Lack, ...] = ()
    waiting: tuple[Lack, ...] = ()
    waived: tuple[Lack, ...] = ()
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


def assess(picture: Picture, around: Around, *, now: datetime) -> Readiness:
    """On the day of the picture, which is that of the meeting; `now` tells which inputs are late."""
    needed = _needed(picture, around)
    return Readiness(
        blocking=tuple(_lack(name, picture, around) for name in _missing(picture, needed)),
        stale=tuple(_stale(picture, needed, around)),
        waiting=tuple(_waiting(one, now) for one in around.awaited),
        waived=tuple(_waived(picture.gap(name)) for name in needed if _is_waived(picture, name)),
        emergency=around.emergency,
    )


def as_the_rule_asks(picture: Picture) -> dict[str, object]:
    """The picture as `blocking_missing` takes it, which asks of each item only whether it is there.

    A bound such as "more than ten" or "below 2" tells enough; where there is no lesion none is measured.
    """
    said = {name: _said(picture, name) for name in ASKED}
    if said["lesion_count"] == 0:
        said |= dict.fromkeys(ONLY_WITH_LESIONS, "no lesions")
    return {"primary_site": picture.raw("primary_site")} | said


def _said(picture: Picture, name: str) -> object:
    state = picture.gap(name).state if picture.missing(name) else ""
    return state if state in {WAIVED, BOUND} else picture.raw(name)


def _needed(picture: Picture, around: Around) -> tuple[str, ...]:
    """In the order in which people read them; the board may do without some."""
    site = picture.raw("primary_site")
    names = ("question_for_board", "primary_site", *BASE, *BY_SITE.get(site, ()))
    return tuple(name for name in dict.fromkeys(names) if name not in around.not_required)


def _missing(picture: Picture, needed: tuple[str, ...]) -> list[str]:
    """What the published rule calls missing; without a primary site, what it asks of every site."""
    given = as_the_rule_asks(picture)
    no_site = picture.missing("primary_site")
    answer = scores.compute("blocking_missing", given | ({"primary_site": "other"} if no_site else {}))
    missing = {*answer["blocking"], *(["primary_site"] if no_site else [])}
    return [name for name in needed if name in missing]


def _lack(name: str, picture: Picture, around: Around) -> Lack:
    place = NAMES[name].place
    return Lack(
        what=WORDS.get(name, NAMES[name].label),
        who_owes=_who_owes(name, place, around),
        detail=_absence(picture.gap(name)),
        link=place,
        short=SHORT.get(name, ""),
        item=name,
    )


def _who_owes(name: str, place: str, around: Around) -> str:
    """An answer is owed by whoever was asked for it, else by that discipline; all else by the referrer."""
    if place.startswith("input:"):
        code = place.removeprefix("input:")
        return around.asked_of.get(code) or Specialty(code).label
    if name in SEEN_ON_IMAGES:
        return around.asked_of.get(Specialty.RADIOLOGY) or around.referrer
    return around.referrer


def _absence(gap: Gap) -> str:
    """Said to be pending or not known is not the same as never asked, though all are missing."""
    if not gap.state:
        return "not recorded"
    since = gap.on or gap.said_on
    if gap.state == "pending":
        return f"pending since {day(since)}" if since else "pending"
    return f"recorded as {gap.words}"


def _is_waived(picture: Picture, name: str) -> bool:
    return picture.missing(name) and picture.gap(name).state == WAIVED


def _waived(gap: Gap) -> Lack:
    what = WORDS.get(gap.name, NAMES[gap.name].label)
    return Lack(what, gap.by, gap.reason, NAMES[gap.name].place, SHORT.get(gap.name, ""), gap.name)


def _stale(picture: Picture, needed: tuple[str, ...], around: Around) -> Iterator[Lack]:
    for name in needed:
        age = _age(picture, name, around.limits)
        if age and age.is_stale:
            place = NAMES[name].place
            short = SHORT.get(name, "")
            yield Lack(_aged(name), _who_owes(name, place, around), str(age), place, short, name)


def _age(picture: Picture, name: str, limits: Limits) -> Age | None:
    """Only images and laboratory values grow old; what is not there has no age."""
    item, gap = picture.item(name), picture.gap(name)
    if item is None and gap.state != BOUND:
        return None
    dated = item.on if item else gap.on
    if name == IMAGING:
        return shelf_life.of_imaging(dated, on=picture.on, limits=limits)
    return shelf_life.of_lab(name, dated, on=picture.on, limits=limits) if name in labs.ANALYTES else None


def _aged(name: str) -> str:
    return "liver imaging" if name == IMAGING else NAMES[name].label


def _waiting(one: Awaited, now: datetime) -> Lack:
    state = "draft" if one.begun else "asked"
    detail = f"{state}, late" if one.is_late(now) else state
    return Lack(one.name, one.asked_of or "anyone of the discipline", detail, one.link, one.short)
