"""Is every line of the trail still the one that was written, and is none missing or come in between?

The database ties each line to the one before it as a transaction commits (migration 0003). Here the same is
computed once more, from the columns and not by the database's own function, which its owner could replace.
What its owner can do without a trace is cut off the end of a strand, or write it anew from some line on:
against that stand the seals (`seals.py`), which are kept where the database's owner is not.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from .models import Link

BATCH = 2000
FAULTS_TOLD = 20


class Tied(NamedTuple):
    """A link, and its line as it stands now: an array of texts, as the database wrote it when it was tied."""

    strand: int
    number: int
    digest: bytes
    event: int | None
    change: int | None
    line: list[str | None] | None

    @property
    def name(self) -> str:
        return f"event {self.event}" if self.change is None else f"change {self.change}"


@dataclass(frozen=True)
class Fault:
    where: str
    why: str


@dataclass(frozen=True)
class Verdict:
    lines: int
    faults: tuple[Fault, ...] = ()


TIED = """
    select link.strand, link.number, link.digest, link.event, link.change,
        event.id::text, extract(epoch from event.at)::text, event.transaction::text, event.actor_id::text,
        event.verb, event.subject_type, event.subject_id, event.about, event.details::text,
        change.id::text, extract(epoch from change.at)::text, change.transaction::text, change.table_name,
        change.row_key, change.operation, change.before::text, change.after::text
    from audit_link as link
        left join audit_auditevent as event on event.id = link.event
        left join audit_rowchange as change on change.id = link.change
    order by link.strand, link.number
"""
OF_EVENT, OF_CHANGE = slice(5, 14), slice(14, 22)

# What the caller's own transaction has written is tied at its end, or now.
TIE_NOW = "set constraints ties_every_line immediate; set constraints ties_every_line deferred"

# Where nobody has counted the rows yet, the planner takes the tables for empty and reads all for each line.
BY_INDEX = "set local statement_timeout = 0; set local enable_seqscan = off"
BY_HASH = "set local enable_seqscan = on; set local enable_nestloop = off"

UNTIED = """
    select 'event ' || id from audit_auditevent as line
        where not exists (select from audit_link where event = line.id)
    union all
    select 'change ' || id from audit_rowchange as line
        where not exists (select from audit_link where change = line.id)
    limit %s
"""


def verify() -> Verdict:
    """Every link of every strand, in memory that does not grow with their number; the first faults found."""
    walk = _Walk()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TIE_NOW)
        cursor.execute(BY_INDEX)
        found = list(islice(walk.faults(), FAULTS_TOLD))
        cursor.execute(BY_HASH)
        cursor.execute(UNTIED, [FAULTS_TOLD])
        found += [Fault(name, "it was written past the chain") for (name,) in cursor]
    return Verdict(walk.lines, tuple(found[:FAULTS_TOLD]))


class _Walk:
    def __init__(self) -> None:
        self.lines = 0

    def faults(self) -> Iterator[Fault]:
        strand, number, previous = -1, 0, b""
        for tied in _stream():
            if tied.strand != strand:
                strand, number, previous = tied.strand, 0, beginning(tied.strand)
            if tied.number != number + 1:
                yield Fault(f"strand {strand}, number {number + 1}", "a line is missing before " + tied.name)
            elif tied.line is None:
                yield Fault(tied.name, "it is gone")
            elif digest_of(previous, tied.line) != tied.digest:
                yield Fault(tied.name, "it was altered, or another line before it")
            number, previous = tied.number, tied.digest
            self.lines += 1


def _stream() -> Iterator[Tied]:
    """By a cursor of the server, a batch at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.itersize = BATCH  # type: ignore[attr-defined]  # of psycopg's cursor on the server
        cursor.execute(TIED)
        while rows := cursor.fetchmany(BATCH):
            yield from map(_tied, rows)


def _tied(row: tuple) -> Tied:
    strand, number, digest, event, change = row[:5]
    kind, columns = ("event", row[OF_EVENT]) if change is None else ("change", row[OF_CHANGE])
    line = None if columns[0] is None else [kind, *columns]
    return Tied(strand, number, bytes(digest), event, change, line)


def beginning(strand: int) -> bytes:
    return strand.to_bytes(32)


def digest_of(previous: bytes, line: list[str | None]) -> bytes:
    return sha256(previous + json.dumps(line, ensure_ascii=False).encode()).digest()


# -- where the strands end --------------------------------------------------------------------------------

ENDS = """
    select of.strand, last.number, encode(last.digest, 'hex') from generate_series(0, %s) as of (strand)
        cross join lateral (
            select number, digest from audit_link where strand = of.strand order by number desc limit 1
        ) as last
"""


def ends() -> dict[int, tuple[int, str]]:
    """The newest number and digest of each strand, at one moment."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS, [Link.STRANDS - 1])
        return {strand: (number, digest) for strand, number, digest in cursor}


def digests_at(places: dict[int, int]) -> dict[int, str]:
    """The digest that stands at these numbers of the strands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select strand, encode(digest, 'hex') from audit_link"
            " join unnest(%s::int[], %s::bigint[]) as place (strand, number) using (strand, number)",
            [list(places), list(places.values())],
        )
        return dict(cursor.fetchall())
