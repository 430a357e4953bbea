"""How does a scanner run so that it reaches this machine and nothing else?

Several would like to tell their makers how they did, or to ask a server of theirs whether an attack reached
it. Whatever they ask for elsewhere goes to a door that is closed.
"""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "var" / "attack"
CODE, PAGES = (ROOT / ".venv-attack" / group / "bin" for group in ("code", "pages"))
NOWHERE = "http://127.0.0.1:9"
LOOPBACK = "127.0.0.1,localhost"


def confined() -> dict[str, str]:
    """The variables of a scanner: none of ours, no word to anybody outside."""
    names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TERM") if name in os.environ}
    quiet = {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0", "PYTHONUTF8": "1"}
    proxies = dict.fromkeys(names, NOWHERE) | {"no_proxy": LOOPBACK, "NO_PROXY": LOOPBACK}
    return kept | quiet | proxies | {"HOME": str(home())}


def home() -> Path:
    """What scanners keep of their own stays under var/."""
    folder = REPORTS / "home"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def scan(
    *command: object, log: str, patience: float = 900, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Runs to its end, or until patience does; what it says is kept."""
    words = [str(one) for one in command]
    try:
        done = subprocess.run(
            words,
            env=confined(),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
        done = subprocess.CompletedProcess(words, 124, said, f"stopped after {patience:.0f} s")
    (REPORTS / f"{log}.log").write_text(f"$ {' '.join(words)}\n{done.stdout}\n{done.stderr}\n")
    return done
