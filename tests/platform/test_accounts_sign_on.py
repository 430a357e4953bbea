"""Does the hospital's own sign-in let in those who have an account here, and nobody else?

Against an OpenID Connect provider in a process of its own. The test client is the browser on our side, and
`requests` the same browser at the provider.
"""

import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.base import ProviderException
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.urls import reverse

from cases.vocabulary import Role
from tests.factories import board, member, person
from tests.platform import openid_provider
from tumorboard.accounts.single_sign_on import Adapter, Answer
from tumorboard.audit.models import AuditEvent

START = "/accounts/single-sign-on/hospital/"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def provider():
    with openid_provider.running() as url:
        yield url


@pytest.fixture
def sign_on(settings, provider):
    """The settings, as the environment of an installation would give them."""
    cache.clear()
    settings.SITE_URL = "http://testserver"
    settings.SINGLE_SIGN_ON = {
        "url": provider,
        "name": "the hospital's account",
        "client_id": "tumorboard",
        "secret": "known to both",
        "acr": [],
        "amr": [],
    }
    return settings.SINGLE_SIGN_ON


@pytest.fixture
def somebody(provider):
    """A person at the provider; what it says of them is ours to choose."""

    def somebody(sub, **claims):
        claims = {"email": f"{sub}@example.org", "email_verified": True} | claims
        requests.put(f"{provider}/users/{sub}", json=claims, timeout=10).raise_for_status()
        return sub

    return somebody


def ask(client, **query):
    answer = client.get(START, query)
    assert answer.status_code == 302, answer.text
    return answer["Location"]


