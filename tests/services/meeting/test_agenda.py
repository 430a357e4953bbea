"""Does a case get on a list, move on it and leave it, and is the list sent once?"""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pypdf import PdfReader

from cases.domain.errors import NotReady, Refused, SomeoneWasFaster, StepNotAllowed
from cases.models import AgendaItem
from cases.services import meeting as service
from cases.vocabulary import CaseStatus, ItemStatus, Lane, MeetingStatus, Role
from tests.factories import a_case, a_diagnosis, a_patient, agenda_item, board, meeting, member
from tumorboard.audit import trail
from tumorboard.notifications.models import Message
from tumorboard.notifications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return board()


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR, given_name="Cora", family_name="Ordinator")


@pytest.fixture
def coming(here):
    return meeting(here)


def listed(coming, by, **more):
    return service.list_case(case=a_case(board=coming.board), meeting=coming, by=by, **more)


def numbers(coming):
    rows = coming.items.standing().order_by("position").values_list("case__number", flat=True)
    return list(rows)


def test_listing_takes_the_next_place_and_the_board_s_minutes(coming, coordinator):
    first, second = listed(coming, coordinator), listed(coming, coordinator, minutes=12, lane=Lane.STANDARD)

    assert (first.position, first.minutes, first.lane) == (1, coming.board.minutes_per_case, Lane.DISCUSSION)
    assert (second.position, second.minutes, second.lane) == (2, 12, Lane.STANDARD)
    first.case.refresh_from_db()
    assert first.case.status == CaseStatus.LISTED
    event = trail.of(coming.about).first()
    assert (event.verb, event.details["late"]) == ("meeting.case_listed", False)


def test_some_boards_list_only_what_lacks_nothing_but_emergencies_always(here, coordinator):
    coming = meeting(here)
    assert listed(coming, coordinator).pk, "listed with a warning, as most boards want it"
    type(here).objects.filter(pk=here.pk).update(lists_blocked_cases=False)

    with pytest.raises(NotReady, match="Blocked by"):
        listed(coming, coordinator)
    emergency = a_case(here, urgency="EMERGENCY")

    assert service.list_case(case=emergency, meeting=coming, by=coordinator).position == 2


def test_after_the_cut_off_a_reason_is_kept(here, coordinator):
    soon = meeting(here, starts_at=timezone.now() + timedelta(hours=47))
    with pytest.raises(Refused, match="cut-off has passed"):
        listed(soon, coordinator)
    assert not AgendaItem.objects.exists()

    item = listed(soon, coordinator, late_reason="Bilirubin doubled since yesterday.")

    assert item.late_reason == "Bilirubin doubled since yesterday."
    assert trail.of(soon.about).first().details["late"] is True


def test_a_reason_before_the_cut_off_is_not_kept(coming, coordinator):
    assert listed(coming, coordinator, late_reason="just in case").late_reason == ""


def test_only_a_prepared_case_of_this_board_is_listed(coming, coordinator):
    with pytest.raises(StepNotAllowed):
        service.list_case(case=a_case(coming.board, CaseStatus.REFERRED), meeting=coming, by=coordinator)
    with pytest.raises(Refused, match="another board"):
        service.list_case(case=a_case(), meeting=coming, by=coordinator)


@pytest.mark.parametrize("status", [MeetingStatus.CLOSED, MeetingStatus.CANCELLED])
def test_a_list_that_is_over_stays_as_it_is(here, coordinator, status):
    over = meeting(here, status=status)

    with pytest.raises(Refused, match="stays as it is"):
        listed(over, coordinator)


def test_a_meeting_that_nobody_held_takes_no_case_and_gives_its_cases_back(here, coordinator):
    past = meeting(here, starts_at=timezone.now() - timedelta(days=1))
    with pytest.raises(Refused, match="is past"):
        listed(past, coordinator, late_reason="Forgotten.")
    item = agenda_item(past, a_case(here, CaseStatus.LISTED))

    service.take_off(item=item, by=coordinator)

    item.case.refresh_from_db()
    assert item.case.status == CaseStatus.PREPARING


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.REFERRER])
def test_others_build_no_list(coming, role):
    with pytest.raises(PermissionDenied):
        listed(coming, member(coming.board, role))


def test_moving_swaps_neighbours_and_stops_at_the_end(coming, coordinator):
    a, b, c = (listed(coming, coordinator) for _ in range(3))
    names = [one.case.number for one in (a, b, c)]

    service.move_item(item=c, up=True, by=coordinator)
    assert numbers(coming) == [names[0], names[2], names[1]]
    service.move_item(item=a, up=True, by=coordinator)
    assert numbers(coming) == [names[0], names[2], names[1]]
    service.move_item(item=a, up=False, by=coordinator)
    assert numbers(coming) == [names[2], names[0], names[1]]


