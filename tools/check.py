"""Is the code in order, apart from its tests? Every check runs, and all that failed are named at the end."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

# These read the settings and ask no server; Django would warn that it cannot look what was migrated.
UNASKED = {
    "DEBUG": "true",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "REDIS_URL": "redis://127.0.0.1",
}

CHECKS = {
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "templates": ["-m", "djlint", "templates", "tumorboard", "--lint", "--quiet"],
    "types": ["-m", "mypy"],
    "layers": [str(TOOLS / "lint-imports")],
    "migrations": ["-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"],
    "migration locks": ["tools/lint_migrations.py"],
    "lock": ["tools/lock.py", "--check"],
}


def passes(name: str, arguments: list[str]) -> bool:
    print(f"== {name}", flush=True)
    env = os.environ | (UNASKED if name in {"types", "migrations"} else {})
    return subprocess.run([sys.executable, *arguments], env=env, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    failed = [name for name, arguments in CHECKS.items() if not passes(name, arguments)]
    print(f"\n{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed.", end=" ")
    print(f"Failed: {', '.join(failed)}." if failed else "All in order.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
