"""Does each form make what it makes once, when it is pressed twice or gone back to and sent again?

Every address that takes something in is handed the same form once and twice: what stands in the record
afterwards must be the same. In the long run both are sent at the same moment over connections of their own,
each time to a copy of the same database.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from cases.models import ImportRun
from tests.guards.scene import Scene, Visitor, make_scene, names
from tests.guards.test_access import ROWS
from tests.guards.whole_bodies import whole_body
from tests.together import at_once
from tumorboard.audit.models import RowChange
from tumorboard.notifications.models import Message

ADDRESSES = names()
DONE = (200, 302)
# Each of two rooms is told a code of its own on its page; what nobody types ends after ten minutes.
TOLD_ON_ITS_PAGE = {"cases:show-in-room"}
POSTED = {
    name for name in ROWS if name.startswith("cases:") and not ROWS[name].cells["POST"].said.endswith("-")
} - TOLD_ON_ITS_PAGE
ELSEWHERE = {"cases:emergency": "other board"}  # who may not read the case already
# Counted up at each change, drawn at each making, or the moment at which something was done.
NOT_SAID = re.compile(r"version$|^calendar_sequence$|_at$|^id$|_id$|^seal$|^pdf$|^thread$|code|^saved_at$")
# Without these the test would be of forms that are all refused.
MAKES = {
    *(f"cases:record-{what}" for what in ("fitness", "liver", "symptoms", "wish", "imaging", "lesion")),
    *(f"cases:{name}" for name in ("new-lesion", "chase-note", "report-action", "save-action", "imports")),
    *(f"cases:{name}" for name in ("save-dissent", "ask-input", "absences", "emergency", "new-series")),
    *(f"cases:{name}" for name in ("record-comorbidity", "record-course", "record-labs", "record-waiver")),
    *(f"cases:{name}" for name in ("schedule-meeting", "letter-to-gp")),
}
MAKING = pytest.mark.parametrize(
    "which", [MAKES, pytest.param(POSTED, marks=pytest.mark.long)], ids=["what makes something", "all"]
)


def who(scene: Scene, name: str) -> Visitor:
    """The first of those who may, as the table of addresses says."""
    letters = ROWS[name].cells["POST"].said.removeprefix("!").partition("/")[0].replace("*", "K")
    if scope := ELSEWHERE.get(name):
        return next(one for one in scene.visitors if one.scope == scope)
    return next((one for one in scene.visitors if one.letter and one.letter in letters), scene.visitors[0])


@pytest.fixture
def scene(db) -> Scene:
    return make_scene()


def left_by(last: int) -> tuple[Counter, dict]:
    """Rows that were made, by table; and of each changed row what it says now, but for counts and dates."""
    made: Counter = Counter()
    rows: dict[tuple[str, str], dict] = {}
    for one in RowChange.objects.filter(pk__gt=last).order_by("pk"):
        made[one.table] += {"INSERT": 1, "DELETE": -1}.get(one.operation, 0)
        rows.setdefault((one.table, one.row), {}).update(one.after or {})
    said = sorted(
        (table, repr(sorted((key, value) for key, value in row.items() if not NOT_SAID.search(key))))
        for (table, _key), row in rows.items()
    )
    return made, said


def others() -> Counter:
    """What is made without a past that is kept."""
    return Counter(Message.objects.values_list("kind", flat=True)) + Counter(
        imports=ImportRun.objects.count()
    )


def again(said: dict) -> dict:
    """The same form; a file is read to its end by whoever takes it."""

    def anew(one):
        if not isinstance(one, SimpleUploadedFile):
            return one
        one.seek(0)
        return SimpleUploadedFile(one.name, one.read(), one.content_type)

    return {key: anew(one) for key, one in said.items()}


def newest() -> int:
    return RowChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def sent(scene: Scene, name: str, times: int) -> tuple[list[int], Counter, dict, Counter]:
    """And taken back again, so that no form sees what another did."""
    row, by = ROWS[name], who(scene, name)
    path = scene.address(name, ADDRESSES[name], row.of)
    with transaction.atomic():
        said = whole_body(name, scene)
        last = newest()
        answers = [by.ask(scene.client, "POST", path, again(said)).status_code for _ in range(times)]
        made, rows = left_by(last)
        owed = others()
        transaction.set_rollback(True)
    return answers, made, rows, owed


@MAKING
def test_sent_twice_one_after_the_other_it_is_made_once(scene, subtests, which):
    refused = {}
    for name in sorted(which):
        with subtests.test(name):
            first, made, rows, owed = sent(scene, name, 1)
            answers, made_twice, rows_twice, owed_twice = sent(scene, name, 2)
            if first[0] not in DONE:
                refused[name] = answers
            assert 500 not in answers
            assert first == answers[:1]
            assert made_twice == made, f"{answers}: {made_twice - made} too many"
            assert owed_twice == owed, f"{answers}: {owed_twice - owed} too many"
            assert rows_twice == rows, answers
    assert not MAKES & refused.keys(), f"what was to be made was refused: {refused}"


# -- at the same moment -------------------------------------------------------------------------------------


@contextmanager
def a_copy(number: int) -> Iterator[None]:
    """Of the database as it is now. Every connection of this process goes there meanwhile."""
    here = connection.settings_dict
    original, copy = here["NAME"], f"{here['NAME']}_{number}"
    address = connection.get_connection_params() | {"dbname": "postgres", "cursor_factory": psycopg.Cursor}
    address.pop("assume_role", None)
    connection.close()
    with psycopg.connect(**address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        here["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            here["NAME"] = original
            server.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def sent_at_once(scene: Scene, name: str, times: int) -> tuple[list[int], Counter, dict, Counter]:
    row, by = ROWS[name], who(scene, name)
    path = scene.address(name, ADDRESSES[name], row.of)
    said = whole_body(name, scene)
    last = newest()

    def ask():
        return by.ask(Client(raise_request_exception=False), "POST", path, again(said)).status_code

    answers = sorted(at_once(*[ask] * times))
    return answers, *left_by(last), others()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@MAKING
def test_sent_twice_at_the_same_moment_it_is_made_once(subtests, which):
    scene = make_scene()
    for number, name in enumerate(sorted(which)):
        with subtests.test(name):
            with a_copy(number):
                _first, made, rows, owed = sent_at_once(scene, name, 1)
            with a_copy(number):
                answers, made_twice, rows_twice, owed_twice = sent_at_once(scene, name, 2)
            assert 500 not in answers
            assert made_twice == made, f"{answers}: {made_twice - made} too many"
            assert owed_twice == owed, f"{answers}: {owed_twice - owed} too many"
            assert rows_twice == rows, answers
