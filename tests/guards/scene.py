"""One of everything on one board, and everybody who might ask for it: made once for the whole table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.http import HttpResponse
from django.http.cookie import SimpleCookie
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cases.models import (
    Absence,
    AddendumRequest,
    EmergencyAccess,
    Guest,
    ImagingStudy,
    Letter,
    Matter,
    MeetingSeries,
    Ratification,
    UnusualAccess,
)
from cases.notices import answer_link, feed_link, ratification, reply_link
from cases.services import emergency, recommendation, room_screen, specialist_input
from cases.services.recommendation import DissentSaid
from cases.vocabulary import Role, Specialty, UnusualRule
from tests.canary.patient import mark
from tests.factories import a_file, a_lesion, board, lab, member, person
from tests.factories.decisions import Room, a_room
from tests.services.intake.imports import SAMPLE, checked
from tumorboard.notifications import outbox

HOSPITAL = "North Riding University Hospital"
DOUBTFUL = b"\n".join(SAMPLE.read_bytes().splitlines()[:30])
REASON = {"reason_kind": "ACUTE", "reason": "Bleeding, in theatre now."}


def names() -> dict[str, URLPattern]:
    """Every address of the whole machine, by its full name; what has none by its path."""
    found: dict[str, URLPattern] = {}

    def walk(patterns, room: str, path: str) -> None:
        for one in patterns:
            here = path + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, room + (f"{one.namespace}:" if one.namespace else ""), here)
            else:
                found[f"{room}{one.name or '/' + here}"] = one

    walk(get_resolver().url_patterns, "", "")
    return found


def things_of(room: Room) -> dict[str, Any]:
    """One of everything, on one board, signed and told."""
    called = room.case.patient.family_name  # as people do call their files
    lesion = a_lesion(room.case)
    decided = room.decide(dissents=[DissentSaid("Later.", room.oncologist)])
    amended = recommendation.begin_amendment(recommendation=decided, reason="New CT.", by=room.chair)
    room.case.refresh_from_db()
    message = outbox.put(
        kind="agenda.published",
        about=room.meeting.about,
        recipient=room.surgeon,
        title="Agenda",
        text="-",
        scope=room.board.scope,
    )
    asked = specialist_input.ask(
        case=room.case, specialty=Specialty.SURGERY, asked_of=room.surgeon, due_at=None, by=room.coordinator
    )
    outside = ImagingStudy.objects.create(
        case=room.case,
        modality="CT",
        performed_on="2026-10-01",
        done_at="Elsewhere",
        created_by=room.referrer,
    )
    action = decided.actions.first()
    by = {"created_by": room.coordinator}
    return {
        "board": room.board,
        "case": room.case,
        "file": a_file(room.case, title=f"CT of {called}", name=f"{called}.pdf"),
        "lesion": lesion,
        "fact": lab(room.case, "inr", "1.0", "1"),
        "input": asked or room.case.inputs.first(),
        "meeting": room.meeting,
        "item": room.item,
        "decision": decided,
        "amendment": amended,
        "letter": Letter.objects.get(case=room.case, kind="REFERRER"),
        "action": action,
        "message": message,
        "room": room_screen.open_room(meeting=room.meeting, pin="4711", by=room.chair)[0],
        "run": checked(room.board, room.coordinator, DOUBTFUL, file_name=f"{called}.csv"),
        "absence": Absence.objects.create(
            user=room.surgeon, first_day=room.today, last_day=room.today, created_by=room.surgeon
        ),
        "addendum": AddendumRequest.objects.create(
            case=room.case, study=outside, difference="A second lesion.", created_by=room.surgeon
        ),
        "guest": Guest.objects.create(item=room.item, name="Una Reed", joined_at=timezone.now(), **by),
        "ratification": Ratification.objects.create(
            recommendation=decided,
            specialty=Specialty.SURGERY,
            asked_of=room.surgeon,
            due_on=room.today,
            created_by=room.chair,
        ),
        "matter": Matter.objects.create(
            meeting=room.meeting, case=room.case, kind="OVERDUE", action=action, **by
        ),
        "series": MeetingSeries.objects.create(
            board=room.board,
            rule="FREQ=WEEKLY;BYDAY=TH",
            first_on=room.today,
            starts_at=time(8),
            minutes=90,
            **by,
        ),
    }


# Addresses that take more, or something else, than the id of the thing they are classed by.
MORE = {
    "withdraw-fact": lambda t: [t["case"].pk, "labs", t["fact"].pk],
    "score": lambda t: [t["case"].pk, "albi"],
    "lesion": lambda t: [t["case"].pk, 1],
    "record-waiver": lambda t: [t["case"].pk, "inr"],
    "decision-part": lambda t: [t["item"].pk, "intent"],
    "save-decision-section": lambda t: [t["item"].pk, "intent"],
    "ratify": lambda t: [ratification.token_for(t["ratification"], t["ratification"].asked_of)],
    "file-page": lambda t: [t["file"].pk, 1],
    "hold-part": lambda t: [t["meeting"].pk, "said"],
    "chase-mail": lambda t: [t["board"].pk, t["message"].recipient_id],
    "save-draft": lambda t: ["fitness", str(t["case"].pk)],
    "discard-draft": lambda t: ["fitness", str(t["case"].pk)],
    "answer-action": lambda t: [answer_link.link_for(t["action"]).rstrip("/").rpartition("/")[2]],
    "reply": lambda t: [reply_link.token_for(t["meeting"], t["message"].recipient)],
    "calendar-feed": lambda t: [feed_link.token_for(t["message"].recipient)],
}


def address(name: str, pattern: URLPattern, kind: str, things: dict[str, Any]) -> str:
    """Where it is, for the thing in its address; what belongs to nobody's board gets a 1."""
    short = name.removeprefix("cases:")
    if name.startswith("cases:") and short in MORE:
        return reverse(name, args=MORE[short](things))
    if kind in things:
        return reverse(name, args=[things[kind].pk])
    if "/" in name:
        return name[name.index("/") :].replace("<path:object_id>", "1").replace("(?P<url>.*)$", "nothing")
    regex = pattern.pattern.regex.groupindex
    values = {"app_label": "cases", "uidb36": "1", "key": "set-password", "provider_id": "oidc"}
    return reverse(name, kwargs={group: values.get(group, "1") for group in regex})


