"""What do scanners find? `./dev attack` over the code, and against a demonstration of its own on loopback.

./dev attack                  everything; half an hour
./dev attack --seconds 20     so long for each kind of attack by each person (60)
./dev attack --only code      without a demonstration: bandit, semgrep, detect-secrets
./dev attack --only pages     wapiti, sqlmap and schemathesis
./dev attack --as chair,      as these people; who has no name is nobody
./dev attack --rules          whether each rule of ours finds the fault that was planted for it

What was found is kept in var/attack. It fails when something above informational is not in argued.toml.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable

from . import code, pages, planted
from .crawl import Walk, walk
from .findings import Finding, Outcome, arguments, lines
from .listener import listening
from .processes import REPORTS
from .target import Target, demonstration

PEOPLE = ("coordinator", "chair", "surgeon", "referrer", "")  # the last is nobody
CODE = {"bandit": code.bandit, "semgrep": code.semgrep, "detect-secrets": code.secrets}
Kept = dict[str, tuple[list[Finding], str]]


def timed(kept: Kept, tool: str, run: Callable[[], tuple[list[Finding], str]]) -> None:
    """What several people found with one tool is one line of the table."""
    began = time.monotonic()
    print(f"== {tool}", flush=True)
    found, did = run()
    print(f"   {len(found)} found, {did}, {time.monotonic() - began:.0f} s", flush=True)
    before, words = kept.get(tool, ([], ""))
    kept[tool] = ([*before, *found], f"{words}; {did}" if words else did)


def attack_code(kept: Kept) -> None:
    for tool, run in CODE.items():
        timed(kept, tool, run)


def attack_pages(kept: Kept, *, people: list[str], seconds: int, most: int) -> None:
    with demonstration() as target, listening() as door:
        for name in people:
            found = _walked(target, name, kept)
            timed(kept, "wapiti", lambda w=found: pages.wapiti(w, seconds=seconds, listener=door))  # type: ignore[misc]
            timed(kept, "sqlmap", lambda w=found: pages.sqlmap(w, most=most))  # type: ignore[misc]
        person = target.person("coordinator")
        timed(kept, "schemathesis", lambda: pages.schemathesis(person, seconds=seconds))
        kept["listener"] = (pages.fetched(door), f"{len(door.came_in)} came in")
        failed = pages.errors(target.log)
        kept["web.log"] = (failed, f"{len(failed)} kinds of errors of the application")
        shutil.copy2(target.log, REPORTS / "web.log")


def _walked(target: Target, name: str, kept: Kept) -> Walk:
    found = walk(target.person(name))
    failed = [Finding("crawl", "500", one, f"as {name or 'nobody'}", "high") for one in found.failed]
    did = f"{name or 'nobody'}: {len(found.addresses)} addresses, {len(found.forms)} forms"
    timed(kept, "crawl", lambda: (failed, did))
    return found


def main() -> int:
    said = _asked()
    REPORTS.mkdir(parents=True, exist_ok=True)
    if said.rules:
        return planted.check()
    kept: Kept = {}
    if said.only != "pages":
        attack_code(kept)
    if said.only != "code":
        attack_pages(kept, people=said.people.split(","), seconds=said.seconds, most=said.most)
    outcome = Outcome(
        [one for found, _ in kept.values() for one in found],
        arguments(),
        {tool: did for tool, (_, did) in kept.items()},
    )
    text = "\n\n".join(filter(None, (outcome.table(), lines(outcome.open), _idle(outcome))))
    (REPORTS / "summary.txt").write_text(text + "\n")
    print(f"\n{text}")
    return int(bool(outcome.open or outcome.idle))


def _idle(outcome: Outcome) -> str:
    return "\n".join(f"argued and no longer found: {one.tool} {one.rule} {one.where}" for one in outcome.idle)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("code", "pages"), default="")
    parser.add_argument(
        "--as", dest="people", default=",".join(PEOPLE), help="by comma; the empty one is nobody"
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument(
        "--most", type=int, default=200, help="addresses and forms that sqlmap tries a person"
    )
    parser.add_argument("--rules", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
