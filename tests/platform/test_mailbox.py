"""Does the demonstration catch its mail, show it, and keep it out of real installations?"""

import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from tumorboard.embedded.ports import is_free
from tumorboard.mailbox.letters import letters

ROOT = Path(__file__).resolve().parents[2]
ENTRY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def invitation():
    message = EmailMessage()
    message["From"], message["To"] = "board@example.org", "dr.duarte@example.org"
    message["Subject"] = "Meeting on 24 November"
    message["Date"] = "Sun, 22 Nov 2026 14:03:00 +0000"
    message.set_content("The agenda is out: http://localhost:8000/meetings/1/")
    message.add_alternative("<p>The agenda is <script>alert(1)</script>out</p>", subtype="html")
    message.add_attachment(ENTRY, maintype="text", subtype="calendar", filename='a"genda.ics')
    return message


@pytest.fixture
def catcher(tmp_path):
    port, folder = is_free(0), tmp_path / "mail"
    command = [sys.executable, "-m", "tumorboard.mailbox.catcher", str(port), str(folder)]
    process = subprocess.Popen(command, cwd=ROOT)
    yield port, folder
    process.terminate()
    assert process.wait(20) == 0


def send(port, message):
    deadline = time.monotonic() + 20
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", port) as relay:
                return relay.send_message(message)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture
def mail(catcher, settings):
    port, folder = catcher
    send(port, invitation())
    settings.MAILBOX = folder
    return letters(folder)


def test_a_caught_letter_is_whole(mail):
    [letter] = mail
    assert (letter.to, letter.title) == ("dr.duarte@example.org", "Meeting on 24 November")
    assert letter.text.startswith("The agenda is out")
    assert [(part.name, part.mime, part.content) for part in letter.enclosures] == [
        ('a"genda.ics', "text/calendar", ENTRY)
    ]


@pytest.mark.urls("tests.platform.urls_with_faults")
@pytest.mark.django_db
class TestPages:
    def test_the_list_names_it_and_can_be_narrowed(self, mail, client):
        assert b"Meeting on 24 November" in client.get("/mailbox/").content
        assert b"Meeting on 24 November" in client.get("/mailbox/", {"to": "duarte"}).content
        assert b"Meeting on 24 November" not in client.get("/mailbox/", {"to": "nobody"}).content

    def test_a_letter_never_runs_as_a_page(self, mail, client):
        page = client.get(f"/mailbox/{mail[0].key}/").content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_an_attachment_is_a_download(self, mail, client):
        response = client.get(f"/mailbox/{mail[0].key}/1/")
        assert response.content == ENTRY
        assert response["Content-Disposition"] == 'attachment; filename="a-genda.ics"'

    @pytest.mark.parametrize("key", ["nothing", "..", "../../etc/passwd"])
    def test_there_is_nothing_else_to_read(self, mail, client, key):
        assert client.get(f"/mailbox/{key}/").status_code == 404
        assert client.get(f"/mailbox/{mail[0].key}/2/").status_code == 404


def test_outside_a_demonstration_there_is_no_mailbox(client, db):
    assert client.get("/mailbox/").status_code == 404
