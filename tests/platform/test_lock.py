"""Are the requirement files what the lock says, and does each direct one say why it is there?"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.lock import EXPORTS, reasons, with_reasons

ROOT = Path(__file__).resolve().parents[2]


def test_requirement_files_are_current():
    checked = subprocess.run(
        [sys.executable, "tools/lock.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_direct_requirement_has_a_reason():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    direct = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower() for requirement in direct}
    assert names == set(reasons(text))


def test_so_has_what_attacks_us():
    text = (ROOT / "tools" / "attack" / "pyproject.toml").read_text()
    groups = tomllib.loads(text)["dependency-groups"]
    direct = [*groups["code"], *groups["pages"]]
    assert {re.match(r"[A-Za-z0-9._-]+", one)[0].lower() for one in direct} == set(reasons(text))


def test_every_package_is_pinned_and_hashed():
    for name in EXPORTS:
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())[1:]
        assert len(blocks) > 20
        assert all("==" in block and "--hash=sha256:" in block for block in blocks)


def test_the_reason_stands_above_its_package():
    export = "# uv's header\ncelery==5.6.3 \\\n    --hash=sha256:ab\nvine==5.1.0 \\\n    --hash=sha256:cd\n"
    assert with_reasons(export, {"celery": "background work"}).endswith(
        "\n# background work\ncelery==5.6.3 \\\n    --hash=sha256:ab\nvine==5.1.0 \\\n    --hash=sha256:cd\n"
    )
