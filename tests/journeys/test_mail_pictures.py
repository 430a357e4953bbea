"""Does every sort of e-mail fit a phone and a wide window? With PICTURES=1 all are kept on three sheets."""

import os
from html import escape

import pytest

from cases.notices.samples import SAMPLES
from tests.factories import board, person
from tests.journeys.test_pictures import PICTURES
from tumorboard.notifications.outbox import Entry

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

WINDOWS = {"wide": (640, 760), "phone": (390, 760)}
COLUMNS = 6
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def mails() -> dict[str, Entry]:
    sits = board(name="Liver Tumour Board", hospital="North Riding University Hospital")
    reader = person(title="Dr", given_name="Kofi", family_name="Adeyemi")
    return {kind: sample(sits, reader) for kind, sample in sorted(SAMPLES.items())}


@pytest.mark.parametrize("window", WINDOWS)
def test_every_sort_fits(mails, new_context, window):
    width, height = WINDOWS[window]
    page = new_context(viewport={"width": width, "height": height}).new_page()
    wide = {}
    for kind, mail in mails.items():
        page.set_content(mail.html)
        wide[kind] = page.evaluate(TOO_WIDE)

    assert {kind: px for kind, px in wide.items() if px > 0} == {}
    frames = [
        f'<iframe width="{width}" height="{height}" srcdoc="{escape(mail.html)}"></iframe>'
        for mail in mails.values()
    ]
    keep_sheet(new_context, f"mails-{window}", frames, width)


def test_every_sort_is_whole_as_plain_text(mails, new_context):
    assert all(max(map(len, mail.text.splitlines())) <= 998 for mail in mails.values())  # RFC 5322, 2.1.1
    texts = [f'<pre style="width:620px">{escape(mail.text)}</pre>' for mail in mails.values()]
    keep_sheet(new_context, "mails-text", texts, 640)


def keep_sheet(new_context, name: str, parts: list[str], width: int) -> None:
    if "PICTURES" not in os.environ:
        return
    page = new_context(
        viewport={"width": COLUMNS * (width + 16), "height": 800}, device_scale_factor=0.5
    ).new_page()
    style = f"display:grid;grid-template-columns:repeat({COLUMNS},{width}px);gap:12px;font:16px sans-serif"
    page.set_content(f'<body style="{style}">{"".join(parts)}</body>')
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
