"""Which scores are there, what do they need and where do they come from?"""

import json

from django.core.management.base import BaseCommand

from cases.domain import score_catalogue, scores


class Command(BaseCommand):
    help = "Print every score with version, source, inputs and outputs, as JSON or, for people, as Markdown."

    def add_arguments(self, parser):
        parser.add_argument("--markdown", action="store_true", help="as it stands in docs/scores.md")

    def handle(self, *, markdown: bool = False, **options):
        if markdown:
            self.stdout.write(score_catalogue.as_markdown(), ending="")
            return
        described = [score.describe() for score in scores.all_scores()]
        self.stdout.write(json.dumps(described, indent=2, ensure_ascii=False))
