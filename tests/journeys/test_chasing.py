"""Can a coordinator chase from one page: look first, send once, note what was said, then all others?"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import ChaseNote
from cases.vocabulary import CaseStatus, Specialty
from tests.factories import a_case, agenda_item, meeting
from tests.factories.inputs import an_input
from tests.journeys.keys import tab_to
from tumorboard.notifications.models import Message

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def owed(cast):
    """A surgeon who is late for a case of the next meeting, and an oncologist who is not."""
    listed = a_case(cast.board, CaseStatus.LISTED, referred_by=cast.referrer)
    other = a_case(cast.board, referred_by=cast.referrer)
    agenda_item(meeting(cast.board), listed)
    yesterday = timezone.now() - timedelta(days=1)
    an_input(listed, cast.surgeon, Specialty.SURGERY, due_at=yesterday)
    an_input(other, cast.oncologist, Specialty.ONCOLOGY)
    return listed, other


@pytest.fixture
def coordinator(cast, owed, at_a_browser):
    someone = at_a_browser(cast.coordinator)
    someone.arrives(at="/chase/")
    return someone


def chased():
    return Message.objects.filter(kind="input.chased").order_by("created_at")


def row(page, words):
    return page.get_by_role("row").filter(has_text=words)


def test_one_is_chased_then_all(cast, owed, coordinator):
    page = coordinator.page
    expect(page.get_by_role("navigation", name="Main")).to_contain_text("Chase1")
    coordinator.sees("1 day late")

    coordinator.follows("Chase Mr I. Penhallow")
    coordinator.sees("Dear Mr I. Penhallow")
    coordinator.sees(f"{owed[0].number} waits for you: overdue")
    shown = page.frame_locator("iframe[title^='The e-mail to Mr I. Penhallow']")
    expect(shown.get_by_text(owed[0].number).first).to_be_visible()
    assert not chased()
    coordinator.presses("Send to Mr I. Penhallow", then="On its way to Mr I. Penhallow.")
    expect(row(page, "Hepatobiliary surgery")).to_contain_text("Chased")
    expect(row(page, "Hepatobiliary surgery").get_by_role("link", name="Again")).to_be_visible()

    coordinator.follows("Chase all 3 people")
    coordinator.sees("Chased already")
    coordinator.presses("Send to the chosen", then="1 left out")

    first, *others = [message.recipient for message in chased()]
    assert first == cast.surgeon
    assert set(others) == {cast.oncologist, cast.referrer}


def test_what_was_said_is_noted_in_its_row_by_keys_alone(cast, coordinator):
    page = coordinator.page
    mine = row(page, "Hepatobiliary surgery")

    tab_to(page, mine.get_by_role("link", name="Note"))
    page.keyboard.press("Enter")
    expect(mine.get_by_label("What came of it")).to_be_focused()
    coordinator.looks()
    page.keyboard.press("Enter")
    coordinator.sees("Say what came of it")
    coordinator.looks()
    mine.get_by_label("What came of it").fill("Promised for Thursday.")
    page.keyboard.press("Enter")

    expect(mine).to_contain_text("Promised for Thursday.")
    expect(mine.get_by_role("link", name="Note")).to_be_focused()
    coordinator.looks()
    assert ChaseNote.objects.get().asked == cast.surgeon


def test_it_stands_on_a_phone_as_cards(cast, owed, at_a_browser):
    someone = at_a_browser(cast.coordinator, **PHONE)
    someone.arrives(at="/chase/?late=1")

    someone.sees("1 day late")
    expect(row(someone.page, owed[1].number)).to_have_count(0)
    someone.follows("Chase Mr I. Penhallow")
    someone.sees("Dear Mr I. Penhallow")
