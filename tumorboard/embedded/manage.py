"""How does one management command run against the demonstration's data? `./dev manage ...`"""

import os
import signal
import subprocess
import sys

from .household import ROOT, borrowed_servers

# Commands that make the tables themselves, or need none.
WITHOUT_TABLES = {
    "backup_check",
    "backup_key",
    "check",
    "compilemessages",
    "diffsettings",
    "draw_workflow",
    "flush",
    "help",
    "makemigrations",
}
WITHOUT_TABLES |= {
    "migrate",
    "restore",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
    "--help",
    "--version",
    "version",
}


def main() -> int:
    with borrowed_servers() as env:
        if "DATABASE_URL" not in os.environ and not WITHOUT_TABLES.intersection(sys.argv[1:2] or ["help"]):
            prepare = [sys.executable, "-m", "tumorboard.embedded.prepare", "--tables-only"]
            subprocess.run(prepare, env=env, cwd=ROOT, check=True)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command; we stop after it
        command = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]]
        return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
