"""Does every file of a case lie in the store, unchanged, and nothing else there?"""

import hashlib
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import CaseFile
from tumorboard.files import store
from tumorboard.files.errors import Gone

# A file is stored before its row is written: what has just come is not an orphan yet.
YOUNG = timedelta(hours=1)


class Command(BaseCommand):
    help = "Compare the files in the store with the rows of the record. Fails when a row has no file."

    def add_arguments(self, parser):
        parser.add_argument("--sweep", action="store_true", help="remove files that belong to no row")
        parser.add_argument("--read", action="store_true", help="read every file and compare its checksum")

    def handle(self, *, sweep: bool, read: bool, **options):
        stored = dict(store.names())
        rows = dict(CaseFile.objects.values_list("stored_as", "sha256"))
        missing = sorted(set(rows) - set(stored))
        there = sorted(set(rows) & set(stored)) if read else []
        changed = [name for name in there if _changed(name, rows[name])]
        limit = timezone.now() - YOUNG
        orphans = sorted(name for name in set(stored) - set(rows) if stored[name] < limit)
        for words, names in (("missing", missing), ("changed", changed), ("belongs to no row", orphans)):
            for name in names:
                self.stdout.write(f"{name}: {words}")
        if sweep:
            for name in orphans:
                store.remove(name)
        told = "removed" if sweep else "found"
        self.stdout.write(f"{len(rows)} files of cases; {len(orphans)} without a row {told}")
        if missing or changed:
            raise CommandError(f"{len(missing)} missing, {len(changed)} changed. Restore them from a backup.")


def _changed(name: str, sha256: str) -> bool:
    try:
        with store.opened(name) as file:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
    except Gone:
        return True
    return digest.hexdigest() != sha256
