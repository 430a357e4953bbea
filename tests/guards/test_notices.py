"""Does every sort of e-mail have its words, twice the same, and an example? Is it fit to be sent?"""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.utils import timezone

from cases.notices import _render
from cases.notices.kinds import KINDS
from cases.notices.samples import SAMPLES
from tests.factories import board, person
from tests.guards.source import ROOT
from tumorboard.notifications import digest, mime

pytestmark = pytest.mark.django_db

NOTICES = ROOT / "templates" / "notices"
ADDRESS = re.compile(r"https?://[^\s\"<>]+")


def of_a_kind(suffix: str) -> set[str]:
    return {path.name.removesuffix(suffix) for path in NOTICES.glob(f"[!_]*{suffix}")}


def test_every_kind_has_words_twice_and_an_example_and_nothing_is_left_over():
    assert of_a_kind(".txt") == set(KINDS)
    assert of_a_kind(".html") == set(KINDS)
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_says_when_and_to_whom(kind):
    assert KINDS[kind].when, kind
    assert KINDS[kind].why.startswith("You get this e-mail because ")


def shown(html: str) -> str:
    """The words of the HTML as a person reads them, without the addresses."""
    bare = re.sub(r"<[^>]+>", " ", ADDRESS.sub(" ", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)))
    return re.sub(r"\s+", " ", unescape(bare)).strip()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_example_is_fit_to_be_sent(kind):
    here, recipient = board(name="Liver & bile <board>", hospital="St Elsewhere"), person()

    message = SAMPLES[kind](here, recipient)

    assert (message.kind, message.recipient, message.scope) == (kind, recipient, here.scope)
    assert 0 < len(message.title) <= 120, message.title
    assert message.text.startswith(f"Dear {recipient},\n\n")
    assert message.text.count(_render.SIGNATURE) == 1
    assert "\n\n\n" not in message.text
    assert not re.search(r"\{[{%]|&amp;|&#|None", message.text), message.text
    assert message.html.count("<!--words-->") == message.html.count("<!--/words-->") == 1
    assert re.findall(r"<(script|img|link|form|iframe|object)\b| on\w+=", message.html) == []
    assert KINDS[kind].why in message.text
    assert "/settings/mail/" in message.text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_text_and_html_lead_to_the_same_places(kind):
    message = SAMPLES[kind](board(), person())

    in_html = {unescape(address) for address in ADDRESS.findall(message.html)}
    assert set(ADDRESS.findall(message.text)) == in_html
    assert set(ADDRESS.findall(_render.words_of(message.text))) == {
        unescape(address) for address in ADDRESS.findall(_render.html_words_of(message.html))
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_text_and_html_say_the_same(kind):
    """Every word of the plain text's own part stands in the HTML, in whatever order."""
    message = SAMPLES[kind](board(), person())

    said = ADDRESS.sub(" ", _render.words_of(message.text))
    words = set(re.findall(r"[\w’]+", said))
    assert words - set(re.findall(r"[\w’]+", shown(_render.html_words_of(message.html)))) <= {"Answer"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_line_of_the_e_mail_is_longer_than_smtp_allows(kind):
    """RFC 5321, section 4.5.3.1.6: a thousand octets with the line's end."""
    message = SAMPLES[kind](board(), person())

    sent = mime.write(as_row(message))

    assert max(len(line) for line in sent.split(b"\r\n")) <= 998


def as_row(message):
    parcels = [
        SimpleNamespace(
            position=n, name=one.name, mime=one.mime, attachment=SimpleNamespace(content=one.content)
        )
        for n, one in enumerate(message.attachments)
    ]
    return SimpleNamespace(
        pk="1",
        recipient=message.recipient,
        title=message.title,
        text=message.text,
        html=message.html,
        message_id=message.message_id,
        created_at=timezone.now(),
        enclosures=SimpleNamespace(all=lambda: parcels),
    )


def test_long_names_do_not_make_a_title_that_an_inbox_cuts_off():
    here = board(name="B" * 120)

    titles = {kind: SAMPLES[kind](here, person()).title for kind in KINDS}

    assert {kind: title for kind, title in titles.items() if len(title) > 120} == {}


def test_whoever_stands_in_is_told_so_first_and_gets_every_link():
    here, owner, deputy = board(), person(), person(family_name="Stand-In")
    first = SAMPLES["action.handed_over"](here, owner)
    opening = "You stand in for Dr Ada Example until 12-Dec-2026."

    told = _render.for_deputy(first, deputy=deputy, opening=opening)

    assert told.recipient == deputy
    assert told.text.startswith(f"Dear {deputy},\n\n{opening}\n\n")
    assert opening in _render.html_words_of(told.html)
    assert str(owner) not in told.text + told.html
    assert "because you stand in" in told.text
    assert "because you stand in" in told.html
    assert "gave you something to do" not in told.text + told.html
    assert set(ADDRESS.findall(told.text)) == set(ADDRESS.findall(first.text))


def test_a_summary_has_its_own_heading_and_every_link_of_its_parts():
    here, recipient = board(), person()
    parts = [SAMPLES[kind](here, recipient) for kind in ("action.handed_over", "meeting.invited")]

    html = digest.html_of([(part.title, part.html) for part in parts])
    text = digest.text_of([(part.title, part.text) for part in parts])

    assert "2 messages: " in html.partition("<h1")[2].partition("</h1>")[0]
    assert unescape(html).count("; ".join(part.title for part in parts)) == 1, "beside the subject"
    assert html.count("<h1") == html.count("</html>") == 1
    links = {address for part in parts for address in ADDRESS.findall(part.text)}
    assert {unescape(address) for address in ADDRESS.findall(html)} == links
    assert set(ADDRESS.findall(text)) == links


def test_numbers_and_dates_are_not_broken_and_addresses_not_touched():
    address = '<a href="http://x/LT-26-0042">http://x/LT-26-0042</a>'

    whole = _render.unbroken(f"<title>LT-26-0042</title><h1>LT-26-0042, 25-Nov-2026</h1>{address}")

    assert whole.count("nowrap") == 2
    assert whole.endswith(address)