def test_moving_passes_over_other_parts_and_what_was_taken_off(coming, coordinator):
    a, b, c, d = (listed(coming, coordinator) for _ in range(4))
    service.plan_item(item=b, minutes=3, lane=Lane.STANDARD, by=coordinator)
    service.take_off(item=c, by=coordinator)

    service.move_item(item=d, up=True, by=coordinator)

    places = dict(coming.items.values_list("pk", "position"))
    assert places[d.pk] < places[a.pk]
    assert (places[b.pk], places[c.pk]) == (2, 3)


def test_taking_off_prepares_the_case_again(coming, coordinator):
    item = listed(coming, coordinator)

    service.take_off(item=item, by=coordinator)

    item.refresh_from_db()
    item.case.refresh_from_db()
    assert (item.status, item.case.status) == (ItemStatus.TAKEN_OFF, CaseStatus.PREPARING)
    with pytest.raises(SomeoneWasFaster):
        service.take_off(item=item, by=coordinator)
    again = service.list_case(case=item.case, meeting=coming, by=coordinator)
    assert again.position == 2


def published(coming, by):
    coming.refresh_from_db()
    return service.publish_agenda(meeting=coming, version=coming.version, by=by)


def test_the_agenda_goes_once_to_everybody_who_sits_there(coming, coordinator):
    here = coming.board
    sitting = {coordinator, member(here, Role.CHAIR), member(here), member(here, Role.OBSERVER)}
    member(here, Role.REFERRER)
    gone = member(here)
    here.memberships.filter(user=gone).update(ended_at=timezone.now())
    listed(coming, coordinator)

    sent = published(coming, coordinator)

    owed = Message.objects.filter(about=coming.about)
    assert {message.recipient for message in owed} == sitting
    assert {(m.kind, m.version, m.scope) for m in owed} == {("agenda.published", 1, here.scope)}
    assert (sent.agenda_version, sent.agenda_published_by) == (1, coordinator)
    assert trail.of(coming.about).first().details["recipients"] == 4


def test_a_new_version_replaces_what_has_not_gone(coming, coordinator):
    listed(coming, coordinator)
    published(coming, coordinator)
    listed(coming, coordinator)

    published(coming, coordinator)

    states = dict(Message.objects.filter(about=coming.about).values_list("version", "state"))
    assert states == {1: State.CANCELLED, 2: State.QUEUED}
    calendar = [_part(m, "text/calendar") for m in Message.objects.filter(about=coming.about)]
    uids = {line for text in calendar for line in text.splitlines() if line.startswith("UID")}
    sequences = {line for text in calendar for line in text.splitlines() if line.startswith("SEQUENCE")}
    assert len(uids) == 1
    assert sequences == {"SEQUENCE:1", "SEQUENCE:2"}


def _part(message, mime):
    enclosure = next(one for one in message.enclosures.all() if one.mime.startswith(mime))
    return bytes(enclosure.attachment.content).decode()


def test_who_saw_an_older_list_does_not_send_it(coming, coordinator):
    listed(coming, coordinator)
    coming.refresh_from_db()
    seen = coming.version
    listed(coming, coordinator)

    with pytest.raises(SomeoneWasFaster, match="Look at it again"):
        service.publish_agenda(meeting=coming, version=seen, by=coordinator)

    assert not Message.objects.exists()


def test_an_empty_list_is_not_sent(coming, coordinator):
    with pytest.raises(Refused, match="no case"):
        published(coming, coordinator)
    coming.refresh_from_db()
    assert coming.agenda_version == 0


def test_no_e_mail_names_a_patient(coming, coordinator):
    patient = a_patient(family_name="Zephyrine", given_name="Quillon", record_number="REC-998877")
    case = a_case(coming.board, patient=patient, question="Can Mrs Zephyrine have a resection?")
    a_diagnosis(case)
    service.list_case(case=case, meeting=coming, by=coordinator)

    published(coming, coordinator)

    message = Message.objects.get()
    texts = [message.title, message.text, message.html, message.kind, message.about]
    for enclosure in message.enclosures.all():
        content = bytes(enclosure.attachment.content)
        is_pdf = enclosure.mime == "application/pdf"
        pages = PdfReader(io.BytesIO(content)).pages if is_pdf else []
        texts += [enclosure.name, *(page.extract_text() for page in pages)] if is_pdf else [content.decode()]
    everything = "\n".join(texts)
    assert case.number in everything
    for secret in ("Zephyrine", "ZEPHYRINE", "Quillon", "REC-998877", "1958"):
        assert secret not in everything
