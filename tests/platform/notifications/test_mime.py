"""A file that hundreds get is encoded once: does each still get their own, whole and under its name?"""

import email
import email.policy

import pytest

from tumorboard.notifications import mime, outbox

pytestmark = pytest.mark.django_db


def files_of(message) -> list[tuple]:
    read = email.message_from_bytes(mime.write(message), policy=email.policy.default)
    assert read.get_body(("plain",)) is not None
    assert not read.defects
    return [
        (part.get_content_type(), part.get_filename(), part.get_payload(decode=True))
        for part in read.iter_attachments()
    ]


def agenda(content: bytes, name: str = "agenda.pdf") -> outbox.Parcel:
    return outbox.Parcel(name, "application/pdf", content)


def entry(content: bytes) -> outbox.Parcel:
    return outbox.Parcel("entry.ics", "text/calendar; method=REQUEST; charset=utf-8", content)


def test_the_same_agenda_goes_with_each_ones_own_calendar_entry(owe):
    pdf = bytes(range(256)) * 200
    for number in range(3 * mime.FILES_KEPT):
        own = f"BEGIN:VCALENDAR é {number}".encode()
        message = owe(about=f"meeting:{number}", html="<p>é</p>", attachments=[agenda(pdf), entry(own)])
        assert files_of(message) == [
            ("application/pdf", "agenda.pdf", pdf),
            ("text/calendar", "entry.ics", own),
        ]


def test_another_content_under_the_same_name_and_the_same_content_under_another(owe):
    for number, (content, name) in enumerate([(b"one", "a.pdf"), (b"two", "a.pdf"), (b"one", "agénda.pdf")]):
        message = owe(about=f"meeting:{number}", attachments=[agenda(content, name)])
        assert files_of(message) == [("application/pdf", name, content)]


def test_what_is_very_large_is_not_kept(owe, monkeypatch):
    monkeypatch.setattr(mime, "LARGEST_KEPT", 10)
    kept = mime._kept.cache_info().currsize
    assert files_of(owe(attachments=[agenda(b"x" * 11)])) == [("application/pdf", "agenda.pdf", b"x" * 11)]
    assert mime._kept.cache_info().currsize == kept


@pytest.mark.parametrize("title", ["Agenda\nBcc: all@example.org", "Agenda\r\nBcc: all@example.org"])
def test_a_title_of_two_lines_is_no_title_however_often_it_is_tried(owe, title):
    message = owe(title=title)
    for _ in range(2):
        with pytest.raises(mime.NotAnEmailError):
            mime.write(message)
