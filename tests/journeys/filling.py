"""How does a person fill a form? By what stands before each field, whatever kind of field it is."""

import base64
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.journeys.somebody import Somebody

Said = Mapping[str, Any]
SLICE = 1800  # px of the page in one picture, so that it can be read
VARIANTS = {"1366": (1366, "light"), "390": (390, "light"), "dark": (1366, "dark")}


class Pointer:
    """With a mouse for what is chosen, and keys for what is typed. Other hands have the same four methods."""

    def ticks(self, box: Locator, on: bool = True) -> None:
        box.set_checked(on)

    def chooses(self, answer: Locator) -> None:
        answer.check()

    def selects(self, listed: Locator, option: str) -> None:
        listed.select_option(label=option)

    def types(self, field: Locator, text: str) -> None:
        field.fill(text)

    def unfolds(self, summary: Locator) -> None:
        summary.click()


POINTER = Pointer()


def fill(somebody: Somebody, said: Said, *, within: Locator | None = None, hands: Any = POINTER) -> None:
    """`said` names each field by its label, in the order of the page.

    A text is typed, selected, or chosen of the answers side by side, as the field has it. A list ticks boxes
    of a group. True or False sets one box. A mapping is filled within the group of that name; a list of
    mappings within the first, second, ... group of that name.
    """
    for label, value in said.items():
        _fill_one(somebody, within or somebody.page.get_by_role("main"), label, value, hands)


def _fill_one(somebody: Somebody, where: Locator, label: str, value: Any, hands: Any) -> None:
    if isinstance(value, Mapping):
        value = [value]
    if _are_rows(value):
        for place, row in enumerate(value):
            one = row_of(where, label, place)
            _unfold(one, hands)
            fill(somebody, row, within=one, hands=hands)
    elif isinstance(value, bool):
        hands.ticks(where.get_by_role("checkbox", name=_whole(label)).first, value)
    elif isinstance(value, str):
        _answer(where, label, value, hands)
    else:
        for one in value:
            hands.ticks(group(where, label).get_by_role("checkbox", name=one, exact=True))


def _answer(where: Locator, label: str, value: str, hands: Any) -> None:
    answer = group(where, label).get_by_role("radio", name=value, exact=True)
    field = labelled(where, label)
    answer.or_(field).first.wait_for(state="attached")
    if answer.count():
        hands.chooses(answer)
    elif field.evaluate("field => field.tagName") == "SELECT":
        hands.selects(field, value)
    else:
        hands.types(field, value)


def group(where: Locator, label: str) -> Locator:
    """The innermost one of that name: a row of a table may bear the name of its only question."""
    return where.get_by_role("group", name=_whole(label)).last


def row_of(where: Locator, name: str, place: int = 0) -> Locator:
    """A group of fields alike; its name may go on, such as with the last size of a lesion."""
    return where.get_by_role("group", name=re.compile(rf"^{re.escape(name)}(?!\w)")).nth(place)


def labelled(where: Locator, label: str) -> Locator:
    """A field, not the card that may bear the same name."""
    fields = where.locator("input:not([type=radio], [type=checkbox]), select, textarea")
    return fields.and_(where.page.get_by_label(_whole(label))).first


def _whole(label: str) -> re.Pattern:
    """The label as it is read, perhaps with its unit and with the word that it is required."""
    return re.compile(rf"^\s*{re.escape(label)}(\s+in\s.+?)?\s*(required)?\s*$")


def _are_rows(value: Any) -> bool:
    return (
        isinstance(value, Iterable)
        and not isinstance(value, str)
        and all(isinstance(one, Mapping) for one in value)
    )


def _unfold(row: Locator, hands: Any) -> None:
    """What is folded away in a row is unfolded first, as a person does."""
    while (folded := row.locator("details:not([open]) > summary")).count():
        hands.unfolds(folded.first)


def sign(somebody: Somebody, opinion: str, confidence: str, reason: str, *, hands: Any = POINTER) -> None:
    """The opinion below the form, and the name under it."""
    said = {"Preferred option": opinion, "Confidence": confidence, "Reason": reason}
    fill(somebody, said, hands=hands)
    somebody.presses("Sign input", then=re.compile("is signed"))


def keep_picture(page: Page, name: str) -> None:
    """Of the whole page, for people to look at: wide, narrow and dark, where JOURNEY_PICTURES says."""
    if not (folder := os.environ.get("JOURNEY_PICTURES")):
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for variant, (width, scheme) in VARIANTS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("scrollTo(0, 0)")
        for number, picture in enumerate(_slices(page, width), start=1):
            (Path(folder) / f"{name}-{variant}-{number}.png").write_bytes(picture)
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")


def _slices(page: Page, width: int) -> Iterator[bytes]:
    """By the browser's own protocol: Playwright's picture adds a style, which our content policy refuses."""
    session = page.context.new_cdp_session(page)
    for top in range(0, page.evaluate("document.documentElement.scrollHeight"), SLICE):
        clip = {"x": 0, "y": top, "width": width, "height": SLICE, "scale": 1}
        shot = session.send("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        yield base64.b64decode(shot["data"])
