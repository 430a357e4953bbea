"""Where around an answer is nobody named, whoever asked? In what browsers, proxies and logs keep of it."""

import email
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default
from html.parser import HTMLParser

from django.conf import settings
from django.http import HttpResponseBase

from tests.canary import marks
from tumorboard.audit.models import AuditEvent
from tumorboard.logs import JsonLines
from tumorboard.notifications import mime
from tumorboard.notifications.models import Message

ADDRESSES = {"href", "src", "action", "hx-get", "hx-post", "data-autosave-url", "data-url", "data-draft"}
LINES = {"text", "search", "date", "number", "email", "tel", "url", "datetime-local", "time"}


class Page(HTMLParser):
    """Its title, its addresses, and fields whose text a browser would keep and offer to the next person."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.addresses: list[str] = []
        self.offered: list[str] = []
        self._in_title = self._quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        self.addresses += [value for name, value in said.items() if name in ADDRESSES]
        if tag == "form":
            self._quiet = said.get("autocomplete") == "off"
        typed = tag == "textarea" or (tag == "input" and said.get("type", "text") in LINES)
        if typed and not self._quiet and "autocomplete" not in said:
            self.offered.append(said.get("name", tag))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag == "form":
            self._quiet = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


class Lines(logging.Handler):
    """Log lines as they would be written, for as long as somebody listens."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))

    def since_last(self) -> str:
        said, self.told = "\n".join(self.told), []
        return said


@contextmanager
def listening() -> Iterator[Lines]:
    lines = Lines()
    logging.getLogger().addHandler(lines)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(lines)


def content_of(answer: HttpResponseBase) -> bytes:
    if answer.request["REQUEST_METHOD"] == "HEAD":  # of a stream that stays open
        return b""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def around(answer: HttpResponseBase, content: bytes, *, of_a_case: bool) -> Iterator[str]:
    """What is wrong there, in words."""
    lines = [f"{name}: {value}" for name, value in answer.items()]
    lines += [cookie.OutputString() for cookie in answer.cookies.values()]
    if named := marks.found("\n".join(lines)):
        yield f"a header tells of the {named}"
    # What is packed in a cookie is not looked through: these two hold a key drawn by lot.
    if set(answer.cookies) - {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}:
        yield f"a cookie more: {sorted(answer.cookies)}"
    if "html" not in answer.get("Content-Type", ""):
        return
    page = Page()
    page.feed(content.decode())
    if named := marks.found(page.title):
        yield f"the title tells of the {named}"
    if named := marks.found("\n".join(page.addresses)):
        yield f"an address tells of the {named}"
    if of_a_case and page.offered:
        yield f"a browser keeps what is typed into {sorted(set(page.offered))}"


class Meanwhile:
    """Lines of the trail, and messages, that were written since this was made."""

    def __init__(self) -> None:
        self.event = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.messages = list(Message.objects.values_list("pk", flat=True))

    def tells(self) -> Iterator[str]:
        for event in AuditEvent.objects.filter(pk__gt=self.event):
            if named := marks.found(f"{event.details} {event.subject_id} {event.about}"):
                yield f"the trail's {event.verb} tells of the {named}"
        for message in Message.objects.exclude(pk__in=self.messages).select_related("recipient"):
            if named := told_by(message):
                yield f"the e-mail {message.kind} tells of the {named}"


def told_by(message: Message) -> list[str]:
    """As bytes on their way, and every part of them decoded."""
    sent = mime.write(message)
    return sorted({name for part in parts_of(sent) for name in marks.found(part)})


def parts_of(sent: bytes) -> Iterator[bytes]:
    yield sent
    for part in email.message_from_bytes(sent, policy=default).walk():
        yield str(part.items()).encode()
        if not part.is_multipart():
            yield part.get_payload(decode=True) or b""
