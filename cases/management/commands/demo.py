"""How does an empty demonstration become a filled board? Safe to repeat: what is there stays."""

from datetime import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.management.demonstration.people import seat_everyone
from cases.management.demonstration.walk import Walk
from cases.models import Hospital, TumorBoard
from cases.vocabulary import Specialty

SLUG = "liver-demo"


class Command(BaseCommand):
    help = "Fill an empty demonstration with an invented board, its people and a dozen cases."

    def handle(self, **options):
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "Invented patients belong in a demonstration only: neither DEMO nor DEBUG is on."
            )
        if TumorBoard.objects.filter(slug=SLUG).exists():
            self.stdout.write("The invented board is there already; nothing was changed.")
            return
        with transaction.atomic():
            board = self._board()
            Walk(board, seat_everyone(board, password=settings.DEMO_PASSWORD)).everything()
        self.stdout.write(f"Filled: {board} with {board.cases.count()} invented cases.")

    def _board(self) -> TumorBoard:
        return TumorBoard.objects.create(
            name="Liver board (invented)",
            slug=SLUG,
            prefix="LT",
            hospital=Hospital.objects.create(name="Invented hospital"),
            time_zone="Europe/London",
            holidays="GB-ENG",
            reminder_days=[5],
            # E-mails are to be seen at whatever hour somebody tries it out.
            quiet_from=time(0),
            quiet_until=time(0),
            input_specialties=[
                Specialty.SURGERY,
                Specialty.ONCOLOGY,
                Specialty.RADIOLOGY,
                Specialty.INTERVENTIONAL,
                Specialty.PATHOLOGY,
                Specialty.NURSING,
            ],
            quorum_specialties=[
                Specialty.SURGERY,
                Specialty.ONCOLOGY,
                Specialty.RADIOLOGY,
                Specialty.INTERVENTIONAL,
            ],
        )
