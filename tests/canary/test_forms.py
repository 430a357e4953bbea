"""Where does it go what people type about a patient, when every form of the application is handed in?"""

import pytest
from django import forms
from django.db import transaction

from tests.canary import marks
from tests.canary.answers import Lines, Meanwhile, around, content_of, listening
from tests.canary.stored import every_table, telling, written
from tests.canary.table import those
from tests.guards.bodies import body
from tests.guards.scene import Scene, make_scene, names
from tests.guards.test_access import ROWS, row_of
from tests.guards.test_access_fields import FORMS, PREFIXES

ADDRESSES = names()
HANDED_IN = [
    name for name in ROWS if name.startswith("cases:") and row_of(name).cells["POST"].said.strip("!") != "-"
]
TYPED = f"{marks.GIVEN} {marks.FAMILY}, {marks.RECORD}, born {marks.BORN:%d/%m/%Y}. {marks.SENTENCE}"
FREE = forms.TextInput | forms.Textarea
SPELT = {"record_number": marks.RECORD, "birth_date": str(marks.BORN), "family_name": marks.FAMILY}


def free_text() -> dict[str, str]:
    """Every field of every form that takes any words, with as many as it takes."""
    longest: dict[str, int] = {}
    for form in FORMS:
        for name, field in form.base_fields.items():
            if type(field) is forms.CharField and isinstance(field.widget, FREE):
                longest[name] = min(longest.get(name, 4000), field.max_length or 4000)
    found = {name: TYPED[:length] for name, length in longest.items()} | SPELT
    return {f"{prefix}{name}": words for name, words in found.items() for prefix in PREFIXES}


EVERYWHERE = free_text()


def typed(name: str, scene: Scene) -> dict:
    """What its page hands in; every sentence is about the patient, and every other field too."""
    said = body(name, scene)
    sentences = {
        key: f"{value} {TYPED}" for key, value in said.items() if isinstance(value, str) and " " in value
    }
    return EVERYWHERE | said | sentences


@pytest.fixture
def scene(db) -> Scene:
    return make_scene(marked=True)


def test_there_is_much_to_type():
    assert len(HANDED_IN) > 100
    assert {"fact-words", "reason", "family_name", "discussion"} <= set(EVERYWHERE)


def test_what_is_typed_stays_where_it_belongs(scene, subtests):
    with listening() as lines:
        for name in HANDED_IN:
            with subtests.test(name):
                hand_in(scene, name, lines)


def hand_in(scene: Scene, name: str, lines: Lines) -> None:
    row = row_of(name)
    letters = row.cells["POST"].said.strip("!").partition("/")[0].replace("*", "K").replace(".", "K")
    visitor = next(one for one in scene.visitors if one.letter and one.letter in letters)
    path = scene.address(name, ADDRESSES[name], row.of)
    with transaction.atomic():
        said, before, meanwhile = typed(name, scene), written(), Meanwhile()
        lines.since_last()
        answer = visitor.ask(scene.client, "POST", path, said)
        wrong = list(around(answer, content_of(answer), of_a_case=True))
        wrong += [told for told in meanwhile.tells() if told.split()[2] not in those("mail")]
        stored = telling({table for table, _ in written() - before})
        transaction.set_rollback(True)
    wrong += [f"{table} holds the {named}" for table, named in stored.items() if table not in those("stored")]
    wrong += [f"the log tells of the {named}" for named in marks.found(lines.since_last())]

    assert answer.status_code < 500
    assert not wrong, "\n".join([f"{name} at {path}", *wrong])


def test_every_table_that_names_the_patient_is_listed_and_every_listed_one_is_a_table(scene):
    tables = every_table()
    found = telling(tables)

    assert sorted(set(found) - those("stored")) == []
    assert sorted(those("stored") - set(tables)) == []
    assert set(found["cases_patient"]) == {mark.name for mark in marks.OF_THE_PERSON}
    assert set(found["cases_case"]) >= {mark.name for mark in marks.OF_A_SENTENCE}
