"""Is anything stuck? Made for monitoring: it does not depend on e-mail to say so."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from tumorboard.notifications.models import Message
from tumorboard.notifications.watch import look

STUCK = 2


class Command(BaseCommand):
    help = "Tell how the outbox stands; exit code 2 when it or the background work stands still."

    def handle(self, **options):
        now = timezone.now()
        counts = Message.objects.counts()
        self.stdout.write(", ".join(f"{state.lower()} {n}" for state, n in counts.items()))
        if oldest := Message.objects.oldest_due(now):
            waited = int((now - oldest).total_seconds())
            self.stdout.write(f"the oldest due message has waited for {waited} seconds")
        wrong = look()
        for alarm in wrong:
            self.stdout.write(str(alarm))
        if wrong:
            sys.exit(STUCK)
