"""Does a sign-in that nobody uses end, where does one go on, and do rights that were taken end at once?"""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Draft, Hospital
from cases.vocabulary import Role
from tests.factories import a_case, board, member, person
from tumorboard.audit.models import AuditEvent
from tumorboard.live import hub, streams
from tumorboard.signed_in import limits
from tumorboard.signed_in.browsers import in_words

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEW = "0b8e2f5e-3c1c-4d7e-8f0b-6a7f0c1d2e3f"
PASSWORD = "correct horse battery"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/?view=mine"}


@pytest.fixture(autouse=True)
def quick_to_check(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as moved:
        yield moved


@pytest.fixture
def here():
    return board()


@pytest.fixture
def surgeon(here):
    return member(here)


def at_a_browser(user, **sent) -> Client:
    """Signed in through the door, as people are."""
    browser = Client(**sent)
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert browser.get("/").status_code == 200
    return browser


def next_of(answer) -> str:
    return parse_qs(urlsplit(answer.headers.get("HX-Redirect") or answer.url).query)["next"][0]


def minutes(number) -> timedelta:
    return timedelta(minutes=number)


# -- time -------------------------------------------------------------------------------------------------


def test_after_sixteen_minutes_one_signs_in_again_and_finds_the_draft_on_the_same_page(clock, here, surgeon):
    browser = at_a_browser(surgeon)
    page = f"{reverse('cases:refer')}?draft={NEW}"
    draft = reverse("cases:save-draft", args=["referral", NEW])
    clock.shift(minutes(14))
    assert browser.post(draft, {"question-question": "Ablate or resect?"}).status_code == 200
    clock.shift(minutes(14))  # typing was work, so this is no more than fourteen
    assert browser.get(page).status_code == 200
    clock.shift(minutes(16))

    answer = browser.get(page)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert next_of(answer) == page
    assert Draft.objects.get(owner=surgeon).payload["question-question"] == ["Ablate or resect?"]
    assert "nothing was done for a while" in browser.get(answer.url).content.decode()

    typed = {"login": surgeon.email, "password": PASSWORD, "next": next_of(answer)}
    assert browser.post(reverse("account_login"), typed).url == page
    assert "Ablate or resect?" in browser.get(page).content.decode()
    ended = AuditEvent.objects.get(verb="sign_in.timed_out")
    assert (ended.actor, ended.details["why"]) == (surgeon, "idle")


def test_a_day_of_work_ends_after_twelve_hours(clock, surgeon):
    browser = at_a_browser(surgeon)
    for _ in range(71):
        clock.shift(minutes(10))
        assert browser.get("/").status_code == 200
    clock.shift(minutes(10))

    assert browser.get("/").status_code == 302
    assert AuditEvent.objects.get(verb="sign_in.timed_out").details["why"] == "hours"


def test_the_strictest_hospital_counts_and_a_change_holds_at_the_next_request(clock, here, surgeon):
    member(board(hospital="Northern General"), Role.OBSERVER, user=surgeon)
    browser = at_a_browser(surgeon)
    assert limits.limits_of(surgeon) == (15, 12)
    clock.shift(minutes(6))
    Hospital.objects.filter(name="Northern General").update(idle_minutes=5)

    assert browser.get("/").status_code == 302
    assert limits.limits_of(person()) == (15, 12)  # who sits nowhere


def test_what_a_page_does_by_itself_does_not_keep_anybody_signed_in(clock, surgeon):
    browser = at_a_browser(surgeon)
    asked = [
        lambda: browser.get(reverse("session-state")),
        lambda: browser.get("/cases/", headers={limits.HEADER: "1", **HTMX}),
    ]
    clock.shift(minutes(10))
    assert [ask().status_code for ask in asked] == [200, 200]
    assert browser.get(reverse("session-state")).json()["idle"] == 5 * 60
    clock.shift(minutes(5))

    assert browser.get(reverse("session-state"), headers={"Accept": "application/json"}).status_code == 401


@pytest.mark.parametrize("name", ["hold-part", "live-meeting", "agenda-changed", "decision-part"])
def test_streams_and_parts_that_follow_others_are_marked(name):
    from django.urls import get_resolver

    room = next(one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "cases")
    view = next(one.callback for one in room.url_patterns if one.name == name)
    assert view.by_itself


def test_pressing_stay_is_work(clock, surgeon):
    browser = at_a_browser(surgeon)
    clock.shift(minutes(14))
    said = browser.post(reverse("stay-signed-in")).json()
    assert (said["idle"], said["hours"]) == (15 * 60, 12 * 3600 - 14 * 60)
    clock.shift(minutes(14))
    assert browser.get("/").status_code == 200


def test_an_open_stream_ends_with_the_sign_in_that_it_belongs_to(clock, surgeon):
    browser = at_a_browser(surgeon)
    assert limits.still_good(browser.session)
    clock.shift(minutes(15))
    assert not limits.still_good(browser.session)
    assert streams.limits is limits
    assert hub.hub.count() == 0


# -- what is answered -------------------------------------------------------------------------------------


def test_a_script_is_told_to_go_to_the_door_and_come_back_to_its_page(clock, surgeon):
    browser = at_a_browser(surgeon)
    clock.shift(minutes(16))
    answer = browser.post("/cases/search/", headers=HTMX)

    assert answer.status_code == 401
    assert next_of(answer) == "/cases/?view=mine"
    fetched = browser.post(
        "/cases/search/", headers={"Sec-Fetch-Mode": "cors", "Referer": "http://testserver/x/"}
    )
    assert (fetched.status_code, next_of(fetched)) == (401, "/x/")


@pytest.mark.parametrize(
    "page",
    ["https://elsewhere.example/x/", "//elsewhere.example", "javascript:alert(1)", "http://testserver//evil"],
)
def test_only_our_own_pages_are_come_back_to(client, page):
    answer = client.get("/cases/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert next_of(answer) == "/"


def test_what_was_sent_too_late_is_not_repeated_but_its_page_shown_again(clock, surgeon):
    browser = at_a_browser(surgeon)
    clock.shift(minutes(16))
    answer = browser.post("/cases/search/", {"q": "x"}, headers={"Referer": "http://testserver/cases/"})
    assert (answer.status_code, next_of(answer)) == (302, "/cases/")


# -- rights that end --------------------------------------------------------------------------------------


def test_who_is_switched_off_is_outside_at_the_next_request_everywhere(surgeon):
    browsers = [at_a_browser(surgeon), at_a_browser(surgeon)]
    surgeon.is_active = False
    surgeon.save()
    assert [browser.get("/").status_code for browser in browsers] == [302, 302]


def test_a_seat_that_ends_closes_the_case_at_the_next_request(here, surgeon):
    case = a_case(here)
    address = reverse("cases:case", args=[case.pk])
    hers, other = at_a_browser(surgeon), at_a_browser(member(here))
    assert hers.get(address).status_code == other.get(address).status_code == 200
    surgeon.memberships.update(ended_at=datetime.now(UTC))
    assert (hers.get(address).status_code, other.get(address).status_code) == (404, 200)


# -- my sessions ------------------------------------------------------------------------------------------

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(clock, surgeon):
    mine = at_a_browser(surgeon, HTTP_USER_AGENT=FIREFOX)
    phone = at_a_browser(surgeon, HTTP_USER_AGENT=IPHONE, REMOTE_ADDR="10.1.2.3")
    other = at_a_browser(surgeon)
    strangers = at_a_browser(person())
    clock.shift(minutes(5))
    phone.get("/")

    page = mine.get(reverse("my-sessions"))
    text = page.content.decode()
    for words in ("Firefox on Windows", "this one", "Safari on an iPhone", "10.1.2.3"):
        assert words in text
    assert text.index("Firefox on Windows") < text.index("Safari on an iPhone")
    assert "no-store" in page.headers["Cache-Control"]
    rows = {row.browser: row.session for row in page.context["rows"]}
    assert rows["Safari on an iPhone"].last_seen_at == NINE + minutes(5)

    end = reverse("end-session", args=[rows["Safari on an iPhone"].pk])
    assert strangers.post(end).status_code == 404
    mine.post(end)
    assert (phone.get("/").status_code, other.get("/").status_code) == (302, 200)
    mine.post(reverse("end-other-sessions"))
    assert (mine.get("/").status_code, other.get("/").status_code) == (200, 302)
    told = AuditEvent.objects.filter(verb="sign_in.ended_elsewhere")
    assert [one.details["sessions"] for one in told.order_by("id")] == [1, 1]


def test_an_administrator_ends_all_sessions_of_a_person(surgeon):
    browsers = [at_a_browser(surgeon), at_a_browser(surgeon)]
    chief = person(is_staff=True, is_superuser=True)
    admin = at_a_browser(chief)
    pressed = {"action": "end_all_sessions", "_selected_action": [surgeon.pk]}
    admin.post(reverse("admin:accounts_user_changelist"), pressed)

    assert [browser.get("/").status_code for browser in browsers] == [302, 302]
    assert admin.get("/").status_code == 200
    ended = AuditEvent.objects.get(verb="sign_in.ended_elsewhere")
    assert (ended.actor, ended.about, ended.details["sessions"]) == (chief, f"user:{surgeon.pk}", 2)


def test_a_new_password_ends_the_others_and_this_one_stays(surgeon):
    mine, other = at_a_browser(surgeon), at_a_browser(surgeon)
    new = "a blue heron on the quay"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert mine.post(reverse("account_change_password"), typed).status_code == 302
    assert (mine.get("/").status_code, other.get("/").status_code) == (200, 302)


def test_browsers_are_named_as_people_know_them():
    found = [in_words(agent) for agent in (FIREFOX, IPHONE, "curl/8")]
    assert found == ["Firefox on Windows", "Safari on an iPhone", "A browser"]


# -- headers ----------------------------------------------------------------------------------------------


def test_signing_out_empties_the_browser_and_no_page_is_kept_by_it(here, surgeon):
    browser = at_a_browser(surgeon)
    case = a_case(here)
    pages = [
        "/",
        "/cases/",
        "/meetings/",
        "/actions/",
        reverse("profile"),
        reverse("my-sessions"),
        "/nowhere/",
    ]
    pages += [reverse("cases:case", args=[case.pk]), reverse("cases:history", args=[case.pk])]
    for page in pages:
        assert "no-store" in browser.get(page).headers["Cache-Control"], page
    assert browser.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache", "storage"'
