"""Can anybody change by a form what the form does not ask for?

Every form of a model names its fields. And every address is handed in twice: once as its page does, and once
with every column of every model that nobody types, under every prefix. Both must write the same.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import models, transaction

import cases.forms
from cases.forms._base import CaseForm
from tests.guards.bodies import BODIES, body
from tests.guards.scene import Scene, make_scene, names
from tests.guards.test_access import row_of
from tumorboard.audit.models import RowChange

# What services write by themselves: who, when, how far, of what.
NEVER_TYPED = re.compile(r"^status$|(^|_)(id|pk|by|signed_at|created_at|reviewed_at|approved_at|sent_at)$")
OURS = ("board", "case", "patient", "referred_by", "number", "presentation", "is_active", "is_staff")
CHOSEN = {"board"}  # of a referral, among those to which the person may refer
PREFIXES = ("", "fact-", "ask-", "guest-", "other-", "deputy-")
ADDRESSES = names()
DRAWN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.+]+Z?|[0-9a-f]{40,}")
LEFT_OUT = {"check_in_code", "seal", "pdf"}


def all_forms() -> Iterator[type[forms.BaseForm]]:
    for found in pkgutil.walk_packages(cases.forms.__path__, "cases.forms."):
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm) and one.__module__ == found.name:
                yield one


FORMS = sorted(set(all_forms()), key=lambda one: f"{one.__module__}.{one.__name__}")
OF_MODELS = [one for one in FORMS if issubclass(one, forms.ModelForm) and one is not CaseForm]


@pytest.mark.parametrize("form", OF_MODELS, ids=lambda one: one.__name__)
def test_a_form_of_a_model_names_its_fields_and_none_that_nobody_types(form):
    meta = form._meta

    assert meta.model is None or isinstance(meta.fields, tuple | list), "Name the fields"
    assert not meta.exclude
    typed = {*(meta.fields or ()), *form.base_fields} - CHOSEN
    assert not {name for name in typed if NEVER_TYPED.search(name) or name in OURS}
    with pytest.raises(TypeError, match="does not write"):
        form.save(form.__new__(form))


def test_there_are_forms_to_look_at():
    assert len(OF_MODELS) > 10


def undeclared(said: dict) -> dict[str, str]:
    """Every column that nobody types, with a value that its kind could take."""
    found: dict[str, str] = {}
    for model in apps.get_app_config("cases").get_models():
        for field in model._meta.concrete_fields:
            if not field.editable or NEVER_TYPED.search(field.name) or field.name in OURS:
                found[field.name] = found[field.attname] = _value(field)
    asked = {key.rpartition("-")[2] for key in said} | {"version"}
    return {
        f"{prefix}{name}": value for name, value in found.items() for prefix in PREFIXES if name not in asked
    }


def _value(field: models.Field) -> str:
    if field.choices:
        return str(field.choices[-1][0])
    if isinstance(field, models.DateTimeField):
        return "1987-06-05T04:03:02Z"
    if isinstance(field, models.DateField):
        return "1987-06-05"
    if isinstance(field, models.IntegerField | models.AutoField | models.ForeignKey):
        return "1"
    return "true" if isinstance(field, models.BooleanField) else "31987"


@pytest.fixture
def scene(db) -> Scene:
    return make_scene()


def test_what_is_not_asked_for_changes_nothing(scene, subtests):
    for short in sorted(BODIES):
        with subtests.test(short):
            hand_in_twice(scene, short)


def hand_in_twice(scene: Scene, short: str) -> None:
    name = f"cases:{short}"
    row = row_of(name)
    letters = row.cells["POST"].said.partition("/")[0].replace("*", "K")
    visitor = next(one for one in scene.visitors if one.letter and one.letter in letters)
    path, said = scene.address(name, ADDRESSES[name], row.of), body(name, scene)

    plain = handed_in(scene, visitor, path, said)
    more = handed_in(scene, visitor, path, undeclared(said) | said)
    assert more == plain


def handed_in(scene: Scene, visitor, path: str, said: dict) -> tuple[int, list]:
    """The answer, and what was written: which columns of which rows, with what in them."""
    with transaction.atomic():
        last = RowChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        status = visitor.ask(scene.client, "POST", path, said).status_code
        changes = [
            (one.table, one.operation, _known(one.after)) for one in RowChange.objects.filter(pk__gt=last)
        ]
        transaction.set_rollback(True)
    return status, sorted(changes, key=repr)


def _known(after: dict | None) -> dict[str, str]:
    return {key: DRAWN.sub("", str(value)) for key, value in (after or {}).items() if key not in LEFT_OUT}
