"""Which addresses and forms does each person come upon, one of each sort?

A thousand cases are one page to a scanner. Addresses that differ in an id alone are of one sort, and of each
sort the first two are kept, with the parameters and forms that stand there.
"""

import re
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .target import Person

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b|[\w-]{20,}(:[\w-]+)*")
# These end the session, the second step, or the person; or they stay open.
ENDS = re.compile(
    r"sign-out|/logout|/password|sessions/|session/|second-step|passkeys|/room/leave|/live/|^/static|\.(css|js|svg|png|woff2)$"
)
TEXTUAL = {"text", "search", "hidden", "number", "date", "time", "email", "url", "password", ""}
PER_SORT = 2
MOST = 300  # pages a person


@dataclass(frozen=True)
class Form:
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]

    @property
    def sort(self) -> tuple:
        return (
            IDS.sub("{}", self.action),
            self.method,
            tuple(IDS.sub("{}", name) for name, _ in self.fields),
        )


@dataclass
class Walk:
    person: Person
    pages: dict[str, list[str]] = field(default_factory=dict)  # sort -> addresses
    forms: dict[tuple, Form] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        return [one for several in self.pages.values() for one in several]

    @property
    def asked(self) -> list[str]:
        """One address with parameters for each set of their names."""
        found: dict[tuple, str] = {}
        for one in self.addresses:
            path, _, query = one.partition("?")
            if query:
                names = tuple(name for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True))
                found.setdefault((IDS.sub("{}", path), names), one)
        for form in self.forms.values():
            if form.method == "GET":
                address = f"{form.action}?{urllib.parse.urlencode(form.fields)}"
                found.setdefault(form.sort, address)
        return list(found.values())


class _Page(HTMLParser):
    def __init__(self, here: str, html: str):
        super().__init__()
        self.here = here
        self.links: dict[str, None] = {}
        self.forms: list[Form] = []
        self._open: tuple[str, str, list[tuple[str, str]]] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        said = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get", "src"):
            if name in said and tag in ("a", "button", "div", "section", "form", "img", "tr", "input", "li"):
                self._link(said[name])
        if tag == "form":
            self._open = (said.get("action") or self.here, said.get("method", "get").upper(), [])
        elif self._open and tag in ("input", "textarea", "select") and said.get("name"):
            if said.get("type", "") in TEXTUAL or tag != "input" or "checked" in said:
                self._open[2].append((said["name"], said.get("value", "")))
        elif self._open and tag == "button" and said.get("name"):
            self._open[2].append((said["name"], said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._open:
            action, method, fields = self._open
            self.forms.append(Form(urllib.parse.urljoin(self.here, action), method, tuple(fields)))
            self._open = None

    def _link(self, address: str) -> None:
        path = urllib.parse.urljoin(self.here, address).partition("#")[0]
        if path.startswith("/") and not ENDS.search(path.partition("?")[0]):
            self.links[path] = None


def sort_of(path: str) -> str:
    place, _, query = path.partition("?")
    names = sorted({name for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True)})
    return f"{IDS.sub('{}', place)}?{'&'.join(names)}" if names else IDS.sub("{}", place)


def walk(person: Person, start: str = "/") -> Walk:
    found, waiting, seen = Walk(person), [start], {start}
    asked = 0
    while waiting and asked < MOST:
        path = waiting.pop(0)
        sort = sort_of(path)
        if len(found.pages.get(sort, ())) >= PER_SORT:
            continue
        asked += 1
        status, _, html = person.ask(path)
        found.pages.setdefault(sort, []).append(path)
        if status >= 500:
            found.failed.append(f"{status} {path}")
        page = _Page(path.partition("?")[0], html)
        for form in page.forms:
            if not ENDS.search(form.action):
                found.forms.setdefault(form.sort, form)
        for link in page.links:
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return found
