"""How does a person work who has a keyboard and nothing else? Tab by Tab, with arrows, Space and Enter."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.somebody import PASSWORD, PATIENCE, Somebody

FARTHEST = 400  # presses of Tab; a long form has some two hundred stops
MOST_ANSWERS = 60  # to one question

# Where the focus must go: nothing to do, on or back. The answers of one question are one stop.
WAY = """wanted => {
  const at = document.activeElement;
  const radio = at.type === "radio" && wanted.type === "radio";
  if (at === wanted || (radio && at.name === wanted.name && at.form === wanted.form)) return 0;
  if (at === document.body) return 1;
  return at.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""
# Whoever has no mouse must see where they are: nothing may lie over what has the focus.
HIDDEN = """() => {
  const at = document.activeElement;
  const shown = at.labels?.length && at.matches("[type=radio], [type=checkbox]") ? at.labels[0] : at;
  const box = shown.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
  const seen = document.elementFromPoint(x, y);
  const related = seen && (shown.contains(seen) || seen.contains(at) || at.contains(seen));
  const over = seen ? seen.outerHTML.slice(0, 80) : "the edge";
  return related ? "" : `${at.outerHTML.slice(0, 120)} under ${over}`;
}"""


def tab_to(page: Page, wanted: Locator, farthest: int = FARTHEST) -> None:
    """Forwards or back. The stop must be seen when it is reached."""
    for _ in range(farthest):
        way = wanted.evaluate(WAY)
        if way == 0:
            return _the_focus_is_seen(page)
        page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
    raise AssertionError(f"{farthest} presses of Tab do not lead there: {wanted}")


def _the_focus_is_seen(page: Page) -> None:
    """As soon as the page has scrolled there, which is not at once."""
    deadline = time.monotonic() + PATIENCE / 1000
    while over := page.evaluate(HIDDEN):
        assert time.monotonic() < deadline, f"the focus cannot be seen: {over}"


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def sign_in(page: Page, address: str) -> None:
    tab_to(page, page.get_by_label("E-mail"))
    page.keyboard.type(address)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


class Keys:
    """The hands of `fill` without a pointer."""

    def ticks(self, box: Locator, on: bool = True) -> None:
        tab_to(box.page, box)
        if box.is_checked() != on:
            box.page.keyboard.press("Space")
        expect(box).to_be_checked(checked=on)

    def chooses(self, answer: Locator) -> None:
        """Into the question by Tab, to the answer by the arrow; Space where it is the first one."""
        page = answer.page
        tab_to(page, answer)
        _press_until(page, "ArrowRight", lambda: answer.evaluate("one => one === document.activeElement"))
        if not answer.is_checked():
            page.keyboard.press("Space")
        expect(answer).to_be_checked()

    def selects(self, listed: Locator, option: str) -> None:
        tab_to(listed.page, listed)
        chosen = "list => list.selectedOptions[0].label"
        _press_until(listed.page, "ArrowDown", lambda: listed.evaluate(chosen) == option)

    def types(self, field: Locator, text: str) -> None:
        tab_to(field.page, field)
        if field.get_attribute("type") == "date":
            self._types_day(field, text)
        else:
            field.page.keyboard.press("Control+a")
            field.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def _types_day(self, field: Locator, text: str) -> None:
        """A browser lays the field out in its own language: the month may come first."""
        year, month, day = text.split("-")
        for written in (f"{day}{month}{year}", f"{month}{day}{year}"):
            for _ in range(2):
                field.page.keyboard.press("ArrowLeft")
            field.page.keyboard.type(written)
            if field.input_value() == text:
                return

    def unfolds(self, summary: Locator) -> None:
        press(summary.page, summary)


KEYS = Keys()


def _press_until(page: Page, key: str, done: Callable[[], bool]) -> None:
    for _ in range(MOST_ANSWERS):
        if done():
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST_ANSWERS} presses of {key} do not lead to the answer")


def unfold_all(where: Locator) -> None:
    """One after the other: what is folded within another can be reached once that is open."""
    folded = where.locator("details:not([open]) > summary").locator("visible=true")
    unfolded = where.locator("details[open]")
    while folded.count():
        before = unfolded.count()
        press(where.page, folded.first)
        expect(unfolded).to_have_count(before + 1)


def sign(somebody: Somebody) -> None:
    press(somebody.page, somebody.page.get_by_role("button", name="Sign input"))
    somebody.sees(re.compile("is signed"))
    somebody.looks()
