"""What is different in the copy for whoever stands in? Whose it is, and no link that speaks in their name."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.conf import settings

from cases.models import Absence
from cases.notices._render import for_deputy
from tumorboard.notifications.outbox import Entry

COPY = "/for:"
# Addresses that count as the word of the person they were made for: answers, replies, ratifications.
PERSONAL = r"/(?:answer|reply|ratify)/[^\s\"'<>]+"


def copy_for(entry: Entry, absence: Absence, *, deputy, last_day: date) -> Entry:
    """For the deputy of an absence or, while that one is away too, for theirs; until `last_day`.

    Kept under a key of its own, so that it never takes the place of what the deputy is owed themselves.
    """
    until = f"You stand in for {absence.user} until {last_day:%d-%b-%Y}."
    if deputy != absence.deputy:
        until = f"{absence.deputy} is away too. {until}"
    if settings.SITE_URL and re.search(re.escape(settings.SITE_URL) + PERSONAL, entry.text):
        until += f" Links by which only {absence.user} can answer lead to your own start page instead."
    copy = for_deputy(_without_personal_links(entry), deputy=deputy, opening=until)
    return replace(
        copy,
        about=about_copy(entry.about, absence.user_id, absence.pk),
        title=f"For {absence.user}: {entry.title}",
        attachments=tuple(one for one in entry.attachments if not one.mime.startswith("text/calendar")),
    )


def about_copy(about: str, absent: int | str = "", absence: UUID | str = "") -> str:
    """The key of the copies of one absence; without it, or the person, how the keys of their copies begin."""
    return f"{about}{COPY}{absent}{':' if absent else ''}{absence}"


def is_copy(about: str) -> bool:
    return COPY in about


def copied_for(about: str) -> str | None:
    """The key of the absence for which a message is a copy; None when it names none."""
    *_, absence = about.rpartition(COPY)[2].partition(":")
    try:
        return str(UUID(absence))
    except ValueError:
        return None


def _without_personal_links(entry: Entry) -> Entry:
    personal = re.compile(re.escape(settings.SITE_URL) + PERSONAL)
    plain = f"{settings.SITE_URL}/"
    return replace(entry, text=personal.sub(plain, entry.text), html=personal.sub(plain, entry.html))
