"""Does any e-mail tell who a patient is or what ails them, when it is made of a real case?

One case is full of words that stand nowhere else. Every builder of every sort is run over its rows, the
e-mail is written as it goes to the relay, and everything in it is read: headers, texts, calendar and PDF.
"""

import email
import io
import re
from collections.abc import Iterable
from datetime import timedelta
from email.policy import default

import pytest
from django.utils import timezone
from pypdf import PdfReader

from cases.domain.plan_state import PlanState
from cases.models import (
    Absence,
    AddendumRequest,
    Diagnosis,
    EmergencyAccess,
    ImagingStudy,
    MeetingReply,
    Patient,
    Ratification,
    UnusualAccess,
)
from cases.notices import (
    absence,
    addendum,
    attachments,
    case,
    chasing,
    cut_off,
    emergency,
    follow_up,
    invitation,
    letter,
    meeting,
    oversight,
    ratification,
    reading,
    returning,
    specialist_input,
)
from cases.notices import reply as replies
from cases.notices.kinds import KINDS
from cases.queries import chase
from cases.queries.agenda_document import agenda_for_mail
from cases.queries.readiness import readiness_of
from cases.vocabulary import LetterKind, Modality, Reply, Specialty
from tests.factories import a_file, member
from tests.factories import meeting as a_meeting
from tests.factories.decisions import FIELDS, a_room
from tests.factories.inputs import an_input
from tests.factories.plans import a_plan
from tests.guards.test_notices import as_row
from tumorboard.notifications import mime
from tumorboard.notifications.models import Message
from tumorboard.notifications.outbox import Entry

pytestmark = pytest.mark.django_db

SAID = {
    "family_name": "Zyxwirth",
    "given_name": "Quillonia",
    "record_number": "RN-77889-XQ",
    "birth_date": "1931-02-03",
    "question": "Is hepatoquestion safe?",
    "why_now": "Because of urgentwhy.",
    "histology": "Diagnosarcoma of the canary",
    "wish": "I want to go wishdancing.",
    "rationale": "Rationalistic reasons.",
    "detail": "detailectomy",
    "difference": "A differentlesion was found.",
    "note": "notewords",
}
NEVER = (
    "Zyxwirth",
    "Quillonia",
    "77889",
    "1931",
    "hepatoquestion",
    "urgentwhy",
    "Diagnosarcoma",
    "wishdancing",
    "Rationalistic",
    "detailectomy",
    "differentlesion",
    "notewords",
)


@pytest.fixture
def room():
    here = a_room()
    person = {name: SAID[name] for name in ("family_name", "given_name", "record_number", "birth_date")}
    Patient.objects.filter(pk=here.case.patient_id).update(**person)
    here.case.question, here.case.why_now = SAID["question"], SAID["why_now"]
    here.case.save()
    here.case.refresh_from_db()
    Diagnosis.objects.create(case=here.case, histology=SAID["histology"], created_by=here.referrer)
    here.fields = FIELDS | {"rationale": SAID["rationale"], "patient_wish": SAID["wish"]}
    return here


def about_the_case(room) -> Iterable[Entry]:
    one = room.case
    yield from case.referred(one, by=room.referrer, version=1)
    yield case.returned(one, version=1)
    yield case.accepted(one, version=1)
    yield from returning.re_presented(one)


def about_inputs(room) -> Iterable[Entry]:
    wanted = an_input(room.case, room.surgeon, due_at=timezone.now() + timedelta(days=1))
    yield specialist_input.asked(wanted, version=1)
    yield specialist_input.reminder(
        recipient=room.surgeon, owed=[(a_meeting(room.board), [wanted])], version=24
    )
    study = ImagingStudy.objects.create(
        case=room.case,
        modality=Modality.CT,
        performed_on="2026-10-01",
        done_at="Elsewhere",
        conclusion=SAID["difference"],
        created_by=room.referrer,
    )
    request = AddendumRequest.objects.create(
        case=room.case, study=study, difference=SAID["difference"], created_by=room.surgeon
    )
    yield addendum.asked(request)
    yield addendum.answered(request)


