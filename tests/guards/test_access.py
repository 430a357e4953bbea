"""Does every address do for everybody what `cases/access.txt` says, and nothing else?

The table is the specification: every address of the machine, who may read there and who may hand something
in. Each is asked by each role of the board, by whoever sits on other boards and in other hospitals, by who
only reads, by an administrator and by nobody. An address that is not in the table fails. Whom an answer may
tell the patient's name is said by `canary.txt`, and compared on the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.vocabulary import Role
from tests.canary.answers import Lines, listening
from tests.canary.walk import Walk
from tests.factories.decisions import a_room
from tests.guards.bodies import body
from tests.guards.scene import Scene, Visitor, make_scene, names
from tests.guards.source import ROOT

TABLE = ROOT / "cases" / "access.txt"
IN, REFUSED, NOT_THERE, NO_SUCH_METHOD, TO_THE_DOOR = "in", "403", "404", "405", "sign in"
DOORS = ("account_login", "admin:login")
PARTS = 4  # so that several processes share the work
# Known without a token, and nothing is changed there.
SENT_BY_BROWSERS_THEMSELVES = {"csp_report"}
# What reading may write: that it was read, that somebody is signed in, and how often they asked.
WRITTEN_BY_READING = {
    "audit_auditevent",
    "audit_chainentry",
    "audit_chainhead",
    "audit_link",
    "django_session",
    "platform_cache",
}
WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


@dataclass(frozen=True)
class Cell:
    """`KC/M`: coordinator and chair get in, members are told that they may not, others find nothing."""

    said: str

    def expected(self, visitor: Visitor, of: str) -> str:
        said = self.said.removeprefix("!")
        if visitor.user is None and not self.said.startswith("!"):
            return TO_THE_DOOR
        if said == "-":
            return NO_SUCH_METHOD
        let_in, _, refused = said.partition("/")
        is_outside = visitor.scope.startswith("other") and of not in ANYBODYS
        if not is_outside and {visitor.letter, "*"} & set(let_in):
            return IN
        if not is_outside and {visitor.letter, "*"} & set(refused):
            return REFUSED
        return TO_THE_DOOR if of == "admin" else NOT_THERE


@dataclass(frozen=True)
class Row:
    of: str
    cells: dict[str, Cell]


# Of no board: whoever sits on another board is there like whoever sits on this one.
ANYBODYS = {"-", "admin"}


def table() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, of, read, write = line.split()
            assert name not in rows, name
            rows[name] = Row(of, {"GET": Cell(read), "POST": Cell(write)})
    return rows


ROWS, ADDRESSES = table(), names()


def row_of(name: str) -> Row:
    """Its own line, or that of all addresses that begin alike, such as admin:*"""
    alike = [one for one in ROWS if one.endswith("*") and name.startswith(one[:-1])]
    return ROWS[name] if name in ROWS else ROWS[max(alike, key=len)]


def test_every_address_is_in_the_table_and_every_line_is_an_address():
    alike = tuple(one[:-1] for one in ROWS if one.endswith("*"))
    missing = [one for one in ADDRESSES if one not in ROWS and not one.startswith(alike)]
    left = [one for one in ROWS if not one.endswith("*") and one not in ADDRESSES]

    assert (missing, left) == ([], []), f"Say in {TABLE.name} who may do what there"


@pytest.fixture
def scene(db, settings) -> Scene:
    """Made once. Each request is taken back, so that none sees what another did."""
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = False
    return make_scene(marked=True)


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What stands in the log meanwhile."""
    with listening() as heard:
        yield heard


@pytest.mark.parametrize("part", range(PARTS))
def test_each_cell_is_as_the_table_says(scene, lines, subtests, part):
    for name in sorted(ADDRESSES)[part::PARTS]:
        with subtests.test(name):
            compare(scene, Walk(name, lines))


def compare(scene: Scene, walk: Walk) -> None:
    name = walk.name
    row = row_of(name)
    path = scene.address(name, ADDRESSES[name], row.of)
    wrong = [
        f"{method} by {visitor.words}: {fault}"
        for method, cell in row.cells.items()
        for visitor in asks(scene, name, row, cell)
        for fault in faults(scene, walk, visitor, method, path, cell.expected(visitor, row.of))
    ]

    assert not wrong, f"{name} at {path}\n" + "\n".join(wrong)


