"""What becomes of a form that is handed in with harm in every field?

Each address that takes something is handed what it asks for, filled with texts that break programs: with NUL,
markup, formulas, marks that turn the writing round, a million letters, numbers that are none, days that never
were, answers that nobody offered. Nothing breaks, nothing comes back as markup, and NUL is refused in words.
"""

import os

import pytest
from django.db import transaction

from cases.services import specialist_input
from cases.vocabulary import Role, Specialty
from tests.factories import member
from tests.guards.bodies import body
from tests.guards.hostile import attacks, completed, listening, not_told_of_nul, runs, who_hands_in
from tests.guards.scene import Scene, Visitor, make_scene, names, signed_in
from tests.guards.test_access import row_of

ADDRESSES = names()
ALL_KINDS = bool(os.environ.get("LONG"))
ALWAYS = {"NUL", "markup"}  # to each fourth; all to all with --long
# Drafts are kept as they are typed, and NUL is left out of them: PostgreSQL has no place for it.
KEEPS_DRAFTS = {
    "cases:input",
    "cases:input-derived",
    "cases:input-cautions",
    "cases:input-scores",
    "cases:refer",
}
# Django's own pages for administrators, handed what no page of theirs sends: its list of people asks the
# database for an id that is none, its field for several values reads a percent sign as a place.
BREAKS_IN_DJANGO = {"admin:cases_membership_add", "admin:cases_tumorboard_add"}

Job = tuple[str, Visitor, str, dict]


@pytest.fixture
def scene(db, settings) -> Scene:
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = False
    return make_scene()


def jobs(scene: Scene) -> list[Job]:
    """Every address that takes something, by somebody who may, with what an ordinary person hands in."""
    found: list[Job] = []
    for name, pattern in sorted(ADDRESSES.items()):
        row = row_of(name)
        said = row.cells["POST"].said
        visitor = who_hands_in(scene, said)
        if visitor is not None and said.strip("!") not in "-.":
            found.append((name, visitor, scene.address(name, pattern, row.of), body(name, scene)))
    return found + inputs(scene)


def inputs(scene: Scene) -> list[Job]:
    """Each discipline has a form of its own."""
    room, found = scene.room, []
    for specialty in Specialty:
        sits = member(room.board, Role.MEMBER, specialty)
        specialist_input.ask(
            case=room.case, specialty=specialty, asked_of=sits, due_at=None, by=room.coordinator
        )
        asked = room.case.inputs.filter(specialty=specialty).latest("pk")
        visitor = signed_in(Visitor("M", "own", specialty.label, sits))
        found.append(("cases:input", visitor, f"/inputs/{asked.pk}/", {"act": "sign", "version": 1}))
    return found


def handed_in(scene: Scene, visitor: Visitor, path: str, said: dict):
    """The answer and the forms that were checked; nothing of it stays."""
    with transaction.atomic(), listening() as heard:
        answer = visitor.ask(scene.client, "POST", path, said)
        after = None
        if answer.status_code == 302 and answer.url.startswith("/"):
            after = visitor.ask(scene.client, "GET", answer.url)
            if after.streaming:
                b"".join(after.streaming_content)  # read to its end it is closed, and the connection is not
        transaction.set_rollback(True)
    return answer, after, heard


def faults(scene: Scene, name: str, visitor: Visitor, path: str, plain: dict) -> list[str]:
    _, _, heard = handed_in(scene, visitor, path, plain)
    if ALL_KINDS:
        _, _, again = handed_in(scene, visitor, path, completed(plain, heard))
        heard.checked += again.checked
    wrong = []
    for kind, said in attacks(plain, heard):
        if not ALL_KINDS and kind not in ALWAYS:
            continue
        answer, after, hearing = handed_in(scene, visitor, path, said)
        for one in filter(None, (answer, after)):
            if one.status_code >= 500 and name not in BREAKS_IN_DJANGO:
                wrong.append(f"{kind}: {one.status_code}")
            elif runs(one):
                wrong.append(f"{kind}: comes back as markup")
        if "NUL" in kind and name not in KEEPS_DRAFTS:
            wrong += [f"{kind}: {one} says nothing of it" for one in not_told_of_nul(hearing)]
    return wrong


def test_no_form_breaks_or_runs_what_it_is_handed(scene, subtests):
    for name, visitor, path, plain in jobs(scene)[:: 1 if ALL_KINDS else 4]:
        with subtests.test(f"{name} {visitor.words}"):
            assert not faults(scene, name, visitor, path, plain)
