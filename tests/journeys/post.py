"""What was written to whom? E-mails as the server of the hospital received them."""

import email
import re
import time
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from urllib.parse import urlsplit

from icalendar import Calendar
from pypdf import PdfReader

from tests.journeys import patient


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@dataclass
class Mail:
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def recipient(self) -> str:
        return str(self.message["To"])

    @property
    def link(self) -> str:
        return re.search(r"https?://\S+", self.part("text/plain"))[0]

    @property
    def path(self) -> str:
        return urlsplit(self.link).path

    @property
    def attachments(self) -> list[EmailMessage]:
        return list(self.message.iter_attachments())

    @property
    def pdf(self) -> bytes:
        return self._first("application/pdf").get_content()

    @property
    def calendar(self) -> Calendar:
        return Calendar.from_ical(self._first("text/calendar").get_payload(decode=True))

    def part(self, kind: str) -> str:
        return self._first(kind).get_content()

    def _first(self, kind: str) -> EmailMessage:
        return next(part for part in self.message.walk() if part.get_content_type() == kind)

    @property
    def everything(self) -> str:
        """Headers, texts, names of files and all that they say, decoded."""
        said = [f"{name}: {value}" for part in self.message.walk() for name, value in part.items()]
        for part in self.message.walk():
            content = part.get_payload(decode=True) or b""
            is_pdf = part.get_content_type() == "application/pdf"
            said.append(text_of(content) if is_pdf else content.decode())
        return "\n".join(said)


class Post:
    """The hospital's mail server. Asking for a letter waits until it is there."""

    def __init__(self, sink):
        self.sink = sink

    @property
    def all(self) -> list[Mail]:
        return [Mail(email.message_from_bytes(one.content, policy=default)) for one in self.sink.messages]

    def to(self, reader, *, about: str, patience: float = 20) -> Mail:
        """The newest e-mail to this person whose subject says `about`."""
        deadline = time.monotonic() + patience
        while True:
            theirs = [mail for mail in self.all if reader.email in mail.recipient]
            found = [mail for mail in theirs if about in mail.subject]
            if found:
                return found[-1]
            subjects = [mail.subject for mail in theirs]
            assert time.monotonic() < deadline, f"no “{about}” for {reader.email}, only {subjects}"
            time.sleep(0.05)

    def names_no_patient(self) -> None:
        told = [
            (mail.subject, word)
            for mail in self.all
            for word in patient.IDENTITY
            if word.casefold() in mail.everything.casefold()
        ]
        assert self.all
        assert not told

    def came_once_each(self) -> None:
        times = Counter((mail.recipient, mail.subject) for mail in self.all)
        assert set(times.values()) == {1}, times
