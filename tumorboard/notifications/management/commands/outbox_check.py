"""Is anything stuck? Made for monitoring: it does not depend on e-mail to say so."""

import sys
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from tumorboard.notifications.models import Message

TOO_OLD = timedelta(minutes=5)
STUCK = 2


class Command(BaseCommand):
    help = "Tell how the outbox stands; exit code 2 when something due has waited for more than five minutes."

    def handle(self, **options):
        now = timezone.now()
        counts = Message.objects.counts()
        self.stdout.write(", ".join(f"{state.lower()} {n}" for state, n in counts.items()))
        oldest = Message.objects.oldest_due(now)
        if oldest is None:
            return
        waited = now - oldest
        self.stdout.write(f"the oldest due message has waited for {int(waited.total_seconds())} seconds")
        if waited > TOO_OLD:
            sys.exit(STUCK)
