"""Which scores can be calculated, and what comes out for these inputs?

A score is a function over checked inputs; the `@score(...)` above it is its whole registration.
The answer is plain data that can be stored and compared:

    {"status": "ok", ...outputs}
    {"status": "incomplete", "missing": [names, sorted]}     a required input is absent or null
    {"status": "invalid", "field": name}                     a value that must be refused

Nothing missing is ever replaced by a normal value, and missing is answered before invalid.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cases.domain.scores.inputs import Input, Item, Unusable
from cases.domain.scores.units import decimal_of, half_up

DUST = 9  # decimals beyond which nothing is compared
REMINDER = "Decision support: to be judged by the board."


class UnknownScore(LookupError):
    """No score has this id."""


class Contradiction(Exception):
    """Raised by a formula when inputs contradict each other; carries the field to blame."""


class StillMissing(Exception):
    """Raised by a formula when the other inputs make an optional one necessary; carries the names."""


@dataclass(frozen=True)
class Output:
    """One figure of the answer; `decimals` is how people see it, never how it is compared.

    `cuts` are the limits that it is judged by: a figure that would be rounded onto one of them shows more
    decimals, so that nobody reads a grade against the figure beside it.
    """

    name: str
    decimals: int | None = None
    cuts: tuple[str, ...] = ()

    def display(self, value: object) -> str:
        if self.decimals is None or value is None:
            return "" if value is None else str(value)
        exact = decimal_of(value)
        return str(half_up(exact, self._enough(exact))).replace("-", "\N{MINUS SIGN}")

    def _enough(self, exact: Decimal) -> int:
        least = self.decimals or 0
        limits = {Decimal(one) for one in self.cuts} - {exact}
        return next((n for n in range(least, DUST) if half_up(exact, n) not in limits), DUST)


@dataclass(frozen=True)
class Score:
    id: str
    title: str
    version: str
    source: str
    inputs: tuple[Input | Item, ...]
    outputs: tuple[Output, ...]
    cautions: tuple[str, ...]
    formula: Callable[..., dict]
    family: str = ""  # which part of the picture it belongs to: fitness, liver, remnant, hcc, crlm ...
    to_confirm: str = ""  # what nobody has verified for this program; a board confirms it or switches it off

    def describe(self) -> dict:
        return {
            "id": self.id,
            "title": self.title,
            "version": self.version,
            "source": self.source,
            "inputs": [one.describe() for one in self.inputs],
            "outputs": [one.name for one in self.outputs],
            "cautions": list(self.cautions),
            "family": self.family,
            "to_confirm": self.to_confirm,
        }

    def display(self, result: dict) -> dict[str, str]:
        """The outputs of an `ok` result as people read them."""
        return {one.name: one.display(result[one.name]) for one in self.outputs if one.name in result}


_SCORES: dict[str, Score] = {}


def score(
    *,
    id: str,
    title: str,
    version: str,
    source: str,
    inputs: tuple[Input | Item, ...],
    outputs: tuple[Output, ...],
    cautions: tuple[str, ...] = (),
    family: str = "",
    to_confirm: str = "",
) -> Callable[[Callable[..., dict]], Callable[..., dict]]:
    """Register the decorated formula. It is called with each input by name; absent optional ones are None."""

    def register(formula: Callable[..., dict]) -> Callable[..., dict]:
        if id in _SCORES:
            raise ValueError(f"Two scores are called {id!r}.")
        known = (id, title, version, source, inputs, outputs, cautions, formula, family, to_confirm)
        _SCORES[id] = Score(*known)
        return formula

    return register


def get(score_id: str) -> Score:
    try:
        return _SCORES[score_id]
    except (KeyError, TypeError):
        raise UnknownScore(f"There is no score {score_id!r}.") from None


def all_scores() -> list[Score]:
    return [_SCORES[score_id] for score_id in sorted(_SCORES)]


def compute(score_id: str, inputs: object) -> dict:
    """Calculate one score. Any JSON is answered, never with an exception; only an unknown id raises."""
    wanted = get(score_id)
    if not isinstance(inputs, dict):
        return _invalid("inputs")
    missing = [i.name for i in wanted.inputs if not i.optional and i.is_missing(inputs.get(i.name))]
    if missing:
        return _incomplete(missing)
    return _answer(wanted, inputs)


def _answer(wanted: Score, inputs: dict) -> dict:
    given: dict[str, object] = {}
    for one in wanted.inputs:
        raw = inputs.get(one.name)
        try:
            given[one.name] = None if one.is_missing(raw) else one.read(raw)
        except Unusable:
            return _invalid(one.name)
    try:
        return {"status": "ok"} | wanted.formula(**given)
    except StillMissing as more:
        return _incomplete(more.args)
    except Contradiction as blamed:
        return _invalid(str(blamed))


def _invalid(field: str) -> dict:
    return {"status": "invalid", "field": field}


def _incomplete(names) -> dict:
    return {"status": "incomplete", "missing": sorted(names)}
