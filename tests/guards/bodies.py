"""What is handed in at each address that asks for something: enough to come as far as the question who may.

A form that lacks something is told so before anybody asks who sent it, and tells nothing of who may.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.queries.intake import plan_of, question_groups
from cases.vocabulary import TrailReason
from tests.factories import a_case
from tests.guards.scene import Scene

Body = dict[str, Any]
REASON = {"reason": "Said in a sentence."}
VERSION = {"version": 1}
TIMES = {"starts": "08:00", "ends": "09:30", "place": "Room 3"}


def _day(scene: Scene, days: int = 21) -> str:
    return str(scene.room.today + timedelta(days=days))


def _series(scene: Scene) -> Body:
    rule = {"how": "WEEKLY", "every": 1, "weekdays": ["3"], "on_holidays": "SKIP"}
    return {**TIMES, **rule, "first_on": _day(scene), "board": scene.room.board.pk, **VERSION}


def _order(scene: Scene) -> Body:
    return {"version": scene.room.meeting.version, "order": f"DISCUSSION:{scene.room.item.pk}"}


def _doubt(scene: Scene) -> str:
    run = scene.things["run"]
    return question_groups(plan_of(run, today=scene.room.today), run)[0].key


BODIES: dict[str, Callable[[Scene], Body]] = {
    "search": lambda s: {"q": "nobody"},
    "return": lambda s: {"words": "The histology."},
    "withdraw": lambda s: REASON,
    "re-present": lambda s: {"question": "What now?", "why_now": "A new CT."},
    "list-case": lambda s: {"case": a_case(s.room.board).pk, "minutes": 6, "lane": "DISCUSSION"},
    "plan-item": lambda s: {"minutes": 7, "lane": "DISCUSSION"},
    "move-item": lambda s: {"direction": "up"},
    "reorder-agenda": _order,
    "plan-minutes": lambda s: {**VERSION, "minutes": f"{s.room.item.pk}:7"},
    "set-break": lambda s: {"after": 1, "minutes": 5},
    "leaves-early": lambda s: {"specialty": "SURGERY", "leaves_at": ""},
    "pull-back-item": lambda s: REASON,
    "defer-case": lambda s: REASON,
    "cancel-meeting": lambda s: REASON,
    "move-meeting": lambda s: {**TIMES, **VERSION, "day": _day(s), **REASON},
    "look-at-move": lambda s: {**TIMES, **VERSION, "day": _day(s)},
    "schedule-meeting": lambda s: {**TIMES, "board": s.room.board.pk, "day": _day(s)},
    "publish-agenda": lambda s: VERSION,
    "record-discussion": lambda s: {**VERSION, "discussion": "Two lesions."},
    "save-discussion": lambda s: {**VERSION, "discussion": "Two lesions."},
    "join": lambda s: {"user": s.room.oncologist.pk},
    "leave": lambda s: {"user": s.room.oncologist.pk},
    "admit-guest": lambda s: {"guest-name": "Una Reed"},
    "new-series": _series,
    "change-series": _series,
    "series-dates": _series,
    "changed-dates": _series,
    "leave-out-day": lambda s: {**VERSION, "day": _day(s)},
    "take-in-day": lambda s: {**VERSION, "day": _day(s)},
    "end-series": lambda s: {**VERSION, "last_on": _day(s)},
    "ask-input": lambda s: {"ask-asked_of": s.room.surgeon.pk},
    "amend-input": lambda s: REASON,
    "not-needed-input": lambda s: REASON,
    "chase-note": lambda s: {"words": "Promised for Thursday."},
    "addendum": lambda s: {"answer": "Two lesions, as you say."},
    "ask-addendum": lambda s: {"study": s.things["addendum"].study_id, "difference": "A third."},
    "amend-decision": lambda s: REASON,
    "confirm-decision": lambda s: VERSION,
    "sign-decision": lambda s: VERSION,
    "save-decision-section": lambda s: {"version": 0, "intent": "CURATIVE"},
    "save-lesion-plan": lambda s: {"version": 1, "row": s.things["lesion"].pk, "plan": "RESECT"},
    "save-action": lambda s: {"version": 0, "kind": "RESECTION"},
    "remove-action": lambda s: {"row": s.things["amendment"].actions.first().pk, **VERSION},
    "move-action": lambda s: {"row": s.things["amendment"].actions.first().pk, "up": ""},
    "remove-dissent": lambda s: {"row": s.things["amendment"].dissents.first().pk, **VERSION},
    "save-dissent": lambda s: {"version": 0, "reason": "Later."},
    "ratification": lambda s: {"answer": "RATIFIED"},
    "edit-letter": lambda s: {**VERSION, "key": "why", "text": "In my words."},
    "approve-letter": lambda s: VERSION,
    "letter-left": lambda s: {"how": "Posted."},
    "letter-to-gp": lambda s: {"name": "Dr Field"},
    "report-action": lambda s: {"report": "DONE", "happened_on": str(s.room.today)},
    "settle-matter": lambda s: {**VERSION, "said": "Heard."},
    "close-message": lambda s: REASON,
    "reply-meeting": lambda s: {"reply": "COMING"},
    "reply-for": lambda s: {"other-user": s.room.oncologist.pk, "other-reply": "COMING"},
    "import-answer": lambda s: {"question": _doubt(s)},
    "record-question": lambda s: {"topics": [], "version": s.room.case.version},
    "record-wish": lambda s: {"fact-words": "Home."},
    "record-waiver": lambda s: {"fact-reason": "Not possible."},
    "trail-find": lambda s: {"words": "Nobody, None"},
    "trail-export": lambda s: {"reason": TrailReason.values[0]},
    "trail-patient-export": lambda s: {"reason": TrailReason.values[0]},
    "trail-look-at": lambda s: {"note": "Looked at."},
    "withdraw-fact": lambda s: REASON,
    "withdraw-file": lambda s: REASON,
    "files": lambda s: {"file": SimpleUploadedFile("a.pdf", b"no such thing"), "title": "Report"},
    "save-draft": lambda s: {"words": "Typed so far."},
}


def body(name: str, scene: Scene) -> Body:
    return BODIES.get(name.removeprefix("cases:"), lambda s: {})(scene)