def asks(scene: Scene, name: str, row: Row, cell: Cell) -> list[Visitor]:
    """Everybody; a few where no seat can make a difference, since nothing was made for anybody there."""
    if cell.said.endswith("-"):
        return [one for one in scene.visitors if one.letter == "K" or one.user is None]
    if not name.startswith("cases:") or cell.said in {"*", "!*"}:
        return [one for one in scene.visitors if one.letter in {"K", "S", "A"} or one.user is None]
    return [one for one in scene.visitors if row.of not in ANYBODYS or not one.scope.startswith("other")]


def faults(scene: Scene, walk: Walk, visitor: Visitor, method: str, path: str, wanted: str) -> Iterator[str]:
    name = walk.name
    with transaction.atomic():
        said = body(name, scene) if method == "POST" else None
        before = written()
        walk.begins()
        answer = visitor.ask(scene.client, method, path, said)
        found = outcome(answer)
        changed = {table for table, _ in written() - before}
        yield from walk.hears(method, visitor, answer, is_in=found == IN)
        transaction.set_rollback(True)
    # 405 is said before anything is looked up: it tells nothing of the thing.
    is_as_good = {found, wanted} == {NO_SUCH_METHOD, NOT_THERE} or wanted == found
    # How far an administrator gets is said by the classes of the administration itself.
    if not is_as_good and not (name.startswith("admin:") and visitor.letter == "A"):
        yield f"{found}, not {wanted}"
    if method == "GET" and changed - WRITTEN_BY_READING:
        yield f"reading writes {sorted(changed - WRITTEN_BY_READING)}"


def written() -> set[tuple[str, int]]:
    """How often each table was written to in this transaction, also without effect."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return set(cursor.fetchall())


def outcome(response) -> str:
    if response.streaming and response.request["REQUEST_METHOD"] == "HEAD":
        response.close()
    if response.status_code == 302 and response.url.startswith(tuple(f"{reverse(one)}?" for one in DOORS)):
        return TO_THE_DOOR
    return {500: "broken", 403: REFUSED, 404: NOT_THERE, 405: NO_SUCH_METHOD}.get(response.status_code, IN)


def test_nothing_is_handed_in_without_the_token_of_the_page(scene):
    """Neither by who is signed in nor at the door."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    people = [one for one in scene.visitors if one.letter in {"K", ""}]
    taken = []
    for name, pattern in ADDRESSES.items():
        if name in SENT_BY_BROWSERS_THEMSELVES:
            continue
        path = scene.address(name, pattern, row_of(name).of)
        for visitor in people[:1] + people[-1:]:
            with transaction.atomic():
                found = outcome(visitor.ask(client, "POST", path, body(name, scene)))
                transaction.set_rollback(True)
            # Who has not signed in may be sent to the door as well.
            if found != REFUSED and not (visitor.user is None and found == TO_THE_DOOR):
                taken.append(f"{name} by {visitor.words}: {found}")

    assert not taken


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reads", "writes"),
    [
        ({}, 200, 302),
        ({"role": Role.OBSERVER}, 200, 403),
        ({"role": Role.REFERRER, "specialty": ""}, 404, 404),
        ({"ended_at": timezone.now()}, 404, 404),
    ],
)
def test_what_a_seat_allows_changes_with_the_next_request(client, change, reads, writes):
    room = a_room()
    client.force_login(room.surgeon)
    case = reverse("cases:case", args=[room.case.pk])
    wish = reverse("cases:record-wish", args=[room.case.pk])
    assert client.get(case).status_code == 200
    if change:
        room.surgeon.memberships.update(**change)

    assert client.get(case).status_code == reads
    assert client.post(wish, {"fact-words": "Home."}).status_code == writes


@pytest.mark.django_db
def test_whose_account_is_closed_is_signed_out(client):
    room = a_room()
    client.force_login(room.surgeon)
    room.surgeon.is_active = False
    room.surgeon.save()

    answer = client.get(reverse("cases:case", args=[room.case.pk]))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
