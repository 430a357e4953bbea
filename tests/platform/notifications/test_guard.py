"""Does anything get round the outbox, or trust the broker with time or data?"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# A decision that nudges, and the clock.
MAY_PUBLISH = [ROOT / "tumorboard" / path for path in ("notifications/nudge.py", "health/beat.py")]
SOURCES = [path for package in ("tumorboard", "cases") for path in sorted((ROOT / package).rglob("*.py"))]

PUBLISHING = {"delay", "apply_async", "send_task"}
SENDING = {"send_mail", "send_mass_mail", "mail_admins", "mail_managers", "EmailMultiAlternatives"}
WAITING = {"countdown", "eta"}  # such messages wait in a worker's memory, and come again after an hour


def breaches(source: str, *, may_publish: bool = False) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        keywords = {keyword.arg for keyword in node.keywords}
        if (
            called == "crontab"  # twice or never in the night the clocks change
            or (called == "retry" and isinstance(node.func, ast.Attribute))
            or (called in PUBLISHING and not may_publish)
            or called in SENDING
            or keywords & WAITING
        ):
            found.append(f"line {node.lineno}: {ast.unparse(node)[:80]}")
    return found


def test_work_is_asked_for_in_one_place_and_waits_in_the_database():
    found = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := breaches(path.read_text(), may_publish=path in MAY_PUBLISH))
    }

    assert found == {}, "owe it by outbox.put(), with not_before when it should wait"


BAD = [
    "task.delay(1)",
    "task.apply_async()",
    "app.send_task('x')",
    "task.s(countdown=3)",
    "f(eta=now)",
    "self.retry()",
    "crontab(hour=7)",
    "send_mail('a', 'b', None, [])",
]


@pytest.mark.parametrize("bad", BAD)
def test_the_guard_sees(bad):
    assert breaches(bad)
