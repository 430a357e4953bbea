"""Does the coordinator see the days of a rule before it counts, and what came of it?"""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import MeetingSeries
from cases.services import meeting as meetings
from cases.services.meeting import series as service
from cases.vocabulary import HolidayRule, Role
from tests.factories import a_case, board, meeting, member

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here():
    return board(holidays="GB-ENG")


@pytest.fixture
def coordinator(here, client):
    someone = member(here, Role.COORDINATOR)
    client.force_login(someone)
    return someone


def thursday(weeks=1):
    today = timezone.now().date()
    return today + timedelta(days=(3 - today.weekday()) % 7 + 7 * weeks)


def typed(here, **more):
    said = {"board": here.pk, "how": "WEEKLY", "every": "1", "weekdays": ["3"], "starts": "08:00"}
    said |= {"ends": "09:30", "place": "Seminar room 2", "on_holidays": "SKIP"}
    return said | {"first_on": thursday().isoformat(), "last_on": ""} | more


def begun(here, by, **more):
    said = {"rule": "FREQ=WEEKLY;BYDAY=TH", "starts_at": time(8)}
    said |= {"first_on": thursday(), "minutes": 90, "on_holidays": HolidayRule.SKIP}
    return service.begin(board=here, by=by, **said | more).series


def address(name, one):
    return reverse(f"cases:{name}", args=[one.pk])


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_series_begins_and_its_page_shows_its_days(client, here, coordinator):
    answer = client.post(reverse("cases:new-series"), typed(here), follow=True)

    series = MeetingSeries.objects.get()
    assert series.rule == "FREQ=WEEKLY;BYDAY=TH"
    assert answer.redirect_chain == [(address("series", series), 302)]
    assert f"{thursday():%a %d-%b-%Y}" in text(answer)
    assert "Every Thursday, 08:00" in text(answer)
    assert "Every Thursday, 08:00" in text(client.get(reverse("cases:all-series")))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"weekdays": []}, "Choose at least one day"),
        ({"how": "MONTHLY"}, "Choose the first, the last"),
        ({"ends": "07:00"}, "must end after it starts"),
        ({"every": "60"}, "less than or equal to 12"),
        ({"last_on": "2026-11-01"}, "before the first"),
        ({"first_on": "2026-01-01", "last_on": ""}, "has passed"),
    ],
)
def test_what_cannot_begin_is_refused_with_what_was_typed(client, here, coordinator, changed, words):
    answer = client.post(reverse("cases:new-series"), typed(here, **changed))

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Seminar room 2" in text(answer)
    assert not MeetingSeries.objects.exists()


def test_the_days_are_listed_while_the_rule_is_typed(client, here, coordinator):
    clash = datetime.combine(thursday(2), time(8), here.zone)
    meeting(here, starts_at=clash)
    address = reverse("cases:series-dates")

    weekly = text(client.post(address, typed(here), headers=HTMX))
    monthly = typed(here, how="MONTHLY", places=["1", "-1"], weekdays=["1"])
    by_month = text(client.post(address, monthly, headers=HTMX))
    unfinished = text(client.post(address, typed(here, starts=""), headers=HTMX))
    christmas = typed(here, weekdays=["4"], first_on="2026-12-18")
    holiday = text(client.post(address, christmas, headers=HTMX))

    assert "Every Thursday" in weekly
    assert weekly.count("<li>") == 10
    assert "the board meets then already, 08:00 to 10:00" in weekly
    assert "The first and last Tuesday of the month" in by_month
    assert "As soon as the rule" in unfinished
    assert "Fri 25-Dec-2026" in holiday
    assert "public holiday or closed" in holiday
    assert not MeetingSeries.objects.exists()


def test_a_series_is_changed_from_a_day_on(client, here, coordinator):
    series = begun(here, coordinator)
    from_day = thursday(4)
    known, own, off = series.meetings.filter(series_day__gte=from_day).order_by("starts_at")[:3]
    meetings.list_case(case=a_case(board=here), meeting=known, by=coordinator)
    hour = timedelta(hours=1)
    to = {"starts_at": own.starts_at + hour, "ends_at": own.ends_at + hour, "place": ""}
    meetings.move(meeting=own, **to, version=own.version, by=coordinator)
    meetings.cancel(meeting=off, reason="Congress.", by=coordinator)
    change = typed(here, version=series.version, starts="09:00", ends="10:00", first_on=from_day.isoformat())
    change.pop("board")

    shown = text(client.get(address("change-series", series)))
    listed = text(client.post(address("changed-dates", series), change, headers=HTMX))
    answer = client.post(address("change-series", series), change, follow=True)
    again = client.post(address("change-series", series), change)

    later = MeetingSeries.objects.exclude(pk=series.pk).get()
    assert 'value="08:00"' in shown
    assert [listed.count(words) for words in ("Taken", "Moves along", "Called off")] == [0, 1, 1]
    assert "Changed by hand" in listed
    assert answer.redirect_chain[0][0] == address("series", later)
    assert (later.first_on, later.minutes) == (from_day, 60)
    assert again.status_code == 422
    assert "changed meanwhile" in text(again)


def test_where_leaving_out_would_be_refused_the_page_says_why_instead(client, here, coordinator):
    series = begun(here, coordinator)
    known = series.meetings.order_by("starts_at").first()
    offered = text(client.get(address("series", series))).count("Leave out")
    meetings.list_case(case=a_case(board=here), meeting=known, by=coordinator)

    said = text(client.get(address("series", series)))
    assert said.count("Leave out") == offered - 1
    assert "Announced, or has cases" in said
    assert address("meeting", known) in said


def test_a_day_is_left_out_and_taken_in_again(client, here, coordinator):
    series = begun(here, coordinator)
    day = {"version": series.version, "day": thursday(2).isoformat()}

    left = text(client.post(address("leave-out-day", series), day, follow=True))
    stale = client.post(address("leave-out-day", series), day)
    day["version"] = MeetingSeries.objects.get().version
    back = text(client.post(address("take-in-day", series), day, follow=True))

    assert "left out" in left
    assert "Meet after all" in left
    assert stale.status_code == 422
    assert "Meet after all" not in back


def test_a_series_is_ended(client, here, coordinator):
    series = begun(here, coordinator)
    page = address("end-series", series)

    empty = client.post(page, {"version": series.version, "day": ""})
    answer = text(client.post(page, {"version": series.version, "day": thursday(2)}, follow=True))

    assert empty.status_code == 422
    assert "Ended" in answer
    assert series.meetings.count() == 2
    assert "Leave out" not in answer


def test_members_read_and_strangers_find_nothing(client, here):
    series = begun(here, member(here, Role.COORDINATOR))
    client.force_login(member(here))
    assert "Change from a day on" not in text(client.get(address("series", series)))
    assert client.get(address("change-series", series)).status_code == 403
    assert client.get(reverse("cases:new-series")).status_code == 403

    client.force_login(member(board(), Role.COORDINATOR))
    assert client.get(address("series", series)).status_code == 404
    assert "every" not in text(client.get(reverse("cases:all-series"))).lower().split("<main")[-1]


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_series(client, here, coordinator, n, django_assert_max_num_queries):
    for number in range(n):
        last_on = thursday() + timedelta(days=10)
        begun(here, coordinator, rule=f"FREQ=WEEKLY;BYDAY={['MO', 'TU', 'WE'][number]}", last_on=last_on)
    series = MeetingSeries.objects.first()
    with django_assert_max_num_queries(9):
        client.get(reverse("cases:all-series"))
    with django_assert_max_num_queries(13):
        client.get(address("series", series))
    assert series.last_on > date(2026, 11, 23)
