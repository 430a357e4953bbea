"""At which secret address does somebody's calendar read their meetings, and whose address is this?

It always stays the same, until it is renewed: then the earlier one leads nowhere.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

SALT = "cases.calendar-feed"
FIRST = 1  # the version of who never renewed it


class NotOurs(Exception):
    """Made by somebody else, renewed since, or of an account that has ended."""


def feed_url(user) -> str:
    return settings.SITE_URL + reverse("cases:calendar-feed", args=[token_for(user)])


def token_for(user) -> str:
    return _signer().sign_object([user.pk, _version_of(user)])


def owner_of(token: str):
    """The person, if their address is still this one."""
    try:
        key, version = _signer().unsign_object(token)
        owner = get_user_model().objects.select_related("mail_settings").get(pk=int(key), is_active=True)
    except (signing.BadSignature, TypeError, ValueError, get_user_model().DoesNotExist) as error:
        raise NotOurs from error
    if version != _version_of(owner):
        raise NotOurs
    return owner


def _version_of(user) -> int:
    chosen = getattr(user, "mail_settings", None)  # who never chose has no row
    return chosen.feed_version if chosen else FIRST


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")
