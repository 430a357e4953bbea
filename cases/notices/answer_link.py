"""Which address lets an owner answer for one action without signing in, and whose link is this?"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cases.models import RecommendedAction

SALT = "cases.answer-for-an-action"
GOOD_FOR = timedelta(days=30)


class NotOurs(Exception):
    """Made by somebody else, changed on its way, or too old."""


def link_for(action: RecommendedAction) -> str:
    """It says neither case nor person to a reader; it counts for this action and this owner alone."""
    token = signing.dumps([action.thread.hex, action.owner_id], salt=SALT)
    return settings.SITE_URL + reverse("cases:answer-action", args=[token])


def read(token: str) -> tuple[uuid.UUID, int]:
    try:
        thread, owner = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        return uuid.UUID(thread), int(owner)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise NotOurs from error
