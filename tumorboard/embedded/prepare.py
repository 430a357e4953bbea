"""What must be done before the parts start? Tables, static files, invented patients: in one process."""

import hashlib
import os

import django
from django.conf import settings
from django.core.management import call_command, get_commands

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


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumorboard.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    if "demo" in get_commands():
        call_command("demo")


if __name__ == "__main__":
    main()
