"""How does the board come together, from a date to what was said of a case?"""

import re
from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Meeting
from tests.journeys import patient
from tests.journeys.cast import Cast
from tests.journeys.post import Post, text_of
from tests.journeys.somebody import Somebody

PLACE = "Seminar room 2"
SAID = "Imaging shown by Dr Sorensen. The remnant is too small for one step."


def _soon(zone) -> datetime:
    """A full hour that comes, within the hours in which a meeting may be opened."""
    at = timezone.now().astimezone(zone) + timedelta(minutes=75)
    return at.replace(minute=0, second=0, microsecond=0)


def when_the_coordinator_plans_a_meeting(coordinator: Somebody, cast: Cast) -> Meeting:
    start = _soon(cast.board.zone)
    coordinator.follows("Meetings")
    coordinator.follows("Plan a meeting")
    coordinator.types("Day", start.date().isoformat())
    coordinator.types("From", start.strftime("%H:%M"))
    coordinator.types("To", start.strftime("%H:59"))
    coordinator.types("Place", PLACE)
    coordinator.presses("Plan", then="Prepared, not on a list")
    meeting = Meeting.objects.select_related("board").get()
    assert meeting.starts_at == start
    return meeting


def when_the_case_is_listed_after_the_cut_off(coordinator: Somebody, case) -> None:
    """Without a reason it is refused, with one it is listed."""
    put = re.compile(f"Put on the list.*{case.number}")
    coordinator.presses(put, then="Say why this case cannot wait")
    coordinator.types("Why it cannot wait", "The operating list of next week depends on it.")
    coordinator.presses(put, then="Every prepared case stands on a list.")


def when_the_agenda_is_sent(coordinator: Somebody) -> None:
    coordinator.follows("Send the agenda")
    coordinator.sees("This e-mail names no patient")
    coordinator.presses("Send to 7 people", then=re.compile("7 recipients"))


def then_everybody_on_the_board_has_the_agenda_once(post: Post, cast: Cast, meeting: Meeting, case) -> None:
    readers = [person for name, person in cast.people.items() if name != "referrer"]
    for reader in readers:
        mail = post.to(reader, about="Agenda")
        assert mail.link.endswith(f"/meetings/{meeting.pk}/")
        assert case.number in text_of(mail.pdf)
        _is_an_invitation(mail.calendar, meeting, reader)
    assert len([mail for mail in post.all if mail.subject.startswith("Agenda")]) == len(readers)


def _is_an_invitation(calendar, meeting: Meeting, reader) -> None:
    [entry] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert entry.decoded("DTSTART") == meeting.starts_at
    assert entry.decoded("DTEND") == meeting.ends_at
    assert str(meeting.pk) in entry["UID"]
    assert reader.email in str(entry["ATTENDEE"])
    assert entry["LOCATION"] == PLACE


def then_the_page_says_that_all_were_sent(coordinator: Somebody, meeting: Meeting) -> None:
    coordinator.opens(f"/meetings/{meeting.pk}/")
    coordinator.sees("7 recipients: 7 sent")


def when_the_meeting_is_opened(coordinator: Somebody) -> None:
    coordinator.follows("Live screen")
    coordinator.sees(patient.QUESTION)
    coordinator.presses("Open the meeting", then="Not quorate")


def when_people_come_in_until_the_lamp_is_green(coordinator: Somebody, cast: Cast) -> None:
    """Three disciplines are needed; the lamp follows each who comes."""
    coordinator.page.keyboard.press("q")
    room = coordinator.page.get_by_role("dialog", name="Who is there")
    for name in ("surgeon", "oncologist", "radiologist", "interventional", "chair"):
        comes = cast.people[name].display_name
        room.get_by_role("button", name=f"{comes} comes in").click()
        expect(room.get_by_role("button", name=f"{comes} leaves")).to_be_visible()
    coordinator.looks()
    room.get_by_role("button", name="Close").click()
    coordinator.sees(re.compile("^Quorate"))
    expect(coordinator.page.get_by_text("Not quorate").locator("visible=true")).to_have_count(0)


def when_the_case_is_discussed(coordinator: Somebody) -> None:
    coordinator.presses("Open this case", then="What is said")
    coordinator.types("What is said", SAID)
    coordinator.presses("Record", then="What was said")


def when_the_meeting_is_closed(coordinator: Somebody, meeting: Meeting) -> None:
    coordinator.opens(f"/meetings/{meeting.pk}/hold/")
    coordinator.presses(re.compile("List$"), then="To the meeting’s page")
    coordinator.presses("Close the meeting", then="The meeting is closed.")
