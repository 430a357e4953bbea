"""Does the screen in the meeting room follow the chair, cover itself, and go on with its PIN?"""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import RoomSession
from tests.factories import a_case, a_lesion, agenda_item
from tests.factories.decisions import a_room
from tests.journeys.somebody import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WALL = {"width": 1920, "height": 1080}
SECOND = "Embolise, or wait for the next scan?"


def test_the_room_follows_is_covered_and_goes_on(settings, at_a_browser):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    room = a_room()
    a_lesion(room.case, 1, mm=31)
    agenda_item(room.meeting, a_case(room.board, "LISTED", question=SECOND), position=2)
    get_user_model().objects.update(password=make_password(PASSWORD))
    chair, wall = at_a_browser(room.chair), at_a_browser(None, viewport=WALL)

    chair.arrives(at=reverse("cases:show-in-room", args=[room.meeting.pk]))
    chair.types("PIN for this screen", "4711")
    chair.presses("Make a code", then="Type this in the room")
    code = chair.page.locator("[data-the-code]").inner_text()

    wall.opens("/room/")
    wall.types("Code", code)
    wall.page.get_by_role("button", name="Show the meeting").click()
    wall.sees(room.case.question)
    expect(wall.page.locator("body")).to_have_attribute("data-live", "live")
    wall.looks()
    wall.page.keyboard.press("m")
    expect(wall.page.locator("html")).to_have_class(re.compile("tb-masked"))

    chair.opens(reverse("cases:hold-meeting", args=[room.meeting.pk]))
    chair.page.get_by_role("button", name="Next case").click()
    wall.sees(SECOND)

    chair.opens(reverse("cases:show-in-room", args=[room.meeting.pk]))
    chair.presses("Cover", then="Covered")
    wall.sees("This screen is covered")
    assert SECOND not in wall.page.content()
    wall.looks()
    wall.types("PIN", "1111")
    wall.presses("Go on", then="4 more tries")
    wall.types("PIN", "4711")
    wall.page.get_by_role("button", name="Go on").click()
    wall.sees(SECOND)

    chair.opens(reverse("cases:show-in-room", args=[room.meeting.pk]))
    chair.page.get_by_role("button", name="Close for good").click()
    expect(wall.page.get_by_label("Code")).to_be_visible()
    assert RoomSession.objects.get().ended_at
