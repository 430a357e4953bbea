"""What does the page of a case say of its scores and rules, and where do they lead?"""

import re
from collections.abc import Iterable, Mapping

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from cases.models import Case
from tests.journeys.somebody import Somebody, Words

STATES = {"met": "Met", "unmet": "Not met", "unknown": "Not known"}


def card(page: Page, title: str) -> Locator:
    """A section of the page by its heading."""
    return page.get_by_role("region", name=title, exact=True)


def flag(page: Page, title: str) -> Locator:
    """One published rule: the part of the card that its heading belongs to."""
    heading = page.get_by_role("heading", name=title, exact=True)
    return card(page, "Published rules").locator("div").filter(has=heading).last


def then_the_rule_says(
    page: Page,
    title: str,
    sentence: Words,
    *,
    met: int,
    unmet: Iterable[str] = (),
    unknown: Iterable[str] = (),
) -> Locator:
    """The sentence, and each item under its heading: so many met, exactly these not met or not known."""
    one = flag(page, title)
    expect(one.get_by_text(sentence)).to_be_visible()
    unmet, unknown = list(unmet), list(unknown)
    one.get_by_text(f"{met} met, {len(unmet)} not met, {len(unknown)} not known", exact=True).click()
    then_its_items_are(one, unmet=unmet, unknown=unknown)
    return one


def then_its_items_are(one: Locator, *, unmet: list[str], unknown: list[str]) -> None:
    for state, words in (("Not met", unmet), ("Not known", unknown)):
        items = one.get_by_role("listitem").filter(has_text=re.compile(f"^{state}: "))
        expect(items).to_have_count(len(words))
        for place, expected in enumerate(words):
            expect(items.nth(place)).to_contain_text(expected)


def then_the_scores_say(page: Page, expected: Mapping[str, Words]) -> None:
    """Each by its title: its value and what it means, as they stand in the list."""
    unfold_all(card(page, "Scores"))
    for title, words in expected.items():
        line = score_line(page, title)
        expect(line).to_contain_text(words, use_inner_text=True)


def then_it_is_computed(page: Page, expected: Mapping[str, Words]) -> None:
    """Beside a form, from what is typed and not signed yet."""
    for title, words in expected.items():
        link = page.get_by_role("link", name=title, exact=True)
        line = card(page, "Computed as you type").get_by_role("listitem").filter(has=link)
        expect(line).to_contain_text(words, use_inner_text=True)


def score_line(page: Page, title: str) -> Locator:
    link = page.get_by_role("link", name=title, exact=True)
    return card(page, "Scores").get_by_role("listitem").filter(has=link).first


def unfold_all(where: Locator) -> None:
    for summary in where.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


def then_every_score_and_rule_opens(somebody: Somebody, case: Case) -> list[str]:
    """From the case to each page and its inputs and source; returns the addresses."""
    page = somebody.page
    somebody.opens(reverse("cases:case", args=[case.pk]))
    prefix = reverse("cases:score", args=[case.pk, "x"]).removesuffix("x/")
    links = page.locator(f'a[href^="{prefix}"]')
    pages = {link.get_attribute("href"): link.text_content() for link in links.all()}
    assert pages, "no score is shown"
    for address, title in pages.items():
        somebody.opens(address)
        assert somebody.status == 200, address
        expect(page.get_by_role("heading", level=1)).to_contain_text(title.split(",")[0].strip())
        expect(card(page, "Source")).to_be_visible()
        told = page.get_by_role("region", name=re.compile("^(Result|What the rule says)"))
        expect(told.first).to_be_visible()
    return list(pages)


def then_its_inputs_are(somebody: Somebody, case: Case, score: str, inputs: dict[str, Words]) -> None:
    """On the page of one score: what it is made of."""
    somebody.opens(reverse("cases:score", args=[case.pk, score]))
    table = somebody.page.get_by_role("table", name="What it is made of").first
    for name, value in inputs.items():
        row = table.get_by_role("row").filter(
            has=somebody.page.get_by_role("rowheader", name=name, exact=True)
        )
        expect(row).to_contain_text(value)
