"""What was caught, and what stands in one letter?"""

import email
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path


@dataclass(frozen=True)
class Enclosure:
    number: int
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    key: str
    to: str
    sender: str
    title: str
    at: datetime
    text: str
    html_as_text: str
    enclosures: tuple[Enclosure, ...]


def box(folder: Path) -> mailbox.Maildir:
    return mailbox.Maildir(folder, factory=None, create=True)


def letters(folder: Path, *, to: str = "") -> list[Letter]:
    """Newest first; for one recipient if asked."""
    caught = (_letter(key, raw) for key, raw in _raw(folder))
    wanted = [letter for letter in caught if to.lower() in letter.to.lower()]
    return sorted(wanted, key=lambda letter: letter.at, reverse=True)


def letter(folder: Path, key: str) -> Letter | None:
    found = box(folder)
    return _letter(key, found.get_bytes(key)) if key in found else None


def _raw(folder: Path) -> Iterator[tuple[str, bytes]]:
    found = box(folder)
    for key in found.keys():  # noqa: SIM118  a Maildir iterates over its messages, not its keys
        yield key, found.get_bytes(key)


def _letter(key: str, raw: bytes) -> Letter:
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    return Letter(
        key=key,
        to=str(message["To"] or message["X-RcptTo"] or ""),
        sender=str(message["From"] or ""),
        title=str(message["Subject"] or ""),
        at=parsedate_to_datetime(message["Date"]),
        text=plain.get_content() if plain else "",
        html_as_text=html.get_content() if html else "",
        enclosures=tuple(_enclosures(message)),
    )


def _enclosures(message: EmailMessage) -> Iterator[Enclosure]:
    shown = {id(part) for part in (message.get_body(("plain",)), message.get_body(("html",))) if part}
    parts = (part for part in message.walk() if not part.is_multipart() and id(part) not in shown)
    for number, part in enumerate(parts, start=1):
        name = part.get_filename() or f"part-{number}"
        content = part.get_payload(decode=True)
        yield Enclosure(number, name, part.get_content_type(), content if isinstance(content, bytes) else b"")
