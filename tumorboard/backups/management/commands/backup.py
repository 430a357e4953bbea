"""How does everything leave this machine, encrypted, in one file?"""

import re
import time
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tumorboard.backups import kept, making
from tumorboard.backups.commands import said
from tumorboard.backups.sealed import HALF_MADE

A_DAY = 24 * 60 * 60


def how_many(text: str) -> dict[str, int]:
    if not re.fullmatch(r"\d{1,4},\d{1,4},\d{1,4}", text):
        raise ArgumentTypeError("three numbers, such as 7,4,12: days, weeks, months")
    return dict(zip(("days", "weeks", "months"), map(int, text.split(",")), strict=True))


class Command(BaseCommand):
    help = "Write database and files of one moment into a new file, encrypted to BACKUP_RECIPIENTS."

    def add_arguments(self, parser) -> None:
        parser.add_argument("where", type=Path, help="A folder, for a name by the time, or a new file.")
        parser.add_argument(
            "--keep",
            type=how_many,
            help="Of a folder: the newest of so many days, weeks and months stay (7,4,12), older ones go.",
        )

    def handle(self, *, where: Path, keep: dict[str, int] | None, **options) -> None:
        now = timezone.now()
        if keep and not where.is_dir():
            raise CommandError("--keep is for a folder.")
        with said():
            made = making.make(where / kept.name_at(now) if where.is_dir() else where, now=now)
        size = made.path.stat().st_size
        self.stdout.write(f"{made.path}: {made.rows} rows, {made.files} files, {size} bytes.")
        if keep:
            self.stdout.write(f"Older backups removed: {remove_old(where, keep)}.")
        if made.faults:
            told = "".join(f"\n  {fault}" for fault in made.faults)
            raise CommandError(f"The backup is written, but not every file is as it was handed in:{told}")


def remove_old(folder: Path, keep: dict[str, int]) -> int:
    found = {moment: file for file in folder.iterdir() if (moment := kept.moment_of(file.name))}
    old = found.keys() - kept.to_keep(found, **keep)
    for moment in old:
        found[moment].unlink()
    for file in folder.glob(f"{HALF_MADE}*"):  # of a process that was killed; encrypted, and of no use
        if time.time() - file.stat().st_mtime > A_DAY:
            file.unlink()
    return len(old)
