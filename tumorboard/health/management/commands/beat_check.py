"""Does a beat tick, this one or another? Status 1 when not: for container health checks."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tumorboard.health.alarms import SILENT, last_tick


class Command(BaseCommand):
    help = "Fails when the periodic tasks have stopped."

    def handle(self, *args, **options):
        at = last_tick()
        if at is None or (timezone.now() - at).total_seconds() > SILENT:
            raise CommandError("The beat is silent.")
