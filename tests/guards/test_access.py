"""Does every address turn away who has no business there?

Each name in the URL conf is classed here by what its id is; a new one fails until somebody has done so.
For those without a seat on the board, and for every role on another board, the thing does not exist: 404.
"""

from datetime import time
from functools import partial

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from cases.models import (
    Absence,
    AddendumRequest,
    Guest,
    ImagingStudy,
    ImportRun,
    Letter,
    Matter,
    MeetingSeries,
    Ratification,
)
from cases.notices.ratification import token_for
from cases.services import room_screen, specialist_input
from cases.vocabulary import Role, Specialty
from tests.factories import a_file, board, lab, member, person
from tests.factories.decisions import a_room
from tumorboard.notifications import outbox

pytestmark = pytest.mark.django_db

OF_A_CASE = "case"
# What the id in the address is. "-" has none: the page shows only what is the visitor's own.
CLASSED = {
    "today": "-",
    "worklist": "-",
    "search": "-",
    "refer": "-",
    "refer-timing": "-",
    "save-draft": "-",
    "discard-draft": "-",
    "actions": "-",
    "answer-action": "-",
    "messages": "-",
    "message-kinds": "-",
    "message-kind-html": "-",
    "chase": "-",
    "chase-send": "-",
    "chase-mail": "-",
    "chase-note": "input",
    "meetings": "-",
    "schedule-meeting": "-",
    "imports": "-",
    "codes": "-",
    "scores": "-",
    "score": OF_A_CASE,
    "case": OF_A_CASE,
    "history": OF_A_CASE,
    "edit-referral": OF_A_CASE,
    "accept": OF_A_CASE,
    "return": OF_A_CASE,
    "withdraw": OF_A_CASE,
    "re-present": OF_A_CASE,
    "record-question": OF_A_CASE,
    "record-diagnosis": OF_A_CASE,
    "record-labs": OF_A_CASE,
    "record-lesion": OF_A_CASE,
    "record-fitness": OF_A_CASE,
    "record-liver": OF_A_CASE,
    "record-symptoms": OF_A_CASE,
    "record-wish": OF_A_CASE,
    "record-imaging": OF_A_CASE,
    "labs": OF_A_CASE,
    "record-comorbidity": OF_A_CASE,
    "record-course": OF_A_CASE,
    "course-grade": OF_A_CASE,
    "record-waiver": OF_A_CASE,
    "files": OF_A_CASE,
    "file": "file",
    "save-file": "file",
    "file-page": "file",
    "withdraw-file": "file",
    "lesions": OF_A_CASE,
    "new-lesion": OF_A_CASE,
    "lesion": OF_A_CASE,
    "withdraw-fact": OF_A_CASE,
    "input": "input",
    "sign-input": "input",
    "amend-input": "input",
    "give-up-amendment": "input",
    "not-needed-input": "input",
    "ask-input": "input",
    "input-scores": "input",
    "input-derived": "input",
    "input-cautions": "input",
    "ask-addendum": "input",
    "addendum": "addendum",
    "meeting": "meeting",
    "list-case": "meeting",
    "publish-agenda": "meeting",
    "agenda-pdf": "meeting",
    "minutes-pdf": "meeting",
    "cancel-meeting": "meeting",
    "move-meeting": "meeting",
    "look-at-move": "meeting",
    "merge-meeting": "meeting",
    "calendar-feed": "-",
    "all-series": "-",
    "new-series": "-",
    "series-dates": "-",
    "series": "series",
    "change-series": "series",
    "changed-dates": "series",
    "leave-out-day": "series",
    "take-in-day": "series",
    "end-series": "series",
    "reorder-agenda": "meeting",
    "agenda-changed": "meeting",
    "leave-order": "meeting",
    "plan-minutes": "meeting",
    "set-break": "meeting",
    "leaves-early": "meeting",
    "hold-meeting": "meeting",
    "live-meeting": "meeting",
    "hold-part": "meeting",
    "open-meeting": "meeting",
    "close-meeting": "meeting",
    "join": "meeting",
    "leave": "meeting",
    "plan-item": "item",
    "move-item": "item",
    "take-off-item": "item",
    "pull-back-item": "item",
    "open-case": "item",
    "record-discussion": "item",
    "save-discussion": "item",
    "defer-case": "item",
    "import-run": "run",
    "import-columns": "run",
    "import-answer": "run",
    "import-start": "run",
    "import-discard": "run",
    "make-decision": "item",
    "decision-read-back": "item",
    "decision-part": "item",
    "save-decision-section": "item",
    "save-lesion-plan": "item",
    "save-action": "item",
    "remove-action": "item",
    "move-action": "item",
    "save-dissent": "item",
    "remove-dissent": "item",
    "take-suggestion": "item",
    "decision-versions": "decision",
    "confirm-decision": "decision",
    "decision": "decision",
    "sign-decision": "decision",
    "amend-decision": "decision",
    "check-in": "-",
    "room-screen": "-",
    "resume-room": "-",
    "lock-room-here": "-",
    "leave-room": "-",
    "room-state": "-",
    "show-in-room": "meeting",
    "lock-room": "room",
    "end-room": "room",
    "attendance": "meeting",
    "deputy": "meeting",
    "admit-guest": "item",
    "guest-leaves": "guest",
    "ratification": "ratification",
    "ratify": "ratification",
    "letter": "letter",
    "edit-letter": "letter",
    "check-letter": "letter",
    "renew-letter": "letter",
    "letter-again": "letter",
    "approve-letter": "letter",
    "letter-left": "letter",
    "letter-to-gp": "decision",
    "send-letter": "letter",
    "letter-pdf": "letter",
    "report-action": "action",
    "settle-matter": "matter",
    "message": "message",
    "message-html": "message",
    "resend-message": "message",
    "close-message": "message",
    "absences": "-",
    "withdraw-absence": "absence",
    "mail-settings": "-",
    "renew-feed": "-",
    "reply": "-",
    "reply-meeting": "meeting",
    "reply-for": "meeting",
}


