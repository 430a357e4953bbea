"""Does a coordinator begin a series, leave a day of it out, and move one meeting with its cases?"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import MeetingSeries
from cases.vocabulary import CaseStatus
from tests.factories import a_case, agenda_item
from tests.journeys.keys import tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WEEK = timedelta(days=7)
SAID = "%a %d-%b-%Y"


def next_thursday():
    today = timezone.now().date()
    return today + timedelta(days=(3 - today.weekday()) % 7) + WEEK


def the_dates(page):
    return page.get_by_role("region", name="The next ten days of the rule")


def test_from_a_rule_to_one_meeting_on_another_day(cast, at_a_browser):
    first = next_thursday()
    coordinator = at_a_browser(cast.coordinator)
    coordinator.arrives(at="/meetings/")

    _begins_a_series(coordinator, first)
    series = MeetingSeries.objects.get()
    assert series.meetings.count() >= 24

    _leaves_out(coordinator, first + WEEK)
    _moves_one_with_its_cases(coordinator, cast, series, first + 2 * WEEK)
    _sees_what_became_of_it(coordinator, series, first)


def _begins_a_series(coordinator, first):
    page = coordinator.page
    coordinator.follows("Series")
    coordinator.follows("New series")
    thursday = page.get_by_label("Thursday")
    tab_to(page, thursday)
    page.keyboard.press("Space")
    coordinator.types("From", "08:00")
    coordinator.types("To", "09:30")
    coordinator.types("Place", "Seminar room 2")
    coordinator.types("From this day on", first.isoformat())
    expect(the_dates(page)).to_contain_text("Every Thursday")
    expect(the_dates(page).get_by_role("listitem")).to_have_count(10)
    expect(the_dates(page)).to_contain_text(f"{first:{SAID}}")
    coordinator.looks()
    coordinator.presses("Begin the series", then=re.compile(r"\d+ meetings made"))


def _leaves_out(coordinator, day):
    coordinator.presses(f"Leave {day:%d-%b-%Y} out", then="left out")
    row = the_dates(coordinator.page).get_by_role("listitem").filter(has_text=f"{day:{SAID}}")
    expect(row).to_contain_text("No meeting")


def _moves_one_with_its_cases(coordinator, cast, series, day):
    page = coordinator.page
    one = series.meetings.get(series_day=day)
    case = a_case(cast.board, CaseStatus.LISTED)
    agenda_item(one, case)
    coordinator.opens(f"/meetings/{one.pk}/")
    coordinator.follows("Another time or place")
    expect(page.get_by_text("Nobody: nothing about this meeting has been sent yet.")).to_be_visible()
    coordinator.types("Day", (day - timedelta(days=1)).isoformat())
    coordinator.types("From", "14:00")
    coordinator.types("To", "15:30")
    expect(page.get_by_text("Its 1 case comes along")).to_be_visible()
    expect(page.get_by_text(f"{day - timedelta(days=1):%d-%b-%Y} 14:00–15:30")).to_be_visible()
    coordinator.presses("Move it", then=case.number)
    expect(page.get_by_role("heading", level=1)).to_contain_text("14:00–15:30")


def _sees_what_became_of_it(coordinator, series, first):
    coordinator.follows("Its series")
    rows = the_dates(coordinator.page).get_by_role("listitem")
    for week, words in enumerate(("Planned", "No meeting", "Changed by hand", "Planned")):
        expect(rows.filter(has_text=f"{first + week * WEEK:{SAID}}")).to_contain_text(words)
