"""Where around an answer is nobody named, whoever asked? In what browsers, proxies and logs keep of it."""

import email
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default

from django.conf import settings
from django.http import HttpResponseBase

from tests.canary import marks
from tumorboard.audit.models import AuditEvent
from tumorboard.logs import JsonLines
from tumorboard.notifications import mime
from tumorboard.notifications.models import Message

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
ADDRESS = re.compile(r'\s(?:href|src|action|hx-get|hx-post|data-[a-z-]*(?:url|late|saying))="([^"]*)"')
TAG = re.compile(r"<(/form|form|textarea|input)\b([^>]*)>")
NO_LINE = re.compile(r'type="(?:hidden|checkbox|radio|submit|button|file|password|color|range)"')


def offered_again(page: str) -> list[str]:
    """Fields whose text a browser would keep, and offer to whoever fills the next form."""
    found, quiet = [], False
    for tag, said in TAG.findall(page):
        if tag in ("form", "/form"):
            quiet = 'autocomplete="off"' in said
        elif not quiet and "autocomplete=" not in said and not NO_LINE.search(said):
            found += re.findall(r'\sname="([^"]*)"', said)
    return sorted(set(found))


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
    page = content.decode()
    if of_a_case and (kept := offered_again(page)):
        yield f"a browser keeps what is typed into {kept}"
    if not marks.found(content):
        return
    if named := marks.found("\n".join(TITLE.findall(page))):
        yield f"the title tells of the {named}"
    if named := marks.found("\n".join(ADDRESS.findall(page))):
        yield f"an address tells of the {named}"


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
