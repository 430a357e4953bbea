"""Whom does the hospital's own sign-in (OpenID Connect) let in here?

People who have an account already, found by an e-mail address that the provider has verified; nobody
signs up. The first time binds the provider's person to ours: another person of the provider with the same
address later is not taken for the same.
"""

import secrets

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import render
from django.urls import reverse

from . import signals
from .second_factor import PROVIDER_ASKED

PROVIDER = "openid_connect"
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
HERE = "hospital"  # its id in our addresses; one installation has one


def is_on() -> bool:
    return bool(settings.SINGLE_SIGN_ON)


class Adapter(DefaultSocialAccountAdapter):
    def list_apps(self, request, provider=None, client_id=None) -> list[SocialApp]:
        """From the environment only: a row in a table could be changed by whoever administers people."""
        if not is_on() or provider not in (None, PROVIDER, HERE):
            return []
        chosen = settings.SINGLE_SIGN_ON
        app = SocialApp(provider=PROVIDER, provider_id=HERE, name=chosen["name"])
        app.client_id, app.secret = chosen["client_id"], chosen["secret"]
        app.settings = {"server_url": chosen["url"], "oauth_pkce_enabled": True}
        return [app]

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        if not sociallogin.is_existing:
            person = _person_of(sociallogin)
            if person is None:
                signals.sign_on_refused.send(sender=type(self), request=request)
                page = render(request, "socialaccount/nobody_here.html", _words(), status=403)
                raise ImmediateHttpResponse(page)
            sociallogin.account.user = sociallogin.user = person
            sociallogin.account.save()
        if settings.SINGLE_SIGN_ON["acr"] or settings.SINGLE_SIGN_ON["amr"]:
            sociallogin.state[PROVIDER_ASKED] = True  # else the answer would not have been taken
        sociallogin.token = None  # what opens the provider's doors is not kept, not even for the second step

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ) -> None:
        signals.sign_on_refused.send(sender=type(self), request=request)


def _person_of(sociallogin):
    addresses = {one.email.strip().lower() for one in sociallogin.email_addresses if one.verified is True}
    person = get_user_model().objects.filter(email__in=addresses).order_by("pk").first()
    bound = person and SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider)
    return None if person is None or bound.exists() else person


def _words() -> dict:
    return {"provider_name": settings.SINGLE_SIGN_ON["name"]}


def first_step(provider, request, next_url):
    """To the provider, with a secret word that only its answer to this very asking can repeat."""
    nonce = secrets.token_urlsafe(24)
    asked = {"nonce": nonce}
    if wanted := settings.SINGLE_SIGN_ON["acr"]:
        asked["acr_values"] = " ".join(wanted)
    return provider.redirect(request, process="login", next_url=next_url, auth_params=asked, nonce=nonce)


class Answer(OpenIDConnectOAuth2Adapter):
    """What the provider says about somebody, believed only when all of it fits."""

    state: dict = {}

    def __init__(self, request) -> None:
        super().__init__(request, HERE)

    def get_callback_url(self, request, app) -> str:
        """From our own address: the one that the browser named could be somebody else's."""
        return settings.SITE_URL + reverse("openid_connect_callback", args=[HERE])

    def complete_login(self, request, app, token, **kwargs):
        login = super().complete_login(request, app, token, **kwargs)
        said = login.account.extra_data
        self._check(said.get("id_token") or {}, said.get("userinfo") or {})
        login.account.extra_data = {}  # who it is stands in `uid`; the rest would only grow old
        return login

    def _decode_id_token(self, app, id_token: str) -> dict:
        """With its signature, though it came straight from the provider."""
        try:
            return jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=SIGNED_BY,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=60,  # clocks differ
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, KeyError) as wrong:
            raise ProviderException("an answer that is not signed as it should be") from wrong

    def _key_of(self, id_token: str):
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        name = jwt.get_unverified_header(id_token).get("kid")  # may be left out where there is one key
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if name in (None, key.key_id)]
        if len(keys) != 1:
            raise ProviderException("signed with a key that the provider does not show")
        return keys[0].key

    def _check(self, token: dict, userinfo: dict) -> None:
        wanted = settings.SINGLE_SIGN_ON
        if not token.get("sub") or token.get("sub") != userinfo.get("sub"):
            raise ProviderException("two answers about two people")
        if not secrets.compare_digest(str(token.get("nonce", "")), str(self.state.get("nonce") or "-")):
            raise ProviderException("not the answer to this asking")
        if wanted["acr"] and token.get("acr") not in wanted["acr"]:
            raise NoSecondFactor("acr")
        if wanted["amr"] and not set(wanted["amr"]) & set(token.get("amr") or []):
            raise NoSecondFactor("amr")


class NoSecondFactor(ProviderException):
    """The provider knows the person, and did not ask for as much as this installation wants."""

    asked_too_little = True
