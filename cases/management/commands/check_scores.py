"""Do the scores give the published figures, on this machine, in this version?"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.domain.scores.published import differences

WANTED = {"score", "inputs", "expected"}


class Command(BaseCommand):
    help = "Calculate every case of a JSON file of published cases and print each that differs."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a list of {score, inputs, expected, tolerance, source}")

    def handle(self, *, file: Path, **options):
        cases = _read(file)
        wrong = 0
        for number, case in enumerate(cases, start=1):
            found = differences(case)
            wrong += bool(found)
            for words in found:
                self.stdout.write(f"{number} {case['score']}: {words}. {case.get('source', '')}".rstrip())
        counted = f"{len(cases)} cases, {len(cases) - wrong} as published, {wrong} not"
        if wrong:
            raise CommandError(counted)
        self.stdout.write(counted)


def _read(file: Path) -> list[dict]:
    try:
        cases = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    if not isinstance(cases, list) or not all(
        isinstance(one, dict) and one.keys() >= WANTED for one in cases
    ):
        raise CommandError(f"{file} must be a list of objects with score, inputs and expected.")
    return cases
