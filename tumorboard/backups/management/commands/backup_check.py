"""Can this backup be opened with this key, and is it whole?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tumorboard.backups import reading
from tumorboard.backups.commands import add_file_and_identity, identities, said


class Command(BaseCommand):
    help = "Decrypt a backup to its end and compare every part with its digest. Changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        add_file_and_identity(parser)

    def handle(self, *, file: Path, identity: str, **options) -> None:
        with said():
            found = reading.look(file, identities(identity))
        self.stdout.write(found.words)
        if found.faults:
            told = "".join(f"\n  {fault}" for fault in found.faults)
            raise CommandError(f"These files were missing or changed already when it was made:{told}")
