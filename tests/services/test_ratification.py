"""A discipline that was not in the room is asked, answers once, and is not forgotten."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from cases.domain.errors import DomainError, Refused, SomeoneWasFaster
from cases.models import Case, Ratification
from cases.notices.ratification import read_token, token_for
from cases.queries.room import provisional_words
from cases.services import follow_up, pathway
from cases.services import ratification as service
from cases.vocabulary import Role, Specialty
from tests.factories import member, person
from tests.factories.decisions import a_room
from tests.factories.inputs import a_signed_input
from tests.factories.plans import reported
from tests.together import at_once
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_tuesday")]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def room():
    """Surgery and oncology are there; radiology, which the board always needs, is not."""
    return a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))


@pytest.fixture
def radiologist(room):
    return member(room.board, specialty=Specialty.RADIOLOGY, given_name="Ada", family_name="Lowe")


def asked(room, **said):
    decided = room.decide(**said)
    return Ratification.objects.select_related("recommendation__case__board").get(recommendation=decided)


def morning(day):
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=LONDON)


def to(kind):
    return {message.recipient for message in Message.objects.filter(kind=kind)}


def test_the_discipline_that_was_missing_is_asked(room, radiologist):
    one = asked(room)

    assert (one.specialty, one.asked_of, one.created_by) == ("RADIOLOGY", radiologist, room.chair)
    assert one.due_on.weekday() < 5
    assert timedelta(days=5) <= one.due_on - room.today <= timedelta(days=9)
    assert to("ratification.asked") == {radiologist}
    assert provisional_words(one.recommendation) == "Provisional: diagnostic radiology has not answered yet."


def test_with_a_quorum_nobody_is_asked():
    room = a_room()
    decided = room.decide()

    assert not Ratification.objects.exists()
    assert provisional_words(decided) == ""


def test_who_gave_the_input_is_asked_before_others(room, radiologist):
    author = member(room.board, specialty=Specialty.RADIOLOGY, family_name="Zeller")
    a_signed_input(room.case, author, Specialty.RADIOLOGY)

    assert asked(room).asked_of == author


def test_where_nobody_sits_the_lead_is_told(room):
    one = asked(room)

    assert one.asked_of is None
    assert to("ratification.unfilled") == {room.chair, room.coordinator}
    assert not to("ratification.asked")


def test_an_answer_ends_the_question(room, radiologist):
    one = asked(room)
    service.answer(ratification=one, answer="RATIFIED", note="", by=radiologist)

    assert (one.answer, one.answered_by) == ("RATIFIED", radiologist)
    assert provisional_words(one.recommendation) == ""
    assert AuditEvent.objects.filter(verb="ratification.answered", about=room.case.about).count() == 1
    assert not to("ratification.objected")
    with pytest.raises(SomeoneWasFaster):
        service.answer(ratification=one, answer="OBJECTED", note="After all not.", by=radiologist)


def test_an_objection_says_why_and_reaches_the_lead(room, radiologist):
    one = asked(room)
    with pytest.raises(Refused):
        service.answer(ratification=one, answer="OBJECTED", note=" ", by=radiologist)
    service.answer(ratification=one, answer="OBJECTED", note="The PET was not read.", by=radiologist)

    assert to("ratification.objected") == {room.chair, room.coordinator}
    assert provisional_words(one.recommendation) == "Provisional: diagnostic radiology objects."
    assert "PET" not in "".join(Message.objects.values_list("text", flat=True))


def test_a_colleague_of_the_discipline_may_answer_and_nobody_else(room, radiologist):
    one = asked(room)
    others = [
        room.chair,
        room.coordinator,
        room.oncologist,
        room.referrer,
        person(),
        member(room.board, Role.CHAIR, Specialty.RADIOLOGY),
        member(room.board, Role.OBSERVER, Specialty.RADIOLOGY),
    ]
    for who in others:
        with pytest.raises(PermissionDenied):
            service.answer(ratification=one, answer="RATIFIED", note="", by=who)

    colleague = member(room.board, specialty=Specialty.RADIOLOGY)
    service.answer(ratification=one, answer="RATIFIED", note="", by=colleague)
    assert (one.asked_of, one.answered_by) == (radiologist, colleague)


def test_a_new_version_asks_anew_and_the_old_question_is_over(room, radiologist):
    first = asked(room)
    second = room.amend(first.recommendation, rationale="The new CT shows the same.")

    with pytest.raises(SomeoneWasFaster):
        service.answer(ratification=first, answer="RATIFIED", note="", by=radiologist)
    again = Ratification.objects.get(recommendation=second)
    service.answer(ratification=again, answer="RATIFIED", note="", by=radiologist)
    assert provisional_words(second) == ""


def test_one_is_reminded_once_and_then_the_lead_is_told_once(room, radiologist):
    one = asked(room)
    before = [service.remind_awaiting(now=morning(one.due_on - timedelta(days=days))) for days in (5, 4)]
    service.remind_awaiting(now=morning(one.due_on))
    service.report_overdue(now=morning(one.due_on))
    assert (before, to("ratification.reminder"), to("ratification.overdue")) == ([0, 0], {radiologist}, set())

    for days in (1, 2, 3):
        service.remind_awaiting(now=morning(one.due_on + timedelta(days=days)))
        service.report_overdue(now=morning(one.due_on + timedelta(days=days)))
    assert Message.objects.filter(kind="ratification.reminder").count() == 1
    assert Message.objects.filter(kind="ratification.overdue").count() == 2
    assert to("ratification.overdue") == {room.chair, room.coordinator}


def test_who_has_answered_is_left_alone(room, radiologist):
    one = asked(room)
    service.answer(ratification=one, answer="RATIFIED", note="", by=radiologist)

    assert service.remind_awaiting(now=morning(one.due_on)) == 0
    assert service.report_overdue(now=morning(one.due_on + timedelta(days=9))) == 0


def test_notices_name_no_patient_and_carry_a_link_of_their_own(room, radiologist):
    one = asked(room)
    service.remind_awaiting(now=morning(one.due_on))
    service.report_overdue(now=morning(one.due_on + timedelta(days=1)))
    service.answer(ratification=one, answer="OBJECTED", note="Hepatic dome missed.", by=radiologist)

    messages = Message.objects.filter(kind__startswith="ratification.")
    assert {one.kind for one in messages} == {
        f"ratification.{kind}" for kind in ("asked", "reminder", "overdue", "objected")
    }
    patient = room.case.patient
    for message in messages:
        words = message.title + message.text + message.html
        assert room.case.number in words
        for secret in (patient.family_name, patient.record_number, "hepatectomy", "dome", "dance"):
            assert secret not in words, (message.kind, secret)
        assert ("/ratify/" in words) == (message.recipient == radiologist)


def test_a_link_that_was_changed_says_nothing(room, radiologist):
    one = asked(room)
    token = token_for(one, radiologist)

    assert read_token(token) == (str(one.pk), radiologist.pk)
    assert [read_token(bad) for bad in (token[:-1], f"x{token}", "words", "")] == [None] * 4


@pytest.mark.django_db(transaction=True)
def test_two_of_one_discipline_answer_at_once_and_one_stands(room, radiologist):
    one, colleague = asked(room), member(room.board, specialty=Specialty.RADIOLOGY)

    def say(answer, note, by):
        mine = Ratification.objects.get(pk=one.pk)
        service.answer(ratification=mine, answer=answer, note=note, by=by)

    outcomes = at_once(
        lambda: say("RATIFIED", "", radiologist), lambda: say("OBJECTED", "The PET was not read.", colleague)
    )

    lost = [error for error in outcomes if isinstance(error, Exception)]
    assert [type(error) for error in lost] == [SomeoneWasFaster]
    assert isinstance(lost[0], DomainError)
    one.refresh_from_db()
    assert AuditEvent.objects.filter(verb="ratification.answered").count() == 1
    assert (one.answer == "OBJECTED") == (one.answered_by == colleague)


def test_a_case_is_not_closed_over_an_open_question(room, radiologist):
    one = asked(room)
    case = one.recommendation.case
    for action in one.recommendation.actions.all():
        reported(action, "DONE", happened_on=room.today)
    follow_up.close_when_all_ended(case, by=room.chair)
    assert Case.objects.get(pk=case.pk).status == "DECIDED"

    pathway.answer_ratification(ratification=one, answer="RATIFIED", note="", by=radiologist)
    assert Case.objects.get(pk=case.pk).status == "CLOSED"


def test_nor_over_an_objection(room, radiologist):
    one = asked(room)
    for action in one.recommendation.actions.all():
        reported(action, "DONE", happened_on=room.today)
    pathway.answer_ratification(
        ratification=one, answer="OBJECTED", note="The vein was not shown.", by=radiologist
    )

    assert Case.objects.get(pk=one.recommendation.case_id).status == "DECIDED"
