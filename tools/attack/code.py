"""What do scanners find in the code itself, without running it?"""

import json
import re
import subprocess
from pathlib import Path

from .findings import TOLD, Finding
from .processes import CODE, REPORTS, ROOT, scan

RULES = Path(__file__).parent / "rules"
OURS = ("cases", "tumorboard", "tools", "dev", "manage.py")
SEMGREP = (
    CODE / "semgrep",
    "scan",
    "--metrics=off",
    "--disable-version-check",
    "--json",
    "--quiet",
    "--timeout=60",
)
NO_TEXT = r"(^|/)(uv\.lock|requirements.*\.txt)$"  # digests by the thousand; pip compares them
LEVELS = {"ERROR": "high", "WARNING": "medium", "INFO": TOLD}


def bandit() -> tuple[list[Finding], str]:
    report = REPORTS / "bandit.json"
    scan(CODE / "bandit", "-q", "-r", *OURS, "-f", "json", "-o", report, log="bandit")
    said = json.loads(report.read_text())
    found = [
        Finding(
            "bandit",
            one["test_id"],
            f"{one['filename'].removeprefix('./')}:{one['line_number']}",
            one["issue_text"],
            one["issue_severity"].lower(),
        )
        for one in said["results"]
    ]
    found += [Finding("bandit", "unread", one["filename"], one["reason"], "high") for one in said["errors"]]
    return found, f"{said['metrics']['_totals']['loc']} lines"


def semgrep() -> tuple[list[Finding], str]:
    done = scan(*SEMGREP, "--exclude=migrations", "--config", RULES, *OURS, "templates", log="semgrep")
    said = json.loads(done.stdout)
    (REPORTS / "semgrep.json").write_text(json.dumps(said, indent=1))
    found = [
        Finding(
            "semgrep",
            one["check_id"].rpartition(".")[2],
            f"{one['path']}:{one['start']['line']}",
            one["extra"]["message"],
            LEVELS[one["extra"]["severity"]],
        )
        for one in said["results"]
    ]
    found += [
        Finding("semgrep", "unread", str(one.get("path", "")), str(one.get("message", ""))[:200], "high")
        for one in said["errors"]
        if one.get("level") == "error"
    ]
    return found, f"{len(list(RULES.glob('*.yml')))} rules, {len(said['paths']['scanned'])} files"


def secrets() -> tuple[list[Finding], str]:
    """Over what git tracks. It would ask the providers whether a key still opens: not from here."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  git, wherever it is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names = [
        one for one in tracked.split("\0") if one and (ROOT / one).is_file() and not re.search(NO_TEXT, one)
    ]
    done = scan(CODE / "detect-secrets", "scan", "--no-verify", *names, log="detect-secrets")
    said = json.loads(done.stdout)
    (REPORTS / "detect-secrets.json").write_text(json.dumps(said, indent=1))
    found = [
        Finding("detect-secrets", one["type"], f"{path}:{one['line_number']}", "looks like a secret")
        for path, several in said["results"].items()
        for one in several
    ]
    return found, f"{len(names)} files"
