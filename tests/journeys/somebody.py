"""Who sits before the browser? One person with a browser of their own, who looks at every page in full."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Locator, Page, expect

PASSWORD = "correct horse battery"
PATIENCE = 15_000  # ms; a machine that runs other tests too is slow
REFUSED_FORM = re.compile(r"status of (422|409)")  # the browser's own line about an answer that we mean
REPLACED = re.compile(r"^htmx:(sendAbort|afterRequest)\b")  # a request that a newer one made needless
# What a page is made of, without its words: each element with its classes, its accessibility and its parent.
SHAPES = """() => {
  const kind = (one) => [one.tagName, one.className?.baseVal ?? one.className, one.getAttribute("role"),
    one.getAttribute("type"), one.hidden, one.disabled,
    [...one.attributes].map((each) => each.name).filter((name) => name.startsWith("aria-")).join()].join("|");
  return [...new Set([...document.body.querySelectorAll("*")].map(
    (one) => kind(one) + " in " + kind(one.parentElement)))];
}"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

Words = str | re.Pattern

expect.set_options(timeout=PATIENCE)


class Somebody:
    """`found` collects what is wrong with any page: axe's findings, script errors, a broken content policy.

    `seen` is what axe has looked at already, shared by everybody: it looks again only where something is new.
    """

    def __init__(self, user, page: Page, site: str, *, device: dict, seen: set):
        self.user, self.page, self.site, self.device = user, page, site, device
        self.seen = seen
        self.found: list[str] = []
        self.status = 0
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"{self.place}: {error}"))
        page.on("response", self._note_status)

    def _hear(self, message) -> None:
        meant = REFUSED_FORM.search(message.text) or REPLACED.search(message.text)
        if message.type == "error" and not meant:
            self.found.append(f"{self.place}: {message.text}")

    def _note_status(self, response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status

    @property
    def place(self) -> str:
        return urlsplit(self.page.url).path

    # -- coming to a page ---------------------------------------------------------------------------------

    def opens(self, address: str) -> None:
        """By its address, or by a link out of an e-mail."""
        self.page.goto(self.site + address.removeprefix(self.site))
        self.looks()

    def signs_in(self, at: str = "/") -> None:
        """Wherever they want to go, the sign-in page comes first and then leads there."""
        self.opens(at)
        expect(self.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
        self.types("E-mail", self.user.email)
        self.types("Password", PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == at)
        self.looks()

    def arrives(self, at: str = "/") -> None:
        """Signed in already, as somebody whose day began an hour ago."""
        client = Client()
        # With the password that they have by now.
        client.force_login(get_user_model().objects.get(pk=self.user.pk))
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.site}
        self.page.context.add_cookies([cookie])
        self.opens(at)

    def leaves(self) -> None:
        """Ends their browser, which would keep threads and connections of the server for itself."""
        self.page.context.close()

    def follows(self, link: Words) -> None:
        before = self.page.url
        self.page.get_by_role("link", name=link).first.click()
        expect(self.page).not_to_have_url(before)
        self.looks()

    def presses(self, button: Words, *, then: Words) -> None:
        self.page.get_by_role("button", name=button).first.click()
        self.sees(then)
        self.looks()

    def downloads(self, link: Words) -> bytes:
        """What the link leads to, fetched with this person's session."""
        address = self.page.get_by_role("link", name=link).get_attribute("href")
        answer = self.page.request.get(self.site + address)
        assert answer.ok, answer.status
        return answer.body()

    def looks(self) -> None:
        """For what sticks out sideways; and as axe does, wherever a page has anything not yet looked at."""
        self.page.wait_for_load_state()
        if (wide := self.page.evaluate(TOO_WIDE)) > 0:
            self.found.append(f"{self.place}: {wide} px wider than the window, {self.device}")
        device = str(self.device)
        page = re.sub(r"[0-9a-f-]{36}|\d+", "*", self.place)
        shapes = {(device, page), *((device, shape) for shape in self.page.evaluate(SHAPES))}
        if shapes <= self.seen:
            return
        self.seen |= shapes
        for rule in Axe().run(self.page).response["violations"]:
            self.found += [f"{self.place}: {rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]

    # -- reading and writing ------------------------------------------------------------------------------

    def sees(self, text: Words) -> None:
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def types(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.field(label, within).fill(text)

    def selects(self, label: str, option: str, *, within: Locator | None = None) -> None:
        self.field(label, within).select_option(label=option)

    def chooses(self, question: str, answer: str, *, within: Locator | None = None) -> None:
        """One of the answers that stand side by side under a question."""
        group = (within or self.page).get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
        group.get_by_label(answer, exact=True).check()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_label(re.compile(f"^{re.escape(label)}")).first
