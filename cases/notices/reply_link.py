"""Which addresses let an invited person answer without signing in, and whose are they?"""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cases.models import Meeting
from cases.vocabulary import Reply

SALT = "cases.reply-to-a-meeting"


class NotOurs(Exception):
    """Made by somebody else, or changed on its way."""


def reply_links(meeting: Meeting, user) -> dict[str, str]:
    """For an e-mail. They count for one meeting and one person, until the meeting is over.

    None of them answers by being opened: programs that look through e-mail follow every link.
    """
    page = settings.SITE_URL + reverse("cases:reply", args=[token_for(meeting, user)])
    return {
        "come": f"{page}?say={Reply.COMING.value}",
        "cannot": f"{page}?say={Reply.NOT_COMING.value}",
        "page": page,
    }


def token_for(meeting: Meeting, user) -> str:
    return signing.dumps([meeting.pk.hex, user.pk], salt=SALT)


def read(token: str) -> tuple[uuid.UUID, int]:
    """Which meeting, and who answers."""
    try:
        meeting, user = signing.loads(token, salt=SALT)
        return uuid.UUID(meeting), int(user)
    except (signing.BadSignature, AttributeError, TypeError, ValueError) as error:
        raise NotOurs from error
