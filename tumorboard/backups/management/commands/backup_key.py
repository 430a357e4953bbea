"""Which pair of keys are backups encrypted to, and opened with?"""

from django.core.management.base import BaseCommand

from tumorboard.backups import keys


class Command(BaseCommand):
    help = "Make a pair of keys and print them. Nothing is kept: run it where the private half is to stay."
    requires_system_checks = ()

    def handle(self, **options) -> None:
        private, public = keys.a_pair()
        self.stdout.write("# Opens backups. Keep it away from the server, in two places.")
        self.stdout.write(f"# public key: {public}\n{private}")
        self.stderr.write(f"On the server: BACKUP_RECIPIENTS={public}")
