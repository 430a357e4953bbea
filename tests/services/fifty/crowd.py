"""How do fifty press at the same moment, each over a connection of their own, and what is counted?"""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connection
from django.db.models import Model

from cases.domain.errors import DomainError, SomeoneWasFaster

LONG = bool(os.environ.get("LONG"))
FIFTY, TWELVE = 50, 12
# What is asked is who wins. How long the last one waits is the machine's affair, and is told in the table.
PATIENT = "; ".join(
    f"SET {limit} = '120s'"
    for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
)
HEAD = f"{'danger':<66}{'at once':>8}{'kept':>6}{'told':>6}{'lost':>6}{'s':>7}"

TABLE: list["Line"] = []


@dataclass(frozen=True)
class Line:
    danger: str
    at_once: int
    kept: int
    told: int
    lost: int
    seconds: float

    def __str__(self) -> str:
        figures = f"{self.at_once:>8}{self.kept:>6}{self.told:>6}{self.lost:>6}{self.seconds:>7.2f}"
        return f"{self.danger:<66}{figures}"


@dataclass
class Laid:
    """What everybody is about to do, how many of them may, and what must hold afterwards."""

    calls: Sequence[Callable[[], Any]]
    kept: int = 1
    told: tuple[type[DomainError], ...] = (SomeoneWasFaster,)
    holds: Callable[[list], Any] = lambda outcomes: True
    lost: Callable[[list], int] = lambda outcomes: 0  # of the words of those who were told


@dataclass(frozen=True)
class Danger:
    words: str
    lay: Callable[[int], Laid]
    usually: int = 0  # how many in the ordinary run; none where the long one is enough

    @property
    def many(self) -> int:
        return FIFTY if LONG else self.usually or FIFTY


def crowd(calls: Sequence[Callable[[], Any]]) -> tuple[list, float]:
    """What each answered or was refused with, and how long it took until all had. Other errors are faults."""
    gate = Barrier(len(calls) + 1)

    def run(call):
        try:
            with connection.cursor() as cursor:
                cursor.execute(PATIENT)
            gate.wait(60)
            return call()
        except DomainError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        running = [pool.submit(run, call) for call in calls]
        gate.wait(60)
        began = time.monotonic()
        outcomes = [one.result() for one in running]
    return outcomes, time.monotonic() - began


def held(danger: Danger) -> Line:
    """Let them press; whoever was refused was refused in the right words, and nobody's words are lost."""
    laid = danger.lay(danger.many)
    outcomes, seconds = crowd(laid.calls)
    told = [one for one in outcomes if isinstance(one, DomainError)]
    wrong = [repr(one) for one in told if not isinstance(one, laid.told)]
    kept, lost = len(outcomes) - len(told), laid.lost(outcomes)
    line = Line(danger.words, len(laid.calls), kept, len(told), lost, seconds)
    TABLE.append(line)
    assert not wrong, f"told in other words: {wrong[:3]}"
    assert kept == laid.kept, line
    assert lost == 0, line
    assert laid.holds(outcomes), line
    return line


def winner(outcomes: list) -> int:
    """The place of the one who was not refused."""
    [place] = [place for place, one in enumerate(outcomes) if not isinstance(one, DomainError)]
    return place


def read(row):
    """As a page of their own has loaded it."""
    return type(row)._base_manager.get(pk=row.pk)


def each(service: Callable, people: Sequence, **said: Any) -> list[Callable[[], Any]]:
    """The same by each of them, each with the rows as a page of their own has loaded them."""

    def call(by):
        mine = {name: read(one) if isinstance(one, Model) else one for name, one in said.items()}
        return partial(service, **mine, by=by)

    return [call(by) for by in people]