def agree(address, sub) -> str:
    """At the provider the person says who they are; it sends the browser back to us, with a code."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "http://testserver"
    return f"{back.path}?{back.query}"


def come_in(client, sub, **query):
    return client.get(agree(ask(client, **query), sub))


def is_signed_in(client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def test_without_it_there_is_no_such_door(client, settings):
    settings.SINGLE_SIGN_ON = {}
    assert client.get(START).status_code == 404
    assert "single-sign-on" not in client.get(reverse("account_login")).text


def test_somebody_who_has_an_account_comes_in_by_a_verified_address(client, sign_on, somebody):
    ines = person(email="ines@example.org")
    assert START in client.get(reverse("account_login"), {"next": "/cases/"}).text
    came = come_in(client, somebody("ines", email="Ines@Example.org"), next="/cases/")
    assert (came.status_code, came["Location"]) == (302, "/cases/")
    assert client.get(reverse("profile")).context["request"].user == ines
    bound = SocialAccount.objects.get()
    assert (bound.user, bound.uid, bound.extra_data) == (ines, "ines", {})
    assert not SocialToken.objects.exists()
    ines.refresh_from_db()
    assert ines.has_usable_password(), "their password is as before"
    assert AuditEvent.objects.filter(verb="sign_in.done", about=f"user:{ines.pk}").count() == 1


def test_asked_are_a_state_a_nonce_and_a_proof_of_the_same_browser(client, sign_on):
    asked = parse_qs(urlsplit(ask(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) == 32
    assert len(asked["state"][0]) >= 16
    assert asked["redirect_uri"] == ["http://testserver/accounts/single-sign-on/hospital/answer/"]
    again = parse_qs(urlsplit(ask(client)).query)
    assert not [name for name in ("state", "nonce", "code_challenge") if again[name] == asked[name]]


@pytest.mark.parametrize(
    "claims",
    [{"email": "nobody@example.org"}, {"email_verified": False}, {"email_verified": None}],
    ids=["unknown", "not verified", "not said"],
)
def test_who_is_unknown_gets_a_page_and_no_account(client, sign_on, somebody, claims, django_user_model):
    person(email="uma@example.org")
    before = django_user_model.objects.count()
    refused = come_in(client, somebody("uma", **claims))
    assert refused.status_code == 403
    assert "You have no account here yet" in refused.text
    assert "Ask the administrator" in refused.text
    assert not is_signed_in(client)
    assert (django_user_model.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert AuditEvent.objects.filter(verb="sign_on.refused").count() == 1


def test_the_address_handed_on_to_somebody_else_is_not_the_same_person(client, sign_on, somebody):
    person(email="office@example.org")
    assert come_in(client, somebody("first", email="office@example.org")).status_code == 302
    client.logout()
    refused = come_in(client, somebody("second", email="office@example.org"))
    assert refused.status_code == 403
    assert not is_signed_in(client)


def test_a_new_address_at_the_provider_is_still_the_same_person(client, sign_on, somebody):
    ines = person(email="before@example.org")
    come_in(client, somebody("mover", email="before@example.org"))
    client.logout()
    come_in(client, somebody("mover", email="after@example.org"))
    assert client.get(reverse("profile")).context["request"].user == ines


def test_ended_access_is_ended_here_too(client, sign_on, somebody):
    person(email="gone@example.org", is_active=False)
    assert come_in(client, somebody("gone"))["Location"] == reverse("account_inactive")
    assert not is_signed_in(client)


# -- answers that do not fit ------------------------------------------------------------------------------


def test_an_answer_to_somebody_elses_asking_is_refused(client, sign_on, somebody):
    """The attacker sends a victim the way back of a sign-in of their own."""
    person(email="mallory@example.org")
    attacker = client.__class__()
    back = agree(ask(attacker), somebody("mallory"))
    refused = client.get(back)
    assert refused.status_code == 401
    assert not is_signed_in(client)
    ask(client)
    assert client.get(back).status_code == 401, "nor when the victim has asked too"


def test_no_answer_counts_twice(client, sign_on, somebody):
    person(email="twice@example.org")
    back = agree(ask(client), somebody("twice"))
    assert client.get(back).status_code == 302
    client.logout()
    assert client.get(back).status_code == 401
    assert not is_signed_in(client)


def test_the_code_of_another_asking_is_refused(client, sign_on, somebody):
    """A stolen code fits neither the proof of this browser nor its nonce."""
    person(email="vera@example.org")
    stolen = parse_qs(urlsplit(agree(ask(client.__class__()), somebody("vera"))).query)["code"][0]
    state = parse_qs(urlsplit(ask(client)).query)["state"][0]
    refused = client.get(
        reverse("openid_connect_callback", args=["hospital"]), {"code": stolen, "state": state}
    )
    assert refused.status_code == 401
    assert not is_signed_in(client)


def test_who_turns_back_at_the_provider_is_told_that_nothing_happened(client, sign_on):
    back = reverse("openid_connect_callback", args=["hospital"])
    state = parse_qs(urlsplit(ask(client)).query)["state"][0]
    answer = client.get(back, {"error": "access_denied", "state": state}, follow=True)
    assert "You are not signed in" in answer.text


def test_a_provider_that_is_away_is_said_plainly(client, sign_on):
    sign_on["url"] = "http://127.0.0.1:9"
    answer = client.get(START)
    assert answer.status_code == 401
    assert "did not answer" in answer.text
    assert client.get(reverse("account_login")).status_code == 200, "passwords still open"


# -- the provider's second factor -------------------------------------------------------------------------


@pytest.fixture
def chair():
    strict = board()
    strict.second_factor_roles = [Role.CHAIR]
    strict.save()
    chair = member(strict, role=Role.CHAIR)
    chair.email = "chair@example.org"
    chair.save()
    return chair


@pytest.mark.parametrize(
    ("wanted", "said", "enough"),
    [
        ({"acr": ["gold"]}, {"acr": "gold"}, True),
        ({"acr": ["gold", "silver"]}, {"acr": "silver"}, True),
        ({"acr": ["gold"]}, {"acr": "password"}, False),
        ({"acr": ["gold"]}, {}, False),
        ({"amr": ["mfa", "hwk"]}, {"amr": ["pwd", "hwk"]}, True),
        ({"amr": ["mfa"]}, {"amr": ["pwd"]}, False),
        ({"acr": ["gold"], "amr": ["mfa"]}, {"acr": "gold"}, False),
    ],
    ids=json.dumps,
)
def test_what_the_provider_must_have_asked(client, sign_on, somebody, chair, wanted, said, enough):
    sign_on |= wanted
    came = come_in(client, somebody("chair", **said))
    assert is_signed_in(client) == enough, "it counts as the second step of the chair, who has none here"
    if not enough:
        assert came.status_code == 401
        assert "A second step is missing" in came.text


def test_the_wanted_words_are_asked_for(client, sign_on):
    sign_on["acr"] = ["gold", "silver"]
    assert parse_qs(urlsplit(ask(client)).query)["acr_values"] == ["gold silver"]


def test_who_has_one_here_too_is_not_asked_twice(client, sign_on, somebody, chair):
    Authenticator.objects.create(user=chair, type="totp", data={"secret": "-"})
    sign_on["acr"] = ["gold"]
    assert come_in(client, somebody("chair", acr="gold"))["Location"] == "/"
    assert is_signed_in(client)


def test_a_provider_of_which_nothing_is_asked_proves_no_second_step(client, sign_on, somebody, chair):
    assert come_in(client, somebody("chair", acr="gold"))["Location"] == "/"
    assert client.get("/")["Location"] == reverse("second-factor-needed")
    Authenticator.objects.create(user=chair, type="totp", data={"secret": "-"})
    client.logout()
    assert come_in(client, somebody("chair"))["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


@pytest.mark.parametrize("signed", ["by somebody else", "by nobody", "by a secret"])
def test_only_the_providers_own_signature_counts(rf, sign_on, signed):
    answer = Answer(rf.get("/"))
    claims = {
        "iss": answer.openid_config["issuer"],
        "aud": sign_on["client_id"],
        "sub": "x",
        "iat": int(time.time()),
        "exp": int(time.time()) + 60,
    }
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    forged = {
        "by somebody else": lambda: jwt.encode(claims, other, "RS256"),
        "by nobody": lambda: jwt.encode(claims, None, "none"),
        "by a secret": lambda: jwt.encode(claims, "s" * 64, "HS256"),
    }[signed]()
    [app] = Adapter().list_apps(None)
    with pytest.raises(ProviderException):
        answer._decode_id_token(app, forged)