def about_meetings(room) -> Iterable[Entry]:
    now, held, seats = timezone.now(), room.meeting, meeting.invited(room.meeting)
    for seat in seats:
        yield meeting.agenda_to(seat.user, held, pdf=agenda_for_mail(held), now=now)
    yield from meeting.agenda_cancelled(held, to=seats, reason="The room is flooded.", now=now)
    old = meeting.as_next_version(held)
    old.starts_at -= timedelta(hours=1)
    yield from meeting.meeting_moved(held, old, to=seats, reason="The room is taken.", now=now)
    yield from meeting.pulled_back(held, room.case, by=room.surgeon)


def about_the_coming(room) -> Iterable[Entry]:
    held, now = room.meeting, timezone.now()
    yield invitation.invited_to(room.surgeon, held, now=now)
    listed = [cut_off.Standing(room.case, readiness_of(room.case, on=room.today))]
    yield cut_off.passed(room.coordinator, held, listed, version=1)
    seat = room.board.memberships.get(user=room.surgeon)
    to_read = [reading.ToRead(room.item, frozenset({Specialty.SURGERY}))]
    yield reading.reading_list(seat, held, to_read, version=1)


def about_decisions(room) -> Iterable[Entry]:
    plan = a_plan(room, detail=SAID["detail"])
    yield from returning.not_re_presented(plan.decision)
    yield letter.sent(room.case.letters.get(kind=LetterKind.REFERRER))
    asked = Ratification.objects.create(
        recommendation=plan.decision,
        specialty=Specialty.SURGERY,
        asked_of=room.surgeon,
        due_on=room.today,
        note=SAID["note"],
        created_by=room.chair,
    )
    for tell in (ratification.asked, ratification.reminder, ratification.unfilled):
        yield from tell(asked)
    yield from ratification.overdue(asked)
    yield from ratification.objected(asked)
    yield from about_actions(room, plan)


def about_actions(room, plan) -> Iterable[Entry]:
    actions = list(plan.rows.values())
    for action in actions:
        action.state = PlanState.WAITING
    for tell in (
        follow_up.handed_over,
        follow_up.withdrawn,
        follow_up.condition_met,
        follow_up.plan_b_now,
        follow_up.not_now,
        follow_up.crossed,
        follow_up.overtaken,
        follow_up.ownerless,
    ):
        yield tell(room.case, owner=room.surgeon, actions=actions, version=1)
    yield follow_up.due(room.board, owner=room.surgeon, actions=actions, day=room.today)
    yield follow_up.escalated(room.board, coordinator=room.coordinator, actions=actions, day=room.today)


def about_people(room) -> Iterable[Entry]:
    deputy = member(room.board, specialty=Specialty.SURGERY)
    away = Absence.objects.create(
        user=room.surgeon,
        deputy=deputy,
        first_day=room.today,
        last_day=room.today,
        created_by=room.surgeon,
    )
    yield absence.stands_in(away, board=room.board)
    yield absence.no_longer(away, board=room.board)
    said = MeetingReply.objects.create(
        meeting=room.meeting,
        user=room.surgeon,
        reply=Reply.DEPUTY,
        deputy=deputy,
        note=SAID["note"],
        said_at=timezone.now(),
        created_by=room.surgeon,
    )
    yield replies.deputy_named(said)
    yield replies.deputy_free(said, deputy=deputy)
    now = timezone.now()
    owed = chase.by_person(chase.debts(room.coordinator, now=now))
    for found in owed.values():
        yield chasing.chased(
            room.board, recipient=found[0].who, debts=found, by=room.coordinator, version=1, now=now
        )


