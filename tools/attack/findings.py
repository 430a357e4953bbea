"""What was found, what of it is argued away, and what is left?

Every tool's finding becomes one of these, with a level. What is above informational counts, unless
`argued.toml` names it with a reason. An argument that no longer meets a finding is told, so that none is left
lying about.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

ARGUED = Path(__file__).parent / "argued.toml"
TOLD, COUNTS = "informational", ("low", "medium", "high")


@dataclass(frozen=True)
class Finding:
    tool: str
    rule: str
    where: str
    words: str
    level: str = "medium"

    @property
    def counts(self) -> bool:
        return self.level in COUNTS


@dataclass(frozen=True)
class Argument:
    """Why findings of one rule, at places of one pattern, are no fault."""

    tool: str
    rule: str
    where: str
    reason: str
    words: str = "*"

    def meets(self, found: Finding) -> bool:
        pairs = (
            (found.tool, self.tool),
            (found.rule, self.rule),
            (found.where, self.where),
            (found.words, self.words),
        )
        return all(fnmatchcase(said, pattern) for said, pattern in pairs)


def arguments(file: Path = ARGUED) -> list[Argument]:
    found = [Argument(**one) for one in tomllib.loads(file.read_text(encoding="utf-8"))["argued"]]
    without = [one for one in found if len(one.reason) < 20]
    if without:
        raise SystemExit(f"{file}: a reason is missing for {without}")
    return found


@dataclass
class Outcome:
    """What is left after all arguments, and which of those met nothing."""

    found: list[Finding]
    known: list[Argument]
    ran: dict[str, str]  # tool -> what it did, or why it could not

    @property
    def open(self) -> list[Finding]:
        return [one for one in self.found if one.counts and not any(a.meets(one) for a in self.known)]

    @property
    def idle(self) -> list[Argument]:
        """Arguments for tools that ran, which nothing needs any more."""
        ran = [one for one in self.known if one.tool in self.ran]
        return [one for one in ran if not any(one.meets(found) for found in self.found)]

    def table(self) -> str:
        lines = [f"{'tool':<16}{'found':>7}{'told':>6}{'argued':>8}{'open':>6}  what it did"]
        still = Counter(one.tool for one in self.open)
        for tool, did in self.ran.items():
            mine = [one for one in self.found if one.tool == tool]
            counting = [one for one in mine if one.counts]
            argued = len(counting) - still[tool]
            told = len(mine) - len(counting)
            lines.append(f"{tool:<16}{len(mine):>7}{told:>6}{argued:>8}{still[tool]:>6}  {did}")
        return "\n".join(lines)


def lines(found: Iterable[Finding]) -> str:
    return "\n".join(
        f"{one.level:<8}{one.tool} {one.rule}\n        {one.where}: {one.words}" for one in found
    )
