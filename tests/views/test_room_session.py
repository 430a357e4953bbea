"""Does the screen of a meeting room show one meeting to whoever is there, and nothing else to anybody?"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.domain.errors import Refused
from cases.domain.room_screen import check_pin, is_locked, is_over
from cases.models import AgendaItem, Meeting, RoomSession
from cases.services import meeting as meetings
from cases.services import room_screen as service
from cases.views._room import may_still
from cases.vocabulary import MeetingStatus, Role
from tests.factories import a_case, agenda_item, meeting, member
from tests.factories.decisions import a_room
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PIN = "4711"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def quick_to_check(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def room():
    return a_room()


def address(name, *args) -> str:
    return reverse(f"cases:{name}", args=args)


@pytest.fixture
def wall(room):
    """A browser in the room that has the code."""
    browser = Client()
    _, code = service.open_room(meeting=room.meeting, pin=PIN, by=room.chair)
    answer = browser.post(address("room-screen"), {"code": code.lower()})
    assert answer.url == address("hold-meeting", room.meeting.pk)
    return browser


def screen_of(room) -> RoomSession:
    return RoomSession.objects.get(meeting=room.meeting)


def test_whoever_runs_the_meeting_gets_a_code_and_the_room_sees_the_meeting(client, room):
    client.force_login(room.chair)
    shown = client.post(address("show-in-room", room.meeting.pk), {"pin": PIN})
    code = shown.context["code"]
    assert code not in client.get(address("show-in-room", room.meeting.pk)).content.decode()
    wall = Client()
    assert wall.post(address("room-screen"), {"code": code}).status_code == 302

    page = wall.get(address("hold-meeting", room.meeting.pk)).content.decode()
    assert room.case.question in page
    assert room.case.patient.name in page
    assert "data-mask" in page  # hidden or shown by the same key
    for nothing in (
        "hold/list/",
        "attendance-list",
        "Close the meeting",
        "data-saying",
        "postpone",
        room.chair.email,
    ):
        assert nothing not in page, nothing
    one = screen_of(room)
    assert code.replace(" ", "") not in (one.code_digest, one.pin)
    assert PIN not in one.pin
    verbs = AuditEvent.objects.filter(about=room.meeting.about).order_by("id").values_list("verb", "actor")
    assert list(verbs)[-2:] == [("room.opened", room.chair.pk), ("room.entered", None)]
    viewed = AuditEvent.objects.get(verb="case.viewed", details__room=str(one.pk))
    assert (viewed.actor, viewed.about) == (room.chair, room.case.about)


def test_parts_and_the_line_are_open_to_it_and_nothing_else_is(wall, room):
    for part in ("stage", "head", "case", "said", "decision", "room"):
        assert (
            wall.get(address("hold-part", room.meeting.pk, part), {"item": room.item.pk}).status_code == 200
        ), part
    assert wall.get(address("hold-part", room.meeting.pk, "list")).status_code == 404
    assert wall.head(address("live-meeting", room.meeting.pk)).status_code == 200
    other = meeting(room.board, starts_at=timezone.now() + timedelta(days=7))
    for name in ("hold-meeting", "live-meeting"):
        assert wall.get(address(name, other.pk)).status_code == 404
    asked = [
        "/",
        "/cases/",
        address("case", room.case.pk),
        address("meeting", room.meeting.pk),
        address("agenda-pdf", room.meeting.pk),
        address("show-in-room", room.meeting.pk),
        "/admin/",
    ]
    for page in asked:
        answer = wall.get(page)
        assert answer.status_code == 302, page
        assert "sign-in" in answer.url, page
    pressed = [
        address("open-case", room.item.pk),
        address("save-discussion", room.item.pk),
        address("close-meeting", room.meeting.pk),
        address("join", room.meeting.pk),
    ]
    before = AgendaItem.objects.values_list("version", flat=True).get(pk=room.item.pk)
    assert all("sign-in" in wall.post(one, {"discussion": "x", "version": 1}).url for one in pressed)
    assert wall.post(address("hold-meeting", room.meeting.pk)).status_code == 405
    assert AgendaItem.objects.values_list("version", flat=True).get(pk=room.item.pk) == before


def test_it_has_no_right_of_whoever_opened_it_nor_their_words(wall, room):
    meetings.open_case(item=room.item, by=room.chair)
    stale = room.item.discussion_version + 5
    with pytest.raises(Exception, match="Someone else"):
        meetings.save_discussion(item=room.item, version=stale, discussion="Mine alone.", by=room.chair)
    page = wall.get(address("hold-meeting", room.meeting.pk))
    assert page.context["page"].rights == frozenset()
    assert "Mine alone." not in page.content.decode()


def test_a_code_is_worth_something_once_and_for_ten_minutes(client, room):
    _, code = service.open_room(meeting=room.meeting, pin=PIN, by=room.chair)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.post(address("room-screen"), {"code": code}).status_code == 422
    assert client.post(address("room-screen"), {"code": code}).status_code == 302
    answer = Client().post(address("room-screen"), {"code": code})
    assert answer.status_code == 422
    assert code in answer.content.decode()  # what was typed stays


def test_guessing_codes_is_stopped(client, settings, room):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "wrong_room_code": "3/5m/ip"}
    found = [client.post(address("room-screen"), {"code": f"WRONG{n}"}).status_code for n in range(4)]
    assert found == [422, 422, 422, 429]


def test_who_was_signed_in_at_that_browser_is_not_any_more(client, room):
    client.force_login(room.surgeon)
    _, code = service.open_room(meeting=room.meeting, pin=PIN, by=room.chair)
    key = client.session.session_key
    client.post(address("room-screen"), {"code": code})
    assert client.session.session_key != key
    assert client.get("/cases/").status_code == 302


def test_only_who_runs_the_meeting_opens_one(client, room):
    client.force_login(room.surgeon)
    assert client.post(address("show-in-room", room.meeting.pk), {"pin": PIN}).status_code == 403
    client.force_login(member(room.board, Role.OBSERVER))
    assert client.get(address("show-in-room", room.meeting.pk)).status_code == 403
    client.force_login(room.coordinator)
    assert client.post(address("show-in-room", room.meeting.pk), {"pin": "12"}).status_code == 422
    Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.CLOSED)
    assert client.post(address("show-in-room", room.meeting.pk), {"pin": PIN}).status_code == 422
    assert not RoomSession.objects.exists()


@pytest.mark.parametrize("pin", ["", "123", "1234", "4321", "7777", "12a4", "123456789"])
def test_a_pin_is_digits_and_not_the_first_that_anybody_tries(pin):
    with pytest.raises(Refused):
        check_pin(pin)


# -- covered, and going on --------------------------------------------------------------------------------


def test_covered_it_shows_nothing_of_a_patient_and_goes_on_with_the_pin(wall, room):
    live, patient = address("hold-meeting", room.meeting.pk), room.case.patient
    wall.post(address("lock-room-here"))
    assert wall.get(live).url == address("room-screen")
    part = wall.get(address("hold-part", room.meeting.pk, "case"), headers=HTMX)
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, address("room-screen"))
    page = wall.get(address("room-screen"))
    text = page.content.decode()
    for secret in (
        patient.name,
        patient.record_number,
        room.case.number,
        room.case.question,
        room.board.name,
    ):
        assert secret not in text
    assert "no-store" in page.headers["Cache-Control"]
    assert wall.get(address("room-state")).json() == {"is": "locked"}

    wrong = wall.post(address("resume-room"), {"pin": "0000"})
    assert wrong.status_code == 422
    assert "4 more tries" in wrong.content.decode()
    assert wall.post(address("resume-room"), {"pin": PIN}).url == live
    assert wall.get(live).status_code == 200
    assert screen_of(room).wrong_pins == 0
    told = AuditEvent.objects.filter(verb__startswith="room.").order_by("id").values_list("verb", flat=True)
    assert list(told) == ["room.opened", "room.entered", "room.locked", "room.resumed"]


def test_five_wrong_pins_close_it(wall, room):
    wall.post(address("lock-room-here"))
    found = [wall.post(address("resume-room"), {"pin": f"90{n}9"}).status_code for n in range(5)]
    assert found == [422, 422, 422, 422, 302]
    assert wall.post(address("resume-room"), {"pin": PIN}).url == address("room-screen")
    assert "sign-in" in wall.get(address("hold-meeting", room.meeting.pk)).url
    assert AuditEvent.objects.get(verb="room.ended").details == {"why": "wrong PINs"}


def test_it_covers_itself_when_nothing_happens_and_not_while_the_board_works(wall, room):
    live = address("hold-meeting", room.meeting.pk)
    hospital = room.board.hospital
    hospital.room_idle_minutes = 30
    hospital.save()
    began = timezone.now()
    with time_machine.travel(began + timedelta(minutes=29)):
        assert wall.get(live).status_code == 200
        assert may_still(screen_of(room))
    with time_machine.travel(began + timedelta(minutes=31)):
        assert not may_still(screen_of(room))
        assert wall.get(live).url == address("room-screen")
        wall.post(address("resume-room"), {"pin": PIN})
        assert wall.get(live).status_code == 200


def test_only_idle_time_covers():
    now = timezone.now()
    long_ago, lately = now - timedelta(hours=2), now - timedelta(minutes=3)
    known = {"minutes": 60, "now": now}
    assert is_locked(locked_at=None, moments=[long_ago], **known)
    assert not is_locked(locked_at=None, moments=[long_ago, lately, None], **known)
    assert is_locked(locked_at=lately, moments=[lately], **known)
    assert is_locked(locked_at=None, moments=[None], **known)


def test_what_is_written_in_the_meeting_is_its_last_moment(wall, room):
    long_ago = timezone.now() - timedelta(days=2)
    RoomSession.objects.update(entered_at=long_ago, last_at=long_ago, opened_at=long_ago)
    second = agenda_item(room.meeting, a_case(room.board, "LISTED"), position=2)
    meetings.open_case(item=second, by=room.chair)
    assert wall.get(address("room-state")).json() == {"is": "open"}


# -- the end ----------------------------------------------------------------------------------------------


def test_it_ends_with_the_meeting(wall, room):
    Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.CLOSED)
    assert not may_still(screen_of(room))
    assert wall.get(address("room-state")).json() == {"is": "over"}
    assert "sign-in" in wall.get(address("hold-meeting", room.meeting.pk)).url
    assert screen_of(room).ended_at
    assert AuditEvent.objects.get(verb="room.ended").details == {"why": "over"}


def test_it_ends_with_the_day():
    day = timezone.now().date()
    assert not is_over(meeting_ended=False, day=day, today=day)
    assert is_over(meeting_ended=False, day=day, today=day + timedelta(days=1))
    assert is_over(meeting_ended=True, day=day, today=day)


def test_it_ends_when_who_opened_it_leaves_the_board(wall, room):
    room.chair.memberships.update(ended_at=timezone.now())
    assert "sign-in" in wall.get(address("hold-meeting", room.meeting.pk)).url


def test_whoever_runs_the_meeting_covers_and_closes_it_from_afar(client, wall, room):
    one = screen_of(room)
    client.force_login(room.surgeon)
    assert client.post(address("end-room", one.pk)).status_code == 403
    client.force_login(room.coordinator)
    client.post(address("lock-room", one.pk))
    assert wall.get(address("room-state")).json() == {"is": "locked"}
    client.post(address("end-room", one.pk))
    assert wall.get(address("room-state")).json() == {"is": "over"}
    assert client.post(address("end-room", one.pk)).status_code == 404


def test_two_browsers_with_one_code_are_one_screen(room):
    one, code = service.open_room(meeting=room.meeting, pin=PIN, by=room.chair)
    service.enter(code=code)
    with pytest.raises(Refused):
        service.enter(code=code)
    service.end(room=one, by=room.chair)
    with pytest.raises(Refused):
        service.resume(room=one, pin=PIN)


def test_who_owes_a_second_factor_is_not_let_in_through_the_rooms_door(client, room):
    room.board.second_factor_roles = [Role.CHAIR]
    room.board.save()
    client.force_login(room.chair)
    answer = client.get(address("hold-meeting", room.meeting.pk))
    assert answer.status_code == 302
    assert answer.url == reverse("second-factor-needed")