def about_privacy(room) -> Iterable[Entry]:
    now = timezone.now()
    opened = EmergencyAccess.objects.create(
        case=room.case,
        user=room.surgeon,
        reason_kind="ACUTE",
        reason=SAID["note"],
        begun_at=now,
        ends_at=now + timedelta(hours=1),
    )
    yield from emergency.begun(opened)
    yield from emergency.unreviewed(room.board, [opened], day=room.today)
    yield attachments.infected_to(room.surgeon, a_file(room.case, title=SAID["difference"]))
    seen = UnusualAccess(rule="NO_TASK", user=room.surgeon, case=room.case)
    yield oversight.weekly_to(room.chair, room.board, [seen], week=room.today)


# An id or a key drawn by lot holds any four figures now and then.
DRAWN = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,}|[\w-]+:[\w-]+:[\w-]{20,}")


def tells(words: str, word: str) -> bool:
    """Letters anywhere; figures as a number of their own, since longer ones are times and keys."""
    found = re.escape(word) if not word.isdigit() else rf"(?<![0-9A-Za-z]){word}(?![0-9A-Za-z])"
    return bool(re.search(found, DRAWN.sub("", words), re.IGNORECASE))


def test_what_is_looked_for_is_found():
    assert tells("RN-77889-XQ of ZYXWIRTH, born 03-Feb-1931", "77889")
    assert tells("born 03-Feb-1931", "1931")
    assert tells("to ZyxWirth", "Zyxwirth")
    assert not tells("meeting 12345678-1931-4abc-8abc-77889abcdef0 at 19:31, 20261931", "1931")


ABOUT = (
    about_the_case,
    about_inputs,
    about_meetings,
    about_the_coming,
    about_decisions,
    about_people,
    about_privacy,
)


def told_of(entry: Entry) -> str:
    """Everything that a mail server on the way can read."""
    parsed = email.message_from_bytes(mime.write(as_row(entry)), policy=default)
    parts = [str(parsed.items()), entry.about, entry.message_id]
    for part in parsed.walk():
        parts.append(str(part.items()))
        if part.get_content_type() == "application/pdf":
            pdf = PdfReader(io.BytesIO(part.get_content()))
            parts += [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
        elif part.get_content_maintype() == "text":
            parts.append(part.get_content())
    # A calendar folds its lines anywhere: a name could be cut in two.
    return "\n".join(parts).replace("\r\n ", "").replace("\n ", "")


def test_no_message_of_a_real_case_tells_of_the_patient(room):
    entries = [entry for about in ABOUT for entry in about(room)]

    assert {entry.kind for entry in entries} == set(KINDS), "Every sort is made of real rows here"
    told = {entry: told_of(entry) for entry in entries}
    assert [(entry.kind, word) for entry, words in told.items() for word in NEVER if tells(words, word)] == []
    # What it is known by instead; these tell of a meeting or of a colleague only.
    without = {entry.kind for entry in entries if room.case.number not in told[entry]}
    assert without <= {
        "agenda.cancelled",
        "meeting.moved",
        "meeting.invited",
        "absence.stands_in",
        "reply.deputy",
        "access.weekly",
    }


def test_nothing_that_was_owed_on_the_way_tells_of_the_patient(room):
    a_plan(room, detail=SAID["detail"])

    owed = list(Message.objects.all())

    assert {message.kind for message in owed} >= {"action.handed_over"}
    for message in owed:
        words = f"{message.title}\n{message.text}\n{message.html}\n{message.about}".lower()
        assert [word for word in NEVER if tells(words, word)] == [], message.kind


def test_the_words_that_are_looked_for_do_stand_in_the_case(room):
    """Otherwise the tests above would prove nothing."""
    decided = a_plan(room, detail=SAID["detail"])
    patient = room.case.patient

    of_person = (patient.family_name, patient.given_name, patient.record_number, patient.birth_date)
    of_case = (room.case.question, room.case.why_now, room.case.diagnosis.histology)
    of_decision = (decided.decision.patient_wish, decided.decision.rationale, decided.main.detail)
    stand = str((*of_person, *of_case, *of_decision, patient.birth_date.year, *SAID.values()))
    assert [word for word in NEVER if word not in stand] == []
