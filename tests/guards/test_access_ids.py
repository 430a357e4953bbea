"""Does anything of another board come out, or get in, when its ids are offered wherever an id may stand?

Two boards have one of everything. Who leads the second hands in the ids of the first: in addresses (that is
the table of accesses), in every field of every form, in every query, as keys of drafts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models, transaction
from django.urls import URLPattern

from cases.models import Patient
from tests.factories import board
from tests.factories.decisions import a_room
from tests.guards.bodies import BODIES, body
from tests.guards.scene import HOSPITAL, Scene, Visitor, make_scene, names, signed_in, things_of
from tests.guards.test_access import ANYBODYS, PARTS, row_of
from tumorboard.audit.models import RowChange

ADDRESSES = {name: pattern for name, pattern in names().items() if name.startswith("cases:")}
SECRETS = {
    "family_name": "Zyxwirth",
    "given_name": "Quillonia",
    "record_number": "RN-77889-XQ",
}


@dataclass
class Two:
    """`theirs` is the board whose ids are offered; `ours` is the one that offers them."""

    theirs: Scene
    ours: Scene
    people: list[Visitor]

    @property
    def secrets(self) -> list[str]:
        return [*SECRETS.values(), self.theirs.room.case.number]

    @property
    def ids(self) -> dict[str, Any]:
        """By every name under which a form or a query might take one."""
        things, room = self.theirs.things, self.theirs.room
        user = room.surgeon.pk
        people = dict.fromkeys(
            ("user", "deputy", "deputy_for", "asked_of", "owner", "who", "person", "recipient"), user
        )
        rows = {name: thing.pk for name, thing in things.items()}
        more = {
            "patient": room.case.patient_id,
            "lesions": things["lesion"].pk,
            "row": things["action"].pk,
            "study": things["addendum"].study_id,
            "into": room.meeting.pk,
            "carry_to": room.meeting.pk,
            "order": f"DISCUSSION:{room.item.pk}",
            "minutes": f"{room.item.pk}:6",
            "people": f"{room.board.pk}-{user}",
            "whose": user,
            "q": SECRETS["record_number"],
            "id": room.case.pk,
            "pk": room.case.pk,
        }
        return rows | people | more

    @property
    def uuids(self) -> set[str]:
        rows = [one for one in self.theirs.things.values() if isinstance(one, models.Model)]
        return {str(one.pk) for one in [*rows, self.theirs.room.case.patient] if len(str(one.pk)) == 36}


@pytest.fixture
def two(db) -> Two:
    theirs = make_scene()
    Patient.objects.filter(pk=theirs.room.case.patient_id).update(**SECRETS)
    room = a_room(board(hospital=HOSPITAL))
    ours = Scene(room, things_of(room), [], theirs.client)
    ours.things |= {"access": theirs.things["access"], "unusual": theirs.things["unusual"]}
    ours.things["patient"] = room.case.patient
    seats = {"coordinator": room.coordinator, "chair": room.chair, "member": room.surgeon}
    people = [signed_in(Visitor("", "own", words, user)) for words, user in seats.items()]
    return Two(theirs, ours, people)


def told(response) -> str:
    if response.streaming:
        response.close()
        return ""
    return response.content.decode(errors="replace")


def hits(two: Two, visitor: Visitor, method: str, path: str, data: dict) -> Iterator[str]:
    with transaction.atomic():
        last = RowChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        said = told(visitor.ask(two.ours.client, method, path, data))
        for secret in two.secrets:
            if secret in said and secret not in map(str, data.values()):
                yield f"{visitor.words} reads {secret}"
        for change in RowChange.objects.filter(pk__gt=last):
            known = two.uuids & set(re.findall(r"[0-9a-f-]{36}", f"{change.row} {change.after}"))
            if known:
                yield f"{visitor.words} writes {change.table} {known}"
            if two.theirs.room.surgeon.pk in people_in(change):
                yield f"{visitor.words} names a person of the other board in {change.table}"
        transaction.set_rollback(True)


def people_in(change: RowChange) -> set[int]:
    after = change.after or {}
    return {value for key, value in after.items() if key.endswith("_id") and isinstance(value, int)}


@pytest.mark.parametrize("part", range(PARTS))
def test_ids_of_another_board_are_worth_nothing_in_queries_and_forms(two, subtests, part):
    for name in sorted(ADDRESSES)[part::PARTS]:
        with subtests.test(name):
            offer(two, name)


def offer(two: Two, name: str) -> None:
    pattern: URLPattern = ADDRESSES[name]
    path = two.ours.address(name, pattern, row_of(name).of)
    short = name.removeprefix("cases:")
    offered = [two.ids, *([body(name, two.theirs)] if short in BODIES else [])]
    coordinator, chair, _ = two.people
    found = list(hits(two, coordinator, "GET", path, two.ids))
    for data in offered:
        found += hits(two, chair, "POST", path, data)

    assert not found, path


@pytest.mark.parametrize("form", ["fitness", "input", "lesion"])
def test_what_somebody_types_is_kept_under_the_key_of_a_case_and_read_by_them_alone(two, form):
    from cases.models import Draft
    from cases.services import draft

    case = two.theirs.room.case
    draft.save(form=form, key=str(case.pk), payload={"words": ["Zyxwirth"]}, by=two.theirs.room.surgeon)
    for visitor in two.people:
        assert not Draft.objects.visible_to(visitor.user).filter(key=str(case.pk)).exists()
        for ending in ("", "discard/"):
            path = f"/drafts/{form}/{case.pk}/{ending}"
            assert "Zyxwirth" not in told(visitor.ask(two.ours.client, "POST", path, {"words": "x"}))
    assert Draft.objects.get(owner=two.theirs.room.surgeon, form=form, key=str(case.pk)).payload == {
        "words": ["Zyxwirth"]
    }


def test_what_is_looked_for_would_be_found(two):
    """The same words, asked for by somebody of the other board."""
    visitor = next(one for one in two.theirs.visitors if one.letter == "K")
    path = two.theirs.address("cases:case", ADDRESSES["cases:case"], "case")

    assert all(secret in told(visitor.ask(two.ours.client, "GET", path)) for secret in two.secrets[1:])
    assert row_of("cases:case").of not in ANYBODYS
