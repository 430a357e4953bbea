"""Does signing in let the right person in, and nobody else?"""

import re
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

PASSWORD = "liver-board-on-thursday"
SIGN_IN = "/accounts/sign-in/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords_and_nothing_remembered(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def wait(monkeypatch):
    """Let the clock by which the failures are counted run ahead."""
    ahead = 0

    def forward(seconds):
        nonlocal ahead
        ahead += seconds

    clock = SimpleNamespace(time=lambda: time.time() + ahead, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", clock)
    return forward


@pytest.fixture
def ines():
    return get_user_model().objects.create_user(
        "ines.duarte@example.org", PASSWORD, title="Dr", given_name="Inês", family_name="Duarte"
    )


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def is_signed_in(client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def test_one_address_is_one_person_however_it_is_typed(ines):
    people = get_user_model().objects
    assert people.get_by_natural_key(" Ines.Duarte@Example.org") == ines
    for twin in ("INES.DUARTE@example.org", "ines.duarte@example.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            people.create_user(twin, PASSWORD)
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"), transaction.atomic():
        people.create(email="Somebody@example.org")


@pytest.mark.parametrize(
    ("title", "given", "family", "short", "full"),
    [
        ("Dr", "Inês", "Duarte", "Dr I. Duarte", "Dr Inês Duarte"),
        ("", "Łukasz", "Nowak", "Ł. Nowak", "Łukasz Nowak"),
        ("Prof.", "", "Okafor", "Prof. Okafor", "Prof. Okafor"),
        ("", "", "", "x@example.org", "x@example.org"),
    ],
)
def test_names_as_colleagues_and_letters_write_them(title, given, family, short, full):
    person = get_user_model()(email="x@example.org", title=title, given_name=given, family_name=family)
    assert (person.display_name, person.get_full_name()) == (short, full)


def test_the_right_password_opens_and_the_wrong_one_does_not(client, ines):
    wrong = sign_in(client, ines.email, "not-the-password")
    assert wrong.status_code == 422
    assert "do not belong together" in wrong.text
    assert ines.email in wrong.text  # typed once, kept
    assert not is_signed_in(client)
    right = sign_in(client, "Ines.Duarte@EXAMPLE.org")
    assert right.status_code == 302
    assert is_signed_in(client)


def test_nobody_signs_up(client):
    assert client.get("/accounts/signup/").status_code in (302, 404)
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not get_user_model().objects.exists()


def test_after_sign_in_only_addresses_of_our_own_are_followed(client, ines):
    answer = client.post(
        SIGN_IN, {"login": ines.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/"


def test_a_planted_session_is_not_taken_over(client, ines):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, ines.email)
    assert client.session.session_key != planted
    client.cookies["sessionid"] = planted
    assert not is_signed_in(client)


def test_signing_out_needs_a_post_and_kills_the_session(client, ines):
    sign_in(client, ines.email)
    stolen = client.cookies["sessionid"].value
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    answer = client.post(reverse("account_logout"))
    assert answer.status_code == 302
    assert '"cache"' in answer["Clear-Site-Data"]
    client.cookies["sessionid"] = stolen
    assert not is_signed_in(client)


def test_access_ends_with_the_next_request(client, ines):
    sign_in(client, ines.email)
    assert is_signed_in(client)
    get_user_model().objects.filter(pk=ines.pk).update(is_active=False)
    assert not is_signed_in(client)
    client.logout()
    assert sign_in(client, ines.email)["Location"] == reverse("account_inactive")
    assert sign_in(client, ines.email, "wrong").status_code == 422
    assert not is_signed_in(client)


# -- the lock ---------------------------------------------------------------------------------------------


def fail(client, email, times, **extra):
    return [sign_in(client, email, f"wrong-{n}", **extra).status_code for n in range(times)]


def test_five_wrong_passwords_lock_this_address_on_this_computer_only(client, ines):
    other = get_user_model().objects.create_user("other@example.org", PASSWORD)
    assert fail(client, ines.email, 6) == [422] * 5 + [429]
    locked = sign_in(client, ines.email)
    assert locked.status_code == 429, "even the right password is not looked at"
    assert "Wait five minutes" in locked.text
    assert sign_in(client, other.email).status_code == 302
    client.logout()
    assert sign_in(client, ines.email, REMOTE_ADDR="10.1.1.7").status_code == 302, (
        "the right person elsewhere"
    )


def test_the_lock_opens_by_itself_after_five_minutes(client, ines, wait):
    fail(client, ines.email, 5)
    wait(299 - 5)
    assert sign_in(client, ines.email).status_code == 429
    wait(10)
    assert sign_in(client, ines.email).status_code == 302


def test_the_wait_grows_with_the_number_of_wrong_passwords(client, ines, wait):
    for _ in range(3):
        assert fail(client, ines.email, 6) == [422] * 5 + [429]
        wait(301)
    assert sign_in(client, ines.email).status_code == 429, "fifteen within an hour: no longer five minutes"
    wait(3600)
    assert sign_in(client, ines.email).status_code == 302, "and never for ever"


def test_guessing_from_many_computers_is_counted_together(client, ines, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_in_failed_anywhere": "8/1h/key"}
    answers = [fail(client, ines.email, 1, REMOTE_ADDR=f"10.0.0.{n}")[0] for n in range(10)]
    assert answers == [422] * 8 + [429] * 2


def test_signing_in_rightly_does_not_use_up_the_tries(client, ines):
    for _ in range(8):
        assert sign_in(client, ines.email).status_code == 302
        client.logout()


def test_an_unknown_address_gets_the_same_answers(client, ines):
    """The same work too: test_accounts_rules.py counts it."""

    def answer(email):
        cache.clear()
        page = sign_in(client, email, "not-the-password")
        return page.status_code, re.sub(r'value="[^"]*"', "", page.text)  # the token, the address

    assert answer(ines.email) == answer("nobody.there@example.org")
    assert fail(client, "nobody.there@example.org", 5)[-1] == 429


def test_the_admin_has_no_door_of_its_own(client, ines):
    answer = client.post("/admin/login/", {"username": ines.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)
    assert not is_signed_in(client)


# -- the demonstration ------------------------------------------------------------------------------------


def test_the_demonstration_lets_one_choose_whom_to_be(client, settings, ines):
    people = get_user_model().objects
    chair = people.create_user(
        "chair@example.org", "open-to-all-here", family_name="Okafor", is_invented=True
    )
    assert "Okafor" not in client.get(SIGN_IN).text
    settings.DEMO, settings.DEMO_PASSWORD = True, "open-to-all-here"
    settings.DEMO_ROLE_LINES = f"{__name__}.role_lines"
    page = client.get(SIGN_IN).text
    assert "Okafor" in page
    assert "Chair, liver board" in page
    assert "Duarte" not in page
    assert page.count('value="open-to-all-here"') == 1
    assert sign_in(client, chair.email, "open-to-all-here").status_code == 302


def role_lines():
    return dict.fromkeys(get_user_model().objects.values_list("pk", flat=True), "Chair, liver board")


def test_an_address_is_kept_with_its_person_and_nowhere_else(client, ines):
    ines.is_staff = ines.is_superuser = True
    ines.save()
    client.force_login(ines)

    assert client.get("/admin/accounts/user/").status_code == 200
    assert client.get("/admin/account/emailaddress/").status_code == 404
