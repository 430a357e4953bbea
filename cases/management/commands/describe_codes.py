"""Which codes stand for which words? Writes docs/codes.md from the book of codes."""

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.queries import codes


class Command(BaseCommand):
    help = "Write docs/codes.md from the codes that the program holds."

    def handle(self, **options):
        target = settings.BASE_DIR / "docs" / "codes.md"
        target.write_text(codes.as_markdown(), encoding="utf-8")
        self.stdout.write(f"Written: {target}")
