"""Which scores are there, what do they need and where do they come from?"""

import json

from django.core.management.base import BaseCommand

from cases.domain import scores


class Command(BaseCommand):
    help = "Print every score with version, source, inputs and outputs, as JSON."

    def handle(self, **options):
        described = [score.describe() for score in scores.all_scores()]
        self.stdout.write(json.dumps(described, indent=2, ensure_ascii=False))
