"""Which drawing shows the steps of a case? Writes docs/workflow.md from the table of steps."""

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.domain import workflow_drawing


class Command(BaseCommand):
    help = "Write docs/workflow.md from the lifecycle table."

    def handle(self, **options):
        target = settings.BASE_DIR / "docs" / "workflow.md"
        target.write_text(workflow_drawing.page(), encoding="utf-8")
        self.stdout.write(f"Written: {target}")
