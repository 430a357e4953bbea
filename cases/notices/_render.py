"""How do words become a message? The one frame of every e-mail, as plain text and as HTML."""

import re
import textwrap
import time
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.text import Truncator

from cases.models import Hospital, TumorBoard
from cases.notices.kinds import KINDS
from tumorboard.notifications.outbox import Entry, Parcel

A_WHILE = 600  # seconds
SETTINGS_PATH = "/settings/mail/"
COLUMNS = 76
LONGEST_TITLE = 120  # a longer subject is cut off by most inboxes
# Where the words of a message begin and end, so that a summary can carry them whole.
HTML_BEGIN = "<!--words-->"
HTML_WORDS = re.compile(r"<!--words-->(.*?)<!--/words-->", re.DOTALL)
HTML_DEAR = re.compile(r"<!--dear-->.*?<!--/dear-->", re.DOTALL)
HTML_WHY = re.compile(r"<!--why-->.*?<!--/why-->", re.DOTALL)
HYPHENED = re.compile(r"\b(?:[A-Z]{1,6}-\d\d-\d{4}|\d\d-[A-Z][a-z]{2}-\d{4})\b")
WHOLE = r'<span style="white-space:nowrap;">\g<0></span>'
SIGNATURE = "\n\n-- \n"  # RFC 3676: what follows is no part of the words


def at(path: str) -> str:
    """The whole address of a page of ours."""
    return settings.SITE_URL + path


def entry(
    *,
    kind: str,
    title: str,
    recipient,
    board: TumorBoard,
    link: str,
    about: str,
    context: dict[str, Any] | None = None,
    version: int = 1,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    attachments: tuple[Parcel, ...] = (),
) -> Entry:
    """One message of one kind, from templates/notices/<kind>.txt and .html."""
    title = Truncator(title).chars(LONGEST_TITLE)
    text, html = letter(kind, title=title, recipient=recipient, board=board, link=link, context=context)
    return Entry(
        kind=kind,
        about=about,
        version=version,
        recipient=recipient,
        title=title,
        text=text,
        html=html,
        scope=board.scope,
        not_before=not_before,
        expires_at=expires_at,
        attachments=attachments,
    )


def letter(
    kind: str, *, title: str, recipient, board: TumorBoard, link: str, context: dict[str, Any] | None = None
) -> tuple[str, str]:
    """The same words twice: (text, HTML)."""
    context = {
        "board": board,
        "hospital": _hospital_of(board.hospital_id, int(time.monotonic() // A_WHILE)),
        "recipient": recipient,
        "link": link,
        "title": title,
        "why": KINDS[kind].why,
        "choose": at(SETTINGS_PATH),
        **(context or {}),
    }
    text = tidy(render_to_string(f"notices/{kind}.txt", context))
    html = render_to_string(f"notices/{kind}.html", context | {"preview": opening_line(text)})
    return text, unbroken(html)


@lru_cache(maxsize=64)
def _hospital_of(pk: int, moment: int) -> str:
    """Its name, asked for once in ten minutes and not for each of many messages."""
    return Hospital.objects.values_list("name", flat=True).get(pk=pk)


def words_of(text: str) -> str:
    """What stands between the salutation and the signature, links and all."""
    return text.partition("\n\n")[2].rpartition(SIGNATURE)[0]


def html_words_of(html: str) -> str:
    found = HTML_WORDS.search(html)
    return found[1] if found else ""


def opening_line(text: str) -> str:
    """What an inbox shows beside the subject: the first paragraph of the words."""
    return textwrap.shorten(words_of(text).partition("\n\n")[0], 140, placeholder=" …")


def for_deputy(message: Entry, *, deputy, opening: str) -> Entry:
    """The same message to whoever stands in: another salutation, and why they get it."""
    why = "You get this e-mail because you stand in for a colleague."
    _, _, rest = message.text.partition("\n\n")
    words, mark, footer = rest.rpartition(SIGNATURE)
    footer = "\n\n".join([why, *footer.split("\n\n")[1:]])
    html = HTML_DEAR.sub(lambda _: f"<!--dear--><p>Dear {escape(deputy)},</p><!--/dear-->", message.html)
    html = HTML_WHY.sub(lambda _: f"<!--why-->{why}<!--/why-->", html)
    # Inside the words, so that a summary says it too.
    said = f"{HTML_BEGIN}\n<p><strong>{escape(opening)}</strong></p>"
    return replace(
        message,
        recipient=deputy,
        text=f"Dear {deputy},\n\n{textwrap.fill(opening, COLUMNS)}\n\n{words}{mark}{footer}",
        html=html.replace(HTML_BEGIN, said, 1),
    )


def tidy(text: str) -> str:
    """Lines as short as a letter's, addresses whole, and never two empty lines in a row."""
    lines = "\n".join(_folded(line) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def unbroken(html: str) -> str:
    """Numbers of cases and dates keep their hyphens on one line; addresses and tags stay as they are."""
    head, body, rest = html.partition("<h1")
    parts = re.split(r"(<[^>]*>|\S+://\S+)", body + rest)
    parts[::2] = [
        HYPHENED.sub(r'<span style="white-space:nowrap;">\g<0></span>', part) for part in parts[::2]
    ]
    return head + "".join(parts)


def _folded(line: str) -> str:
    if line == "-- ":
        return line
    line = line.rstrip()
    if len(line) <= COLUMNS or "://" in line:
        return line
    hang = "  " if line.startswith(("- ", "  ")) else ""
    return textwrap.fill(
        line, COLUMNS, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
