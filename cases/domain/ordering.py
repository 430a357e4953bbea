"""In which order is a list best discussed, and how long does each case want?

Whoever must leave is served first; then emergencies; then what is difficult, while the room is fresh. What
nothing tells apart keeps its place. It is a suggestion: the coordinator takes it or leaves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cases.domain import agenda
from cases.domain.agreement import Agree, Agreement
from cases.vocabulary import Specialty

MANY_LESIONS = 5
SEVERAL_LESIONS = 2
MANY_DISCIPLINES = 5
COMPLEX_FROM = 3
BREAK_MINUTES = 5

# Minutes by how far the opinions agree: three where they do, and for the whole of a controversy.
MINUTES = {Agree.ALL: 3, Agree.MISSING: 5, Agree.SPLIT: 8}
MORE_THE_FIRST_TIME = 1
FOR_THE_RECORD = 1  # standard of care is read out, not discussed


@dataclass(frozen=True)
class Complexity:
    """How much a case has to talk about: a score, and what it is made of."""

    score: int
    causes: tuple[str, ...] = ()

    @property
    def is_complex(self) -> bool:
        return self.score >= COMPLEX_FROM

    @property
    def words(self) -> str:
        return f"complex: {', '.join(self.causes)}" if self.is_complex else ""


@dataclass(frozen=True)
class Item:
    """A case on the list, as far as its place depends on it."""

    key: str
    minutes: int
    needs: frozenset[Specialty] = frozenset()
    is_emergency: bool = False
    complexity: Complexity = Complexity(0)


@dataclass(frozen=True)
class Suggestion:
    """The keys in their order, a break or none, and of each case why it stands there."""

    order: tuple[str, ...]
    break_after: int | None
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Minutes:
    """So many, and why."""

    minutes: int
    why: str


def complexity(*, presentation: int, lesions: int, agreement: Agreement) -> Complexity:
    """Split opinions 3; five lesions 2, two to four 1; five disciplines 1; each return 1, at most 2."""
    found: list[tuple[int, str]] = []
    if lesions >= SEVERAL_LESIONS:
        found.append((2 if lesions >= MANY_LESIONS else 1, f"{lesions} lesions"))
    if agreement.kind is Agree.SPLIT:
        found.append((3, "opinions split"))
    if agreement.asked >= MANY_DISCIPLINES:
        found.append((1, f"{agreement.asked} disciplines"))
    if presentation > 1:
        found.append((min(presentation - 1, 2), f"presented for the {_nth(presentation)} time"))
    return Complexity(sum(points for points, _ in found), tuple(words for _, words in found))


def suggest(
    items: Sequence[Item],
    *,
    starts_at: datetime,
    leaves: Mapping[Specialty, tuple[datetime, str]],
    pause: int = BREAK_MINUTES,
) -> Suggestion:
    """`leaves`: which discipline goes when, and that time as the wall shows it."""
    ends_at = starts_at + timedelta(minutes=sum(item.minutes for item in items) + pause)
    early = {one: at for one, (at, _) in leaves.items() if at < ends_at}
    ranked = sorted(
        items,
        key=lambda item: (
            min((early[one] for one in item.needs if one in early), default=ends_at),
            not item.is_emergency,
            -item.complexity.score,
        ),
    )
    minutes = [item.minutes for item in ranked]
    after = agenda.break_after(minutes)
    stop = agenda.Pause(after, pause) if after else None
    times = agenda.expected_at(starts_at, minutes, pause=stop)
    reasons = {item.key: _why(item, at, leaves, early) for item, at in zip(ranked, times, strict=True)}
    return Suggestion(tuple(item.key for item in ranked), after, reasons)


def gone_before(
    item: Item, *, at: datetime, leaves: Mapping[Specialty, tuple[datetime, str]]
) -> tuple[Specialty, ...]:
    """Which disciplines this case needs and will have lost before its minutes are over."""
    over = at + timedelta(minutes=item.minutes)
    return tuple(one for one in Specialty if one in item.needs and one in leaves and leaves[one][0] < over)


def _why(item: Item, at: datetime, leaves, early: Iterable[Specialty]) -> str:
    gone = gone_before(item, at=at, leaves=leaves)
    leaving = sorted((one for one in item.needs if one in early), key=lambda one: leaves[one][0])
    told = [f"{one.label} leaves at {leaves[one][1]}" for one in leaving]
    if gone:
        told.append("not reached before that")
    if item.is_emergency:
        told.append("emergency")
    told.append(item.complexity.words)
    return "; ".join(filter(None, told))


def suggested_minutes(
    agreement: Agreement, *, presentation: int, is_standard: bool = False
) -> Minutes | None:
    """None where nobody was asked: then the board's usual minutes are as good as any."""
    if is_standard:
        return Minutes(FOR_THE_RECORD, "read out, not discussed")
    if not agreement.asked:
        return None
    base, words = MINUTES[agreement.kind], agreement.words
    if presentation > 1:
        return Minutes(base, words)
    return Minutes(base + MORE_THE_FIRST_TIME, f"{words}, first discussion")


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
