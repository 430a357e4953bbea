"""Are tests that take minutes left out unless they are asked for, and none without somebody knowing?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TWO = """
import pytest

def test_quick():
    pass

@pytest.mark.long
def test_slow():
    pass
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [([], "1 passed, 1 deselected"), (["--long"], "2 passed"), (["test_two.py::test_slow"], "1 passed")],
)
def test_they_run_when_asked_for_or_named(tmp_path, asked, said):
    (tmp_path / "test_two.py").write_text(TWO)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  long: takes minutes\n")
    plugins = ["-p", "tests.long", "-p", "no:django", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *asked],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in run.stdout, run.stdout + run.stderr
