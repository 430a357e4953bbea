"""What is handed in where something is made: not only enough to be asked who may, but enough to be taken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.forms.test_specialist_input import EMPTY
from tests.guards.bodies import body
from tests.guards.scene import DOUBTFUL, REASON, Scene
from tests.views.test_disease import TYPED

Body = dict[str, Any]
TOKEN = {"csrfmiddlewaretoken": "as-one-page-shows-it-and-no-other"}
A_DAY = timedelta(days=1)


def _plan(scene: Scene, **more) -> Body:
    room = scene.room
    whole = {"kind": "RESECTION", "owner": room.surgeon.pk, "due_on": str(room.today + 14 * A_DAY)}
    return {"row": "", "version": 0, **whole, **more}


def _input(scene: Scene, act: str) -> Body:
    said = {"opinion": "RESECT", "confidence": "HIGH", "opinion_reason": "Two lesions."}
    return {**EMPTY, "version": scene.things["input"].version, "act": act, "resectable": "YES", **said}


def _away(scene: Scene) -> Body:
    first = scene.room.today + 30 * A_DAY
    who = scene.room.coordinator.pk
    return {"user": who, "first_day": str(first), "last_day": str(first + A_DAY)}


WHOLE: dict[str, Callable[[Scene], Body]] = {
    **{f"record-{what}": lambda s, said=said: dict(said) for what, (_model, said) in TYPED.items()},
    "record-diagnosis": lambda s: {"diagnosis-primary_site": "COLORECTAL", "version": 0},
    "new-lesion": lambda s: {"segments": ["6"], "viable": "YES", "size-study": ""},
    "save-action": _plan,
    "save-dissent": lambda s: {"row": "", "version": 0, "reason": "Later.", "who": s.room.oncologist.pk},
    "input": lambda s: _input(s, "save"),
    "sign-input": lambda s: _input(s, "sign"),
    "absences": _away,
    "imports": lambda s: {
        "board": s.room.board.pk,
        "file": SimpleUploadedFile("cases.csv", DOUBTFUL, content_type="text/csv"),
        "profile": "hcc-survival",
    },
    "emergency": lambda s: {"number": s.room.case.number, "confirmed": "on", **REASON},
}


def whole_body(name: str, scene: Scene) -> Body:
    short = name.removeprefix("cases:")
    said = WHOLE[short](scene) if short in WHOLE else body(name, scene)
    return {**said, **TOKEN}
