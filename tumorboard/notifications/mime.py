"""Which bytes go to the relay for a message?"""

import secrets
from email.generator import BytesGenerator
from email.headerregistry import ContentTypeHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from io import BytesIO
from operator import attrgetter

from django.conf import settings

from .models import Message

FILES_KEPT = 8  # encoded, in a worker; an agenda goes to hundreds one after the other
LARGEST_KEPT = 1_000_000  # bytes
HEADERS_KEPT = 256

# Between the parts of a message; by lot, so that no words can be taken for them.
BETWEEN_WORDS, BETWEEN_FILES = (f"=_{secrets.token_hex(16)}" for _ in range(2))


class NotAnEmailError(Exception):
    """These words cannot be written as an e-mail, today or later."""


@lru_cache(HEADERS_KEPT)
def _header(name: str, value: str):
    return SMTP.header_factory(name, value)


@lru_cache(HEADERS_KEPT)
def _folded(name: str, value: str) -> bytes:
    return SMTP.fold_binary(name, value)


class _Remembering(EmailPolicy):
    """A header that was read once is not read again: most are the same in each message.

    With CRLF line ends: bare line feeds are refused or misread.
    """

    def header_store_parse(self, name, value):
        if type(value) is not str:
            return super().header_store_parse(name, value)
        if len(value.splitlines()) > 1:
            raise ValueError("a header has one line")
        return name, _header(name, value)

    def fold_binary(self, name, value):
        return _folded(name, value) if isinstance(value, str) else super().fold_binary(name, value)


POLICY = _Remembering(linesep=SMTP.linesep)


class _File(EmailMessage):
    """An attachment that is encoded already."""

    encoded = b""


class _Generator(BytesGenerator):
    def flatten(self, msg, unixfrom=False, linesep=None):
        if isinstance(msg, _File):
            self._fp.write(msg.encoded)  # type: ignore[attr-defined]  # there, and not in the stubs
        else:
            super().flatten(msg, unixfrom, linesep)


def write(message: Message) -> bytes:
    """The same bytes on every try, so that a repeated message is recognised as one."""
    if not message.recipient.email or not message.recipient.email.isascii():
        raise NotAnEmailError("no usable address")
    try:
        email = _headers(message)
        email.set_content(message.text)
        if message.html:
            email.make_alternative(BETWEEN_WORDS)
            email.add_alternative(message.html, subtype="html")
        for enclosure in sorted(message.enclosures.all(), key=attrgetter("position")):
            _attach(email, enclosure)
        return _bytes_of(email)
    except (ValueError, LookupError) as error:
        raise NotAnEmailError(type(error).__name__) from error


def sender() -> str:
    """Where mail servers send what they cannot deliver: an address alone, without the name beside it."""
    return parseaddr(settings.MAIL_BOUNCES or settings.DEFAULT_FROM_EMAIL)[1]


def _headers(message: Message) -> EmailMessage:
    email = EmailMessage(policy=POLICY)
    email["From"] = settings.DEFAULT_FROM_EMAIL
    email["To"] = message.recipient.email
    email["Subject"] = message.title
    email["Date"] = format_datetime(message.created_at)
    email["Message-ID"] = message.message_id
    email["X-Tumorboard-Message"] = str(message.pk)  # for relays that rewrite the Message-ID
    email["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    return email


def _bytes_of(email: EmailMessage) -> bytes:
    written = BytesIO()
    _Generator(written, mangle_from_=False, policy=POLICY).flatten(email)
    return written.getvalue()


def _attach(email: EmailMessage, enclosure) -> None:
    content = bytes(enclosure.attachment.content)
    encode = _kept if len(content) <= LARGEST_KEPT else _encoded
    file = _File(policy=POLICY)
    file.encoded = encode(enclosure.name, enclosure.mime, content)
    if email.get_content_type() != "multipart/mixed":
        email.make_mixed(BETWEEN_FILES)
    email.attach(file)


def _encoded(name: str, mime: str, content: bytes) -> bytes:
    kind = _content_type(mime)
    part = EmailMessage(policy=POLICY)
    part.set_content(
        content,
        maintype=kind.maintype,
        subtype=kind.subtype,
        disposition="attachment",
        filename=name,
        params=dict(kind.params),
    )
    return part.as_bytes()


_kept = lru_cache(FILES_KEPT)(_encoded)


def _content_type(mime: str) -> ContentTypeHeader:
    return SMTP.header_factory("Content-Type", mime)
