"""Does a second step open to whoever holds the phone, once for each code, and to nobody else?"""

import re
import time
from base64 import b32decode
from hashlib import sha1
from hmac import digest

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as live
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tumorboard import field_keys
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message

PASSWORD = "liver-board-on-thursday"
SECOND_STEP, APP = "/accounts/second-step/", "/accounts/second-step/app/"

pytestmark = pytest.mark.django_db


def code_at(seed: str, when: float | None = None, step: int = 0) -> str:
    """RFC 6238, written here from the RFC: another hand than that which checks it."""
    counter = int(when or time.time()) // 30 + step
    mac = digest(b32decode(seed), counter.to_bytes(8, "big"), sha1)
    cut = mac[-1] & 15
    return f"{int.from_bytes(mac[cut : cut + 4], 'big') % 2**31 % 10**6:06d}"


def test_the_codes_of_this_test_are_those_of_the_rfc():
    """RFC 6238, appendix B: the last six of the eight digits for SHA-1."""
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # 12345678901234567890
    assert [code_at(seed, when) for when in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


@pytest.fixture(autouse=True)
def _quick_passwords_and_nothing_remembered(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


@pytest.fixture
def ines():
    return get_user_model().objects.create_user(
        "ines.duarte@example.org", PASSWORD, title="Dr", given_name="Inês", family_name="Duarte"
    )


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def is_signed_in(client) -> bool:
    return client.get(reverse("profile")).status_code == 200


@pytest.fixture
def seed(client, ines, clock):
    """Set up as a person does it: read the key from the page, type what the app shows."""
    sign_in(client, ines)
    [seed] = re.findall(r'class="si-key">([A-Z2-7]+)<', client.get(APP).text)
    assert client.post(APP, {"code": code_at(seed)})["Location"] == reverse("mfa_view_recovery_codes")
    return seed


@pytest.fixture
def codes(client, seed):
    page = client.get(reverse("mfa_view_recovery_codes")).text
    return re.findall(r"<li><code>(\d+)</code>", page)


@pytest.fixture
def at_the_second_step(client, ines, seed, codes, clock):
    """After the password, half a minute later."""
    client.logout()
    clock.shift(30)
    assert sign_in(client, ines)["Location"] == SECOND_STEP
    assert not is_signed_in(client)
    return client


def test_a_wrong_code_sets_nothing_up(client, ines, clock):
    sign_in(client, ines)
    [seed] = re.findall(r'class="si-key">([A-Z2-7]+)<', client.get(APP).text)
    refused = client.post(APP, {"code": "000000" if code_at(seed) != "000000" else "111111"})
    assert refused.status_code == 422
    assert f">{seed}<" in refused.text, "the key on the page is still the one in the app"
    assert not Authenticator.objects.exists()
    assert client.post(APP, {"code": code_at(seed)}).status_code == 302


def test_the_code_after_the_password_opens(at_the_second_step, seed):
    assert at_the_second_step.post(SECOND_STEP, {"code": code_at(seed)})["Location"] == "/"
    assert is_signed_in(at_the_second_step)


def test_without_the_password_there_is_no_second_step(client, seed):
    client.logout()
    assert client.get(SECOND_STEP)["Location"] == reverse("account_login")
    assert client.post(SECOND_STEP, {"code": code_at(seed)})["Location"] == reverse("account_login")


@pytest.mark.parametrize("later", [0, 30, 59, 89], ids=lambda later: f"{later} s later")
def test_no_code_counts_twice(at_the_second_step, ines, seed, clock, later):
    client, used = at_the_second_step, code_at(seed, step=1)  # the phone runs half a minute ahead
    assert client.post(SECOND_STEP, {"code": used}).status_code == 302
    client.logout()
    clock.shift(later)
    sign_in(client, ines)
    refused = client.post(SECOND_STEP, {"code": used})
    assert refused.status_code == 422
    assert "each counts once" in refused.text
    assert not is_signed_in(client)


def test_the_code_that_set_the_app_up_does_not_sign_in(client, ines, seed, clock):
    client.logout()
    sign_in(client, ines)
    assert client.post(SECOND_STEP, {"code": code_at(seed)}).status_code == 422


def test_no_older_code_counts_after_a_newer_one(at_the_second_step, ines, seed):
    client, older = at_the_second_step, code_at(seed)
    client.post(SECOND_STEP, {"code": code_at(seed, step=1)})
    client.logout()
    sign_in(client, ines)
    assert client.post(SECOND_STEP, {"code": older}).status_code == 422


@pytest.mark.parametrize(("step", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_a_clock_may_be_wrong_by_one_step(at_the_second_step, seed, clock, step, status):
    clock.shift(120)  # away from the code that set the app up
    assert at_the_second_step.post(SECOND_STEP, {"code": code_at(seed, step=step)}).status_code == status


def test_wrong_codes_are_counted_and_the_wait_ends(at_the_second_step, seed, clock):
    client = at_the_second_step
    tried = [client.post(SECOND_STEP, {"code": "12345"}) for _ in range(6)]
    assert [answer.status_code for answer in tried] == [422] * 5 + [429]
    assert "Wait five minutes" in tried[-1].text
    assert client.post(SECOND_STEP, {"code": code_at(seed)}).status_code == 429, "not even looked at"
    clock.shift(301)
    assert client.post(SECOND_STEP, {"code": code_at(seed)}).status_code == 302
    failed = AuditEvent.objects.filter(verb="second_factor.failed")
    assert failed.count() == 5


def test_each_recovery_code_opens_once(at_the_second_step, ines, codes):
    client = at_the_second_step
    assert len(set(codes)) == 10
    assert client.post(SECOND_STEP, {"code": codes[3]}).status_code == 302
    assert is_signed_in(client)
    client.logout()
    sign_in(client, ines)
    assert client.post(SECOND_STEP, {"code": codes[3]}).status_code == 422
    assert client.post(SECOND_STEP, {"code": codes[4]}).status_code == 302


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(client, ines, codes):
    again = client.get(reverse("mfa_view_recovery_codes")).text
    assert not [code for code in codes if code in again]
    client.post(reverse("mfa_generate_recovery_codes"))
    fresh = re.findall(r"<li><code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).text)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    client.logout()
    sign_in(client, ines)
    assert client.post(SECOND_STEP, {"code": codes[0]}).status_code == 422
    assert client.post(SECOND_STEP, {"code": fresh[0]}).status_code == 302


def test_the_owner_is_told_and_the_trail_keeps_it(client, ines, clock, django_capture_on_commit_callbacks):
    sign_in(client, ines)
    [seed] = re.findall(r'class="si-key">([A-Z2-7]+)<', client.get(APP).text)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(APP, {"code": code_at(seed)})
    told = Message.objects.get(recipient=ines)
    assert told.kind == "account.totp_activated"
    assert "an authenticator app was set up" in told.text
    assert seed not in told.text
    kept = AuditEvent.objects.filter(about=f"user:{ines.pk}", verb="second_factor.added")
    assert sorted(event.details["kind"] for event in kept) == ["recovery_codes", "totp"]


def test_setting_up_asks_again_who_signed_in_long_ago(client, ines, clock):
    sign_in(client, ines)
    clock.shift(301)
    answer = client.get(APP)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    client.post(answer["Location"], {"password": PASSWORD})
    assert client.get(APP).status_code == 200


def test_whoever_removes_the_app_proves_it_with_the_app(client, ines, seed, clock):
    clock.shift(301)
    page = client.get(reverse("mfa_deactivate_totp"))
    assert page["Location"].startswith("/accounts/confirm/")
    client.post(reverse("mfa_reauthenticate"), {"code": code_at(seed)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists(), "the recovery codes end with it"
    client.logout()
    assert sign_in(client, ines)["Location"] == "/"


# -- how the seeds are kept -------------------------------------------------------------------------------


def test_while_it_is_set_up_the_session_does_not_give_the_key_away(client, ines, clock):
    sign_in(client, ines)
    [seed] = re.findall(r'class="si-key">([A-Z2-7]+)<', client.get(APP).text)
    for session in Session.objects.all():
        assert seed not in str(session.get_decoded())


def test_the_newest_key_locks_all_after_a_rotation(at_the_second_step, ines, seed, codes, settings, capsys):
    client = at_the_second_step
    before = {row.pk: row.data for row in Authenticator.objects.all()}
    old, new = live.FIELD_KEYS[0], "another-key-of-this-test" * 3
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_field_keys")
    assert capsys.readouterr().out == "2 of 2 secrets are locked by the newest key.\n"
    settings.FIELD_KEYS = [new]
    for row in Authenticator.objects.all():
        assert row.data.keys() == before[row.pk].keys()
        assert row.data != before[row.pk]
    assert client.post(SECOND_STEP, {"code": codes[0]}).status_code == 302, "a code from before still opens"
    client.logout()
    sign_in(client, ines)
    assert client.post(SECOND_STEP, {"code": code_at(seed)}).status_code == 302


def test_one_secret_is_locked_differently_each_time():
    assert field_keys.lock("seed") != field_keys.lock("seed")
    assert field_keys.unlock(field_keys.lock("seed")) == "seed"