def names() -> list[str]:
    room = next(p for p in get_resolver().url_patterns if getattr(p, "app_name", "") == "cases")
    return sorted({pattern.name for pattern in room.url_patterns})


def test_every_address_is_classed():
    assert set(names()) == set(CLASSED)


@pytest.fixture
def things():
    """One of everything, on one board, signed and told."""
    room = a_room()
    decided = room.decide()
    room.case.refresh_from_db()
    fact = lab(room.case, "inr", "1.0", "1")
    message = outbox.put(
        kind="agenda.published",
        about=room.meeting.about,
        recipient=room.surgeon,
        title="Agenda",
        text="-",
        scope=room.board.scope,
    )
    run = ImportRun.objects.create(
        board=room.board,
        profile={},
        file_name="cases.csv",
        file_sha256="0" * 64,
        created_by=room.coordinator,
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
    addendum = AddendumRequest.objects.create(
        case=room.case, study=outside, difference="A second lesion.", created_by=room.surgeon
    )
    return {
        "absence": Absence.objects.create(
            user=room.surgeon,
            first_day=room.today,
            last_day=room.today,
            created_by=room.surgeon,
        ),
        "addendum": addendum,
        "case": room.case,
        "file": a_file(room.case),
        "fact": fact,
        "input": asked or room.case.inputs.first(),
        "meeting": room.meeting,
        "item": room.item,
        "decision": decided,
        "guest": Guest.objects.create(
            item=room.item, name="Una Reed", joined_at=timezone.now(), created_by=room.coordinator
        ),
        "ratification": Ratification.objects.create(
            recommendation=decided,
            specialty=Specialty.SURGERY,
            asked_of=room.surgeon,
            due_on=room.today,
            created_by=room.chair,
        ),
        "letter": Letter.objects.get(case=room.case, kind="REFERRER"),
        "action": decided.actions.first(),
        "matter": Matter.objects.create(
            meeting=room.meeting,
            case=room.case,
            kind="OVERDUE",
            action=decided.actions.first(),
            created_by=room.coordinator,
        ),
        "message": message,
        "run": run,
        "room": room_screen.open_room(meeting=room.meeting, pin="4711", by=room.chair)[0],
        "series": MeetingSeries.objects.create(
            board=room.board,
            rule="FREQ=WEEKLY;BYDAY=TH",
            first_on=room.today,
            starts_at=time(8),
            minutes=90,
            created_by=room.coordinator,
        ),
    }


def addresses(things) -> list[str]:
    found = []
    for name, kind in CLASSED.items():
        if kind == "-":
            continue
        address = partial(reverse, f"cases:{name}")
        if name == "withdraw-fact":
            found.append(address(args=[things["case"].pk, "labs", things["fact"].pk]))
        elif name == "score":
            found.append(address(args=[things["case"].pk, "albi"]))
        elif name == "lesion":
            found.append(address(args=[things["case"].pk, 1]))
        elif name == "record-waiver":
            found.append(address(args=[things["case"].pk, "inr"]))
        elif name in {"decision-part", "save-decision-section"}:
            found.append(address(args=[things["item"].pk, "intent"]))
        elif name == "ratify":
            found.append(address(args=[token_for(things[kind], things[kind].asked_of)]))
        elif name == "file-page":
            found.append(address(args=[things["file"].pk, 1]))
        elif name == "hold-part":
            found.append(address(args=[things["meeting"].pk, "said"]))
        else:
            found.append(address(args=[things[kind].pk]))
    return found


def visitors():
    elsewhere = board()
    yield "a stranger", person()
    for role in Role:
        yield f"{role.label.lower()} of another board", member(elsewhere, role=role)
    yield "an administrator without a seat", person(is_staff=True, is_superuser=True)


def test_nobody_from_outside_learns_that_it_exists(client, things):
    wrong = []
    for who, visitor in visitors():
        client.force_login(visitor)
        for address in addresses(things):
            answers = {client.get(address).status_code, client.post(address).status_code}
            # 405 is said before anything is looked up: it tells nothing of the thing.
            if not answers <= {404, 405} or answers == {405}:
                wrong.append(f"{who}: {address} -> {sorted(answers)}")

    assert not wrong, "\n".join(wrong)


def test_who_is_not_signed_in_is_sent_to_the_door(client, things):
    for address in [*addresses(things), reverse("cases:today"), reverse("cases:worklist")]:
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login")), address


def test_a_referrer_reads_their_case_and_nothing_of_the_boards_own(client, things):
    client.force_login(things["case"].referred_by)

    assert client.get(reverse("cases:case", args=[things["case"].pk])).status_code == 200
    for name in ("input", "meeting", "letter"):  # the letter is a draft still
        assert client.get(reverse(f"cases:{name}", args=[things[name].pk])).status_code == 404, name


def test_whoever_leaves_the_board_is_outside_at_once(client, things):
    surgeon = things["message"].recipient
    client.force_login(surgeon)
    address = reverse("cases:case", args=[things["case"].pk])
    before = client.get(address).status_code
    surgeon.memberships.update(ended_at=timezone.now())

    assert (before, client.get(address).status_code) == (200, 404)
