"""Does a surgeon say on a phone that they cannot come, and name at their desk who comes for them?"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import MeetingReply
from cases.notices.invitation import invited_to
from cases.services._post import owe
from cases.vocabulary import Role, Specialty
from tests.factories import board, meeting, member
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


def link_in(message: Message, after: str) -> str:
    return re.search(rf"{after}\s+\S+?(/reply/\S+)", message.text).group(1)


def test_from_the_e_mail_on_a_phone_and_then_signed_in_with_a_deputy(at_a_browser):
    here = board(quorum_specialties=[Specialty.SURGERY])
    surgeon = member(here, specialty=Specialty.SURGERY, given_name="Ada", family_name="Lowe")
    member(here, specialty=Specialty.SURGERY, given_name="Ben", family_name="Hope")
    coordinator = member(here, Role.COORDINATOR)
    coming = meeting(here, place="Seminar room 2")
    [message] = owe([invited_to(surgeon, coming, now=timezone.now())])

    on_the_phone = at_a_browser(surgeon, **PHONE)
    on_the_phone.opens(link_in(message, "I come:"))
    on_the_phone.sees("Seminar room 2")
    on_the_phone.sees("None yet")
    assert not MeetingReply.objects.exists(), "opening the link answers nothing"
    on_the_phone.presses("I cannot come", then="Your answer")
    assert MeetingReply.objects.get().reply == "NOT_COMING"
    on_the_phone.leaves()

    page = reverse("cases:meeting", args=[coming.pk])
    at_the_desk = at_a_browser(surgeon)
    at_the_desk.arrives(page)
    at_the_desk.sees("You do not come")
    at_the_desk.sees("Uncertain: SUR")
    keys = at_the_desk.page.keyboard
    at_the_desk.page.get_by_text("Change the answer").focus()
    keys.press("Enter")
    keys.press("Tab")  # to the answer that stands
    keys.press("ArrowDown")
    expect(at_the_desk.page.get_by_label("Somebody comes for me")).to_be_focused()
    at_the_desk.selects("Who comes instead", "B. Hope, Hepatobiliary surgery")
    at_the_desk.presses("Answer", then="Somebody comes for you")
    at_the_desk.sees("B. Hope for A. Lowe")
    assert Message.objects.filter(kind="reply.deputy").count() == 1

    somebody_else = at_a_browser(coordinator)
    somebody_else.arrives(reverse("cases:meetings"))
    somebody_else.sees("Quorum sure")
    somebody_else.opens(reverse("cases:absences"))
    somebody_else.opens(reverse("cases:mail-settings"))
    on_the_phone = at_a_browser(coordinator, **PHONE)
    on_the_phone.arrives(reverse("cases:absences"))
    on_the_phone.opens(reverse("cases:mail-settings"))
    on_the_phone.opens(page)
