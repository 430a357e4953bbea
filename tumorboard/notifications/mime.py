"""Which bytes go to the relay for a message?"""

from email.headerregistry import ContentTypeHeader
from email.message import EmailMessage
from email.policy import SMTP  # with CRLF line ends: bare line feeds are refused or misread
from email.utils import format_datetime, parseaddr
from operator import attrgetter

from django.conf import settings

from .models import Message


class NotAnEmailError(Exception):
    """These words cannot be written as an e-mail, today or later."""


def write(message: Message) -> bytes:
    """The same bytes on every try, so that a repeated message is recognised as one."""
    if not message.recipient.email or not message.recipient.email.isascii():
        raise NotAnEmailError("no usable address")
    try:
        email = _headers(message)
        email.set_content(message.text)
        if message.html:
            email.add_alternative(message.html, subtype="html")
        for enclosure in sorted(message.enclosures.all(), key=attrgetter("position")):
            _attach(email, enclosure)
        return email.as_bytes()
    except (ValueError, LookupError) as error:
        raise NotAnEmailError(type(error).__name__) from error


def sender() -> str:
    """Where mail servers send what they cannot deliver: an address alone, without the name beside it."""
    return parseaddr(settings.MAIL_BOUNCES or settings.DEFAULT_FROM_EMAIL)[1]


def _headers(message: Message) -> EmailMessage:
    email = EmailMessage(policy=SMTP)
    email["From"] = settings.DEFAULT_FROM_EMAIL
    email["To"] = message.recipient.email
    email["Subject"] = message.title
    email["Date"] = format_datetime(message.created_at)
    email["Message-ID"] = message.message_id
    email["X-Tumorboard-Message"] = str(message.pk)  # for relays that rewrite the Message-ID
    email["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    return email


def _attach(email: EmailMessage, enclosure) -> None:
    kind = _content_type(enclosure.mime)
    email.add_attachment(
        bytes(enclosure.attachment.content),
        maintype=kind.maintype,
        subtype=kind.subtype,
        filename=enclosure.name,
        params=dict(kind.params),
    )


def _content_type(mime: str) -> ContentTypeHeader:
    return SMTP.header_factory("Content-Type", mime)
