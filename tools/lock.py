"""How do the requirements of pyproject.toml become files that plain pip installs, checked by hash?

python tools/lock.py           resolve, and write both uv.lock and every requirements*.txt
python tools/lock.py --check   say whether they are current
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ATTACK = "tools/attack"  # a lock of its own: its programs need what the application needs in other versions
EXPORTS = {
    "requirements.txt": (".", ["--no-dev"]),
    "requirements-dev.txt": (".", ["--all-groups"]),
    "tools/attack/requirements-code.txt": (ATTACK, ["--only-group", "code"]),
    "tools/attack/requirements-pages.txt": (ATTACK, ["--only-group", "pages"]),
}
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


def exported(folder: Path, arguments: list[str]) -> str:
    command = [sys.executable, "-m", "uv", "export", "--quiet", "--locked", "--no-emit-project", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{folder / 'uv.lock'} does not fit pyproject.toml: run ./dev lock\n{done.stderr}")
    return done.stdout


def main() -> int:
    check = "--check" in sys.argv
    if not check:
        for folder in dict.fromkeys(folder for folder, _ in EXPORTS.values()):
            subprocess.run([sys.executable, "-m", "uv", "lock"], cwd=ROOT / folder, check=True)
    stale = []
    for name, (folder, arguments) in EXPORTS.items():
        why = reasons((ROOT / folder / "pyproject.toml").read_text())
        wanted, file = with_reasons(exported(ROOT / folder, arguments), why), ROOT / name
        if not file.exists() or file.read_text() != wanted:
            stale.append(name)
            if not check:
                file.write_text(wanted)
    if check and stale:
        print(f"Not current: {', '.join(stale)}. Run ./dev lock.")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
