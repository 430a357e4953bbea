"""Does the whole trail hold: every line of it, what was sealed of decisions, and every seal that has left?"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tumorboard.audit import chain, links, seals


class Command(BaseCommand):
    help = "Recompute every link and every seal of the trail; ends with 1 and what does not hold."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--seals", type=Path, help="A file of seals, or a log that holds some: none may be cut off."
        )

    def handle(self, **options) -> None:
        self.decisions()
        self.lines()
        if options["seals"]:
            self.compare(options["seals"])

    def decisions(self) -> None:
        verdict = chain.verify()
        if verdict.broken is not None:
            raise CommandError(
                f"Seal {verdict.broken} does not hold: {verdict.why}. Seals that hold before it: "
                f"{verdict.looked_at}.",
                returncode=1,
            )
        self.stdout.write(f"Seals that hold: {verdict.looked_at}. None is broken.")

    def lines(self) -> None:
        verdict = links.verify()
        self.refuse(f"Of {verdict.lines} lines", verdict.faults)
        self.stdout.write(f"Lines that hold: {verdict.lines}. None was altered, and none is missing between.")

    def compare(self, file: Path) -> None:
        if not settings.AUDIT_SEAL_KEY:
            raise CommandError("Set AUDIT_SEAL_KEY to the key that the seals were made with.")
        with file.open(encoding="utf-8", errors="replace") as lines:
            count, faults = seals.compare(lines)
        self.refuse(f"Of {count} seals that have left", faults)
        if not count:
            raise CommandError(f"{file} holds no seals.")
        self.stdout.write(f"Seals that have left, and hold: {count}. Nothing was cut off after them.")

    def refuse(self, of: str, faults) -> None:
        if faults:
            told = "".join(f"\n  {fault.where}: {fault.why}" for fault in faults)
            raise CommandError(f"{of}, these do not hold:{told}", returncode=1)
