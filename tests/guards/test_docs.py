"""Do the documents speak of things that exist?"""

import ast
import re
from pathlib import Path

import pytest

from cases.domain import automatic_notices, checklists, flag_words, scores
from cases.domain.suitability import LIMITS
from tests.guards.source import ROOT

OF_A_NOTICE = "Its wording and its limits."
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_test_that_holds_a_hazard_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/clinical-safety.md").read_text("utf-8"))
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text("utf-8")
    ]

    assert len(named) > 20
    assert not gone, "\n".join(gone)


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text("utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def _to_be_confirmed():
    """By the id under which a board confirms it: every score, notice and list that has an open point."""
    found = {one.id: one.to_confirm for one in scores.all_scores() if one.to_confirm}
    found |= {one.id: one.to_confirm for lists in checklists.OF_DISEASE.values() for one in lists}
    for module in (automatic_notices, flag_words):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
                is_open = any(one.arg == "to_confirm" for one in node.keywords)
                found |= {node.args[0].value: OF_A_NOTICE} if is_open else {}
    return found | {f"limit {name}": f"{one.words}." for name, one in LIMITS.items() if one.to_confirm}


def test_what_is_not_confirmed_is_listed_word_for_word():
    text = (ROOT / "docs/clinical-safety.md").read_text("utf-8").partition("## Not confirmed yet")[2]
    listed = re.findall(r"^- `([^`]+)`: ((?:.+)(?:\n  .+)*)$", text, re.MULTILINE)

    assert {name: re.sub(r"\s+", " ", words) for name, words in listed} == _to_be_confirmed()
