"""Which outputs may name the marked patient, to whom, and why? `tests/guards/canary.txt`, written by hand."""

from functools import cache

from tests.guards.source import ROOT

TABLE = ROOT / "tests" / "guards" / "canary.txt"
NOBODY = "-"


@cache
def table() -> dict[str, tuple[str, ...]]:
    """By output: what its line says, but for the reason."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    split = [line.partition("  # ") for line in lines if line.strip() and not line.startswith("#")]
    assert all(why.strip() for _, _, why in split), "Each line says why"
    rows = [said.split() for said, _, _ in split]
    assert len({name for name, *_ in rows}) == len(rows), "Each output has one line"
    return {name: tuple(rest) for name, *rest in rows}


def those(kind: str) -> set[str]:
    """All listed outputs of a kind, such as `stored`, without it."""
    return {name.partition("=")[2] for name in table() if name.startswith(f"{kind}=")}


def readers(name: str, method: str) -> str:
    """The letters of those to whom the answer names the patient."""
    said = table().get(name, (NOBODY, NOBODY))
    return said[0 if method == "GET" else 1].replace(NOBODY, "")
