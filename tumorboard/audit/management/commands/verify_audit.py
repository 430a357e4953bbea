"""Does the chain of seals hold from its beginning to its end?"""

from django.core.management.base import BaseCommand, CommandError

from tumorboard.audit import chain


class Command(BaseCommand):
    help = "Recompute every seal of the trail; ends with 1 and the number of the first that does not hold."

    def handle(self, **options) -> None:
        verdict = chain.verify()
        if verdict.broken is not None:
            raise CommandError(
                f"Seal {verdict.broken} does not hold: {verdict.why}. Seals that hold before it: "
                f"{verdict.looked_at}.",
                returncode=1,
            )
        self.stdout.write(f"Seals that hold: {verdict.looked_at}. None is broken.")
