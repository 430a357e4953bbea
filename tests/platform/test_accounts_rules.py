"""Which passwords may one have, and does the work done tell a stranger who has an account here?"""

from contextlib import nullcontext

import pytest
from django.contrib.auth import get_user_model, hashers
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import board
from tests.platform.test_accounts_codes import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered(db):
    cache.clear()


@pytest.fixture
def ines():
    return get_user_model().objects.create_user(
        "ines.duarte@example.org", PASSWORD, given_name="Inês", family_name="Duarte"
    )


@pytest.fixture
def _names_here():
    here = board(name="Northern Liver Board")
    here.hospital.name = "St Agatha's Hospital"
    here.hospital.save()


@pytest.mark.usefixtures("_names_here")
@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "too short"),
        ("twelve chars", None),
        ("onlysmallletters", None),  # no rules of composition
        ("ein Satz, den nur ich sage – öffne dich", None),
        ("🦊🦉🐢🐝🦊🦉🐢🐝🦊🦉🐢🐝", None),
        ("x" * 128, None),
        ("x" * 129, "longer than 128"),
        ("qwertyuiop123", "too common"),
        ("ines.duarte@example.org", "too similar"),
        ("Tumorboard2026", "names that everybody here knows"),
        ("tumour-board!!", "names that everybody here knows"),
        ("Northern Liver Board 1", "names that everybody here knows"),
        ("stagathashospital", "names that everybody here knows"),
        ("WelcomeHospital1", "names that everybody here knows"),
        ("liver-board-on-thursday", None),
        ("at the hospital by bicycle", None),
    ],
)
def test_which_passwords_one_may_have(ines, password, why):
    with pytest.raises(ValidationError, match=why) if why else nullcontext():
        validate_password(password, ines)


def test_passwords_may_be_pasted_and_kept_by_a_manager(client, ines):
    """Nothing in the way of a password manager: its words are there, and no script listens for pasting."""
    sign_in(client, ines)
    page = client.get(reverse("account_change_password")).text
    assert 'autocomplete="current-password"' in page
    assert page.count('autocomplete="new-password"') == 2
    assert "paste" not in page
    assert "maxlength" not in page


# -- the work done for strangers --------------------------------------------------------------------------


@pytest.fixture
def hashed(monkeypatch, settings):
    """How often a password was hashed: that is what takes the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "iterations", 1000)
    counted = []
    encode = hashers.PBKDF2PasswordHasher.encode

    def counting(self, password, salt, iterations=None):
        counted.append(iterations or self.iterations)
        return encode(self, password, salt, iterations)

    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", counting)
    return counted


@pytest.mark.parametrize(
    "who", ["somebody", "nobody", "somebody without access", "somebody without a password"]
)
def test_signing_in_wrongly_is_the_same_work_for_everybody(client, hashed, who):
    person = get_user_model().objects.create_user("somebody@example.org", PASSWORD)
    person.is_active = who != "somebody without access"
    if who == "somebody without a password":
        person.set_unusable_password()
    person.save()
    hashed.clear()
    address = "nobody@example.org" if who == "nobody" else person.email
    answer = client.post(reverse("account_login"), {"login": address, "password": "not-the-password"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert hashed == [1000], "one password is hashed, as hard as any"


@pytest.mark.parametrize("address", ["somebody@example.org", "nobody@example.org"])
def test_asking_for_a_link_hashes_nothing_and_answers_alike(client, hashed, settings, address):
    settings.ACCOUNT_RESET_ANSWERS_AFTER = 0
    get_user_model().objects.create_user("somebody@example.org", PASSWORD)
    hashed.clear()
    answer = client.post(reverse("account_reset_password"), {"email": address})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_reset_password_done"))
    assert hashed == []


def test_twenty_wrong_passwords_are_stopped_and_the_right_person_elsewhere_is_not(client, ines):
    wrong = {"login": ines.email, "password": "not-the-password"}
    answers = [client.post(reverse("account_login"), wrong) for _ in range(20)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 15
    assert "Wait five minutes" in answers[-1].text
    elsewhere = client.post(
        reverse("account_login"), {"login": ines.email, "password": PASSWORD}, REMOTE_ADDR="10.20.30.40"
    )
    assert elsewhere.status_code == 302
