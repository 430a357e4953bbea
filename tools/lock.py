"""How do the requirements of pyproject.toml become files that plain pip installs, checked by hash?

python tools/lock.py           resolve, and write uv.lock, requirements.txt and requirements-dev.txt
python tools/lock.py --check   say whether the three are current
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = {"requirements.txt": ["--no-dev"], "requirements-dev.txt": ["--all-groups"]}
HEADER = """\
# Written by ./dev lock from pyproject.toml, where the reason for each requirement is kept. Do not edit.
# A line above a package says why it is here; a package without one is needed by those named below it.
"""
REQUIREMENT = re.compile(r'^\s*"(?P<name>[A-Za-z0-9._-]+)[^"]*",\s*# (?P<reason>.+)$', re.MULTILINE)
PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)(\[[^]]*\])?==", re.MULTILINE)


def reasons(pyproject: str) -> dict[str, str]:
    """Each direct requirement and the comment beside it."""
    requirements = pyproject.split("\n[tool.", 1)[0]
    return {match["name"].lower(): match["reason"].strip() for match in REQUIREMENT.finditer(requirements)}


def with_reasons(export: str, why: dict[str, str]) -> str:
    pins = "\n".join(line for line in export.splitlines() if not line.startswith("#")) + "\n"

    def told(match: re.Match) -> str:
        reason = why.get(match["name"])
        return f"\n# {reason}\n{match[0]}" if reason else match[0]

    return HEADER + PINNED.sub(told, pins)


def exported(arguments: list[str]) -> str:
    command = [sys.executable, "-m", "uv", "export", "--quiet", "--locked", "--no-emit-project", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"uv.lock does not fit pyproject.toml: run ./dev lock\n{done.stderr}")
    return done.stdout


def main() -> int:
    check = "--check" in sys.argv
    if not check:
        subprocess.run([sys.executable, "-m", "uv", "lock"], cwd=ROOT, check=True)
    why = reasons((ROOT / "pyproject.toml").read_text())
    stale = []
    for name, arguments in EXPORTS.items():
        wanted, file = with_reasons(exported(arguments), why), ROOT / name
        if not file.exists() or file.read_text() != wanted:
            stale.append(name)
            if not check:
                file.write_text(wanted)
    if check and stale:
        print(f"Not current: {', '.join(stale)}. Run ./dev lock.")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
