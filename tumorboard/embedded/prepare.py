"""What must be done before the parts start? Tables, static files, invented patients: in one process."""

import hashlib
import os
import subprocess
import sys

import django
from django.conf import settings
from django.core.management import call_command

from tumorboard.database import identity

from .household import ROOT, VAR


def static_fingerprint() -> str:
    """Changes when a file of ours or the set of packages does."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for file in sorted(path for path in (ROOT / "static").rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(ROOT)}{file.stat().st_size}{file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def collect_static() -> None:
    stamp, now = VAR / "static-stamp", static_fingerprint()
    if stamp.exists() and stamp.read_text() == now and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)


def tables_fingerprint() -> str:
    """Changes when the database is another one, or a migration of ours or the set of packages is."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    digest.update(os.environ["DATABASE_URL"].encode())
    for file in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("*/*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def as_owner(*command: str) -> None:
    """In a process of its own: this one connects as the application does."""
    run = [sys.executable, str(ROOT / "manage.py"), *command]
    subprocess.run(run, cwd=ROOT, stdout=sys.stderr, check=True)


def fill() -> None:
    """Tables and invented patients, unless they are as they should be."""
    stamp, now = VAR / "tables-stamp", tables_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    as_owner("migrate", "--noinput", "-v0")
    if "DATABASE_OWNER_URL" in os.environ:
        as_owner("audit_rights")
    call_command("demo", stdout=sys.stderr)  # what the command itself prints stays alone on standard output
    stamp.write_text(now)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumorboard.settings")
    django.setup()
    identity.this_process_is_the_system()
    fill()
    if "--tables-only" not in sys.argv:
        collect_static()


if __name__ == "__main__":
    main()
