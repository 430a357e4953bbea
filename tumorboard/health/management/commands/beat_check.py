"""Has the beat, through a worker, shown a sign of life? Status 1 when not: for container health checks."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tumorboard.health.state import SILENT, last_beat


class Command(BaseCommand):
    help = "Fails when the periodic tasks have stopped."

    def handle(self, *args, **options):
        at = last_beat()
        if at is None or (timezone.now() - at).total_seconds() > SILENT:
            raise CommandError("The beat is silent.")
