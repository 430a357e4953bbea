"""Is everybody chased once for all that they owe, and does nobody lose what was said on the telephone?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Absence, ChaseNote, Ratification
from cases.services import chasing as service
from cases.services.chasing import mark_of
from cases.vocabulary import CaseStatus, InputStatus, Role, Specialty
from tests.factories import a_case, board, member
from tests.factories.decisions import a_room
from tests.factories.inputs import an_input
from tests.together import at_once
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR, given_name="Ann", family_name="Hollis")


@pytest.fixture
def surgeon(here):
    return member(here, given_name="Ivo", family_name="Duarte")


def who(here, *people):
    return {(here.pk, one.pk) for one in people}


def chased():
    return Message.objects.filter(kind="input.chased")


def test_one_email_a_person_holds_everything_that_they_owe(here, coordinator, surgeon):
    cases = [a_case(here) for _ in range(3)]
    late = an_input(cases[0], surgeon, due_at=timezone.now() - timedelta(days=2))
    others = [an_input(case, surgeon) for case in cases[1:]]
    an_input(cases[0], member(here, specialty=Specialty.ONCOLOGY), Specialty.ONCOLOGY)

    service.chase(people=who(here, surgeon), by=coordinator)

    [message] = chased()
    assert message.recipient == surgeon
    assert message.title == f"{here} waits for 3 things from you, 1 of them overdue"
    for one in (late, *others):
        assert one.case.number in message.text
        assert f"/inputs/{one.pk}/" in message.text
        assert f"/inputs/{one.pk}/" in message.html
        assert one.case.patient.family_name not in message.text + message.html
    assert message.text.index(late.case.number) < message.text.index(others[0].case.number)
    assert "2 days late" in " ".join(message.text.split())


def test_ratifications_and_actions_are_chased_in_the_same_email():
    room = a_room(present=(Specialty.SURGERY, Specialty.ONCOLOGY))
    radiologist = member(room.board, specialty=Specialty.RADIOLOGY)
    an_input(a_case(room.board), radiologist, Specialty.RADIOLOGY)
    room.decide()

    service.chase(people=who(room.board, radiologist), by=room.coordinator)

    [message] = chased()
    assert "your input as diagnostic radiology" in message.text
    assert f"/ratifications/{Ratification.objects.get().pk}/" in message.text


def test_a_referrer_is_told_how_much_is_missing_and_not_what(here, coordinator):
    case = a_case(here)

    service.chase(people=who(here, case.referred_by), by=coordinator)

    [message] = chased()
    assert "items missing from your referral" in message.text
    assert "ECOG" not in message.text + message.html


def test_what_was_looked_at_is_what_leaves(here, coordinator, surgeon):
    an_input(a_case(here), surgeon)
    [mail] = service.prepare(people=who(here, surgeon), by=coordinator)
    assert not chased()

    service.chase(people=who(here, surgeon), seen=mark_of([mail]), by=coordinator)

    [message] = chased()
    assert (message.title, message.text, message.html) == (mail.entry.title, mail.entry.text, mail.entry.html)


def test_nothing_leaves_when_other_words_would(here, coordinator, surgeon):
    an_input(a_case(here), surgeon)
    seen = mark_of(service.prepare(people=who(here, surgeon), by=coordinator))
    an_input(a_case(here), surgeon)

    with pytest.raises(SomeoneWasFaster, match="has changed since"):
        service.chase(people=who(here, surgeon), seen=seen, by=coordinator)

    assert not chased()


def test_the_trail_says_who_was_chased_for_which_case(here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon)

    service.chase(people=who(here, surgeon), by=coordinator)

    event = AuditEvent.objects.get(verb="input.chased", about=one.case.about)
    assert (event.actor, event.subject_id) == (coordinator, str(one.pk))
    assert event.details["message"] == str(chased().get().pk)


def test_nobody_is_chased_again_within_hours_unless_it_is_confirmed(here, coordinator, surgeon):
    an_input(a_case(here), surgeon)
    service.chase(people=who(here, surgeon), by=coordinator)

    with pytest.raises(Refused, match=r"I\. Duarte was chased at \d\d:\d\d on .* by A\. Hollis"):
        service.chase(people=who(here, surgeon), by=member(here, Role.CHAIR, Specialty.SURGERY))
    assert chased().count() == 1

    service.chase(people=who(here, surgeon), again=who(here, surgeon), by=coordinator)
    assert chased().count() == 2


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, False),
        ({"created_at": timezone.now() - timedelta(hours=21)}, True),
        ({"state": State.DEAD, "last_error": "no such user"}, True),
        ({"state": State.CANCELLED, "reason": "not needed"}, True),
    ],
)
def test_a_day_later_or_when_it_did_not_arrive_they_are(here, coordinator, surgeon, changed, may):
    an_input(a_case(here), surgeon)
    service.chase(people=who(here, surgeon), by=coordinator)
    chased().update(version=1, **changed)

    [mail] = service.prepare(people=who(here, surgeon), by=coordinator)

    assert mail.just_chased is not may


def test_of_many_only_those_not_chased_yet_are(here, coordinator, surgeon):
    other = member(here, specialty=Specialty.ONCOLOGY)
    case = a_case(here)
    an_input(case, surgeon)
    an_input(case, other, Specialty.ONCOLOGY)
    service.chase(people=who(here, surgeon), by=coordinator)

    sent = service.chase(people=who(here, surgeon, other), by=coordinator)

    assert [mail.person for mail in sent] == [(here.pk, other.pk)]


def test_who_stands_in_gets_a_copy_and_is_not_chased_by_it(here, coordinator, surgeon):
    deputy, today = member(here), timezone.now().astimezone(here.zone).date()
    Absence.objects.create(user=surgeon, first_day=today, last_day=today, deputy=deputy, created_by=surgeon)
    case = a_case(here)
    an_input(case, surgeon)
    an_input(a_case(here), deputy)

    [mail] = service.chase(people=who(here, surgeon), by=coordinator)

    assert mail.copied_to.deputy == deputy
    assert {message.recipient for message in chased()} == {surgeon, deputy}
    [theirs] = service.prepare(people=who(here, deputy), by=coordinator)
    assert not theirs.just_chased
    assert theirs.copied_to is None


def test_nobody_chases_themselves_or_who_owes_nothing(here, surgeon):
    chair = member(here, Role.CHAIR, Specialty.SURGERY)
    an_input(a_case(here), chair)

    with pytest.raises(Refused, match="Nothing is owed"):
        service.chase(people=who(here, chair, surgeon), by=chair)


def test_only_who_may_ask_chases(here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon)

    for stranger in (surgeon, member(board(), Role.COORDINATOR)):
        with pytest.raises(PermissionDenied):
            service.chase(people=who(here, surgeon), by=stranger)
        with pytest.raises(PermissionDenied):
            service.note(input=one, words="Soon.", by=stranger)

    assert not chased()


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_chase_once(here, coordinator, surgeon):
    other = member(here, Role.COORDINATOR, family_name="Other")
    an_input(a_case(here), surgeon)

    answers = at_once(
        *(lambda by=by: service.chase(people=who(here, surgeon), by=by) for by in (coordinator, other))
    )

    assert chased().count() == 1
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True]


def test_a_note_stays_as_it_was_said(here, coordinator, surgeon):
    one = an_input(a_case(here), surgeon)

    written = service.note(input=one, words=" Promised for Thursday. ", by=coordinator)

    assert (written.note, written.asked, written.created_by) == (
        "Promised for Thursday.",
        surgeon,
        coordinator,
    )
    assert AuditEvent.objects.get(verb="input.chase_noted").about == one.case.about
    with pytest.raises(DatabaseError), transaction.atomic():
        ChaseNote.objects.update(note="Something else.")


def test_a_note_says_something_and_of_what_is_waited_for(here, coordinator, surgeon):
    case = a_case(here, CaseStatus.LISTED)
    one = an_input(case, surgeon, status=InputStatus.NOT_NEEDED, not_needed_reason="No surgery.")

    with pytest.raises(Refused, match="Nobody waits"):
        service.note(input=one, words="Promised.", by=coordinator)
    with pytest.raises(Refused, match="Say what came of it"):
        service.note(input=an_input(case, surgeon, Specialty.ONCOLOGY), words="  ", by=coordinator)
