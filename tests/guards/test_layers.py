"""Does each import contract catch what it forbids? Each is broken once on purpose, in a copy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.source import ROOT

BREACHES = {
    "The machine has never heard of a tumour": ("tumorboard/audit/trail.py", "import cases.vocabulary"),
    "Inside the work, imports point down": ("cases/models/case.py", "import cases.services.case"),
    "Of the record, a later room may know": ("cases/models/board.py", "import cases.models.letter"),
    "Of the verbs, a later room may know": ("cases/services/case.py", "import cases.services.letter"),
    "The rules are plain Python": ("cases/domain/errors.py", "import django.db"),
    "People, trail and outbox stand alone": (
        "tumorboard/audit/models.py",
        "import tumorboard.accounts.models",
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The two packages and their contracts, to be spoilt."""
    target = tmp_path_factory.mktemp("copy")
    for package in ("cases", "tumorboard"):
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def verdict(folder: Path) -> str:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_all_contracts_are_kept(copy):
    told = verdict(copy)

    assert "0 broken" in told, told


def test_every_contract_has_its_breach():
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8").count("[[tool.importlinter.contracts]]")

    assert contracts == len(BREACHES)


@pytest.mark.parametrize(("contract", "module", "line"), [(c, *where) for c, where in BREACHES.items()])
def test_a_breach_is_caught(copy, contract, module, line):
    spoilt = copy / module
    before = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        told = verdict(copy)
    finally:
        spoilt.write_text(before, encoding="utf-8")

    assert any(row.startswith(contract) and "BROKEN" in row for row in told.splitlines()), told
