"""How does one management command run against the demonstration's data? `./dev manage ...`"""

import signal
import subprocess
import sys

from .household import ROOT, borrowed_servers


def main() -> int:
    with borrowed_servers() as env:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command; we stop after it
        command = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]]
        return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
