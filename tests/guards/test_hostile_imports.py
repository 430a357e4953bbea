"""What becomes of a table that is handed in to be imported, whatever stands in it?

It is read, asked about, or refused in words that say what to do: nothing else. Cells are text and stay text.
"""

import codecs

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.domain.errors import Refused
from cases.exchange import csv_reading
from cases.queries.intake import plan_of, question_groups
from cases.services import intake
from tests.guards.hostile import DAYS, MARK, NUMBERS, TEXTS, runs
from tests.services.intake.imports import HEADINGS, SAMPLE, checked, row_outcomes, seated

HARMFUL = [
    one
    for one in (*TEXTS.values(), *sum(NUMBERS.values(), ()), *sum(DAYS.values(), ()))
    if isinstance(one, str) and "\0" not in one and len(one) < 10_000
]
# Of everything that a file may hold; a lone half of a surrogate pair is no text and cannot be written down.
CELLS = st.sampled_from(HARMFUL) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
)
LINES = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=4)
MARKS = [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"PK\x03\x04", b"\0", b"\xff"]
HEAD = SAMPLE.read_bytes().splitlines()[0]
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@settings(max_examples=300, deadline=None)
@given(
    mark=st.sampled_from(MARKS),
    data=st.binary(max_size=400) | st.text(max_size=200).map(lambda s: s.encode("utf-8", "replace")),
)
@example(mark=b"", data=b'a,b\n"')
@example(mark=b"", data=b'a,b\n"x"y,1\n')
@example(mark=b"", data=b"a,b\r\r\n1,2")
@example(mark=b"", data=b",".join([b"a"] * 600))
@example(mark=b"", data=b",,\n;;")
@example(mark=b"", data=b"x" * 200_000 + b",b\n1,2\n")
@example(mark=b"", data=b"a,b\n" + b"x" * 200_000 + b",1\n")
@example(mark=b"", data=b'a,b\n"' + b"\n" * 7000 + b'",1\n')
@example(mark=codecs.BOM_UTF16_LE, data=b"\x00\xd8")
@example(mark=b"", data=b"\xc2\x85,\xe2\x80\xa8\n")
def test_a_file_is_read_or_refused_in_words(mark, data):
    said = ""
    try:
        rows = csv_reading.read(mark + data).rows
    except Refused as why:
        rows, said = [], str(why)
    assert said == "" or len(said) > 15
    assert len(rows) <= csv_reading.MOST_ROWS
    assert all(isinstance(cell, str) for row in rows for cell in row.values())


def written(lines) -> bytes:
    """Each cell in quotation marks, with a record number of its own before the others."""
    quoted = ['"' + '","'.join(HEADINGS) + '"']
    for number, line in enumerate(lines, start=1):
        cells = [f"R-{number}", *(cell.replace('"', '""') for cell in line)]
        quoted.append('"' + '","'.join(cells) + '"')
    return "\n".join(quoted).encode()


@pytest.mark.django_db
def test_what_stands_in_the_cells_is_asked_about_stored_or_refused():
    board, coordinator = seated()
    client = Client(raise_request_exception=False)
    client.force_login(coordinator)

    @QUICK
    @given(LINES)
    @example([[MARK, MARK, MARK, MARK], ["1", "60", "150", "2"]])
    @example([["1", "60", "9" * 400, "9" * 400], ["2", "NaN", "Infinity", "1e999"]])
    def imported(lines):
        run = checked(board, coordinator, written(lines))
        today = timezone.localdate(timezone=board.zone)
        question_groups(plan_of(run, today=today), run)
        pages = [client.get(reverse("cases:import-run", args=[run.pk]))]
        try:
            intake.start(run=run, by=coordinator)
        except Refused:
            pass  # every row is in doubt: it says so
        else:
            assert intake.work(run=run) is intake.Work.FINISHED
            assert len(row_outcomes(run)) == len(lines)
            pages.append(client.get(reverse("cases:import-run", args=[run.pk])))
        assert [one.status_code for one in pages] == [200] * len(pages)
        assert not any(map(runs, pages))

    imported()
