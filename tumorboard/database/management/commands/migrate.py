"""How do tables change while people work with them?

A change of a table waits for everybody who reads it, and whoever comes later waits behind the change. So the
owner's connection gives up after two seconds (`lock_timeout` in the settings of the database), lets the
others pass, and tries again. What was not finished is rolled back; what is done is not done twice.
"""

import time

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable

TRIES, PAUSE = 60, 3.0  # five minutes in all

HELD = (
    "\nSomebody works with a table that this step changes, and goes first. "
    "Trying again in {pause:g} s, {left} times at most."
)
GAVE_UP = (
    "A table was in use at each of {tries} tries, and this step was not taken; nothing of it is left behind. "
    "Run migrate again later. Who holds it: select pid, usename, xact_start, query from pg_stat_activity "
    "order by xact_start"
)


class Command(migrate.Command):
    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--tries", type=int, default=TRIES, help="How often it tries while tables are in use."
        )
        parser.add_argument("--pause", type=float, default=PAUSE, help="Seconds from one try to the next.")

    def handle(self, *args, tries: int = TRIES, pause: float = PAUSE, **options) -> None:
        for left in reversed(range(tries)):
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                if not left:
                    raise CommandError(GAVE_UP.format(tries=tries)) from error
                self.stderr.write(HELD.format(pause=pause, left=left))
            time.sleep(pause)