@dataclass
class Visitor:
    """Somebody at a browser: `letter` as in the table, `scope` from where."""

    letter: str
    scope: str
    words: str
    user: Any = None
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def ask(self, client: Client, method: str, path: str, data: dict | None = None) -> HttpResponse:
        client.cookies = SimpleCookie({key: one.value for key, one in self.cookies.items()})
        if method == "GET":
            # Of a stream that stays open only the head is asked for.
            return (client.head if path.endswith("/live/") else client.get)(path, data or {})
        return client.post(path, data or {})


LETTERS = {
    Role.COORDINATOR: "K",
    Role.CHAIR: "C",
    Role.MEMBER: "M",
    Role.REFERRER: "R",
    Role.OBSERVER: "O",
}


def visitors_of(room: Room) -> Iterator[Visitor]:
    """Every role on the board, all of them on others and in another hospital, and who sits nowhere."""
    own = {
        Role.COORDINATOR: room.coordinator,
        Role.CHAIR: room.chair,
        Role.MEMBER: room.surgeon,
        Role.REFERRER: member(room.board, Role.REFERRER),
        Role.OBSERVER: member(room.board, Role.OBSERVER),
    }
    for role, user in own.items():
        yield Visitor(LETTERS[role], "own", f"{role.label.lower()} of the board", user)
    for scope, hospital in (("other board", HOSPITAL), ("other hospital", "St Elsewhere")):
        # What any of the seats lets in is let in by all of them together.
        everywhere = person()
        for role in Role:
            member(board(hospital=hospital), role, user=everywhere)
        yield Visitor("", scope, f"who has every seat, on {scope}s", everywhere)
    yield Visitor("F", "own", "who referred the case", room.referrer)
    reader, officer = member(board(hospital=HOSPITAL)), person()
    emergency.begin(case=room.case, by=reader, **REASON)
    room.board.hospital.privacy_officers.add(officer)
    yield Visitor("E", "own", "who reads the case in an emergency", reader)
    yield Visitor("P", "own", "privacy officer of the hospital", officer)
    yield Visitor("S", "own", "a stranger with an account", person())
    yield Visitor("A", "own", "administrator without a seat", person(is_staff=True, is_superuser=True))
    yield Visitor("", "anonymous", "nobody signed in")


@dataclass
class Scene:
    room: Room
    things: dict[str, Any]
    visitors: list[Visitor]
    client: Client

    def address(self, name: str, pattern: URLPattern, kind: str) -> str:
        return address(name, pattern, kind, self.things)


def make_scene(*, marked: bool = False) -> Scene:
    """`marked`: the patient is the one whose name is looked for in every answer."""
    room = a_room(board(hospital=HOSPITAL))
    if marked:
        mark(room.case)
    things = things_of(room)
    visitors = list(visitors_of(room))
    things["access"] = EmergencyAccess.objects.get()
    things["patient"] = room.case.patient
    things["unusual"] = UnusualAccess.objects.create(
        hospital=room.board.hospital,
        week=room.today,
        rule=UnusualRule.NO_TASK,
        user=room.surgeon,
        case=room.case,
        at=timezone.now(),
    )
    people = [signed_in(one) if one.user is not None else one for one in visitors]
    return Scene(room, things, people, Client(raise_request_exception=False))


def signed_in(visitor: Visitor) -> Visitor:
    client = Client()
    client.force_login(visitor.user)
    visitor.cookies = client.cookies
    return visitor
