"""Who looks past the seats of a person, and why? Nobody who does not stand here."""

import ast
from collections import Counter

from tests.guards.source import calls, modules

OFFICERS = "privacy officers oversee who looked at what, in their own hospital"
# Module: how often, and why.
LOOKS_ACROSS = {
    "cases/queries/emergency.py": (1, "an emergency opens a case that is not the person's to see"),
    "cases/queries/intake.py": (1, "an imported patient may be known to another board"),
    "cases/queries/trail_review.py": (5, OFFICERS),
    "cases/queries/unusual.py": (1, OFFICERS),
    "cases/services/case.py": (1, "a board works on a patient once, whoever referred them"),
    "cases/services/intake/storing.py": (1, "an imported patient may be known to another board"),
    "cases/services/patient.py": (2, "one person is one record; who relies on it is asked, not shown"),
}
# Processes that serve no pages, and say so once.
ALWAYS = {"tumorboard/celery.py", "tumorboard/embedded/prepare.py"}


def uses(name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for path, tree in modules("cases", "tumorboard"):
        for call in calls(tree):
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            found[path] += called == name
    return +found


def test_every_look_across_boards_is_known_with_its_reason():
    known = {path: times for path, (times, why) in LOOKS_ACROSS.items() if why}
    assert dict(uses("as_system")) == known


def test_only_processes_without_pages_are_the_system():
    assert set(uses("this_process_is_the_system")) == ALWAYS
