"""Does each rule of ours find the fault that was planted for it, and leave its mended form alone?

Each rule carries both: under `metadata`, `finds` is code with the fault, `spares` the same without, `at` the
path where the code would stand.
"""

import json
import shutil
from pathlib import Path

import yaml

from .code import RULES, SEMGREP
from .processes import REPORTS, scan

PLANTED = REPORTS / "planted"
GOOD = "spared_"


def rules() -> list[dict]:
    return [
        rule for file in sorted(RULES.glob("*.yml")) for rule in yaml.safe_load(file.read_text())["rules"]
    ]


def _plant(rule: dict) -> None:
    at = Path(rule["metadata"]["at"])
    for prefix, key in ((f"planted_{rule['id']}_", "finds"), (f"{GOOD}{rule['id']}_", "spares")):
        file = PLANTED / at.parent / f"{prefix}{at.name}".replace("-", "_")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(rule["metadata"][key])


def check() -> int:
    shutil.rmtree(PLANTED, ignore_errors=True)
    PLANTED.mkdir(parents=True)
    known = rules()
    for rule in known:
        _plant(rule)
    done = scan(*SEMGREP, "--no-git-ignore", "--config", RULES, ".", log="planted", cwd=PLANTED)
    said = json.loads(done.stdout)
    hits = {(one["check_id"].rpartition(".")[2], Path(one["path"]).name) for one in said["results"]}
    wrong = [f"unread: {one.get('message', '')[:300]}" for one in said["errors"]]
    for rule in known:
        name, end = rule["id"], Path(rule["metadata"]["at"]).name
        planted = f"planted_{name}_{end}".replace("-", "_")
        if (name, planted) not in hits:
            wrong.append(f"{name} does not find what was planted")
        if (name, planted.replace("planted_", GOOD, 1)) in hits:
            wrong.append(f"{name} complains of what is mended")
    print(f"{len(known)} rules, {len(wrong)} wrong")
    print("\n".join(wrong))
    return int(bool(wrong))
