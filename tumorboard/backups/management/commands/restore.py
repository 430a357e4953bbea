"""How does everything come back?"""

from pathlib import Path

from django.core.management.base import BaseCommand

from tumorboard.backups import restoring
from tumorboard.backups.commands import add_file_and_identity, identities, said


class Command(BaseCommand):
    help = "Write a backup into an empty database and the store of files, and verify what came back."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        add_file_and_identity(parser)
        parser.add_argument("--into", default="", metavar="NAME", help="Another database of the same server.")

    def handle(self, *, file: Path, identity: str, into: str, **options) -> None:
        with said():
            restoring.restore(file, identities(identity), into=into, tell=self.stdout.write)
        self.stdout.write("Restored.")
