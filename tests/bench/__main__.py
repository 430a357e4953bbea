"""How fast are the main pages, and with how many cases? `./dev bench [50 500 ...]` prints a table.

`./dev bench live` measures how soon open screens follow (live.py), `./dev bench pages` every page of the
demonstration (walked.py), `./dev bench sitting` what one recorder types in a meeting (sitting.py),
`./dev bench mail` how fast ten thousand e-mails leave (mail.py).

What is measured is the time inside the application: Django's test client calls it without a network, a web
server or a browser. The database is a real PostgreSQL; where it is our own one for tests it does not wait for
its disk, which speeds writing and leaves reading as it is. Nothing is asserted: machines differ.
"""

import logging
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

import tests.servers  # noqa: F401  starts what is not there, and says so in the environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumorboard.settings")

SIZES = (50, 500)
WARM_UP, MEASURED = 3, 40
HEAD = f"{'page':<16}{'cases':>7}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}{'kB':>7}"


@dataclass(frozen=True)
class Measured:
    page: str
    cases: int
    queries: int
    times: list[float]
    size: int

    def __str__(self) -> str:
        p50, p95 = statistics.median(self.times), statistics.quantiles(self.times, n=20)[-1]
        return (
            f"{self.page:<16}{self.cases:>7}{self.queries:>9}{p50:>9.0f}{p95:>9.0f}{self.size / 1000:>7.0f}"
        )


def main(sizes: list[int]) -> None:
    with a_database():
        print(HEAD, flush=True)
        for size in sizes:
            for line in measured(size):
                print(line, flush=True)


@contextmanager
def a_database() -> Iterator[None]:
    """One of its own, gone afterwards, made from the tables that the tests keep."""
    django.setup()
    logging.disable(logging.INFO)  # a line a request would hide the table
    setup_test_environment()
    tests = connection.settings_dict["TEST"]
    tests["NAME"], tests["TEMPLATE"] = "bench", os.environ.get("TEST_TEMPLATE")
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.settings_dict["OPTIONS"].pop("assume_role", None)  # the owner cleans up
        connection.close()
        others = "datname = current_database() and pid <> pg_backend_pid()"
        with connection.cursor() as cursor:  # what a process that was ended has left behind
            cursor.execute(f"select pg_terminate_backend(pid, 2000) from pg_stat_activity where {others}")
        connection.creation.destroy_test_db(before, verbosity=0)


def measured(size: int) -> Iterator[Measured]:
    from tests.bench.seeding import a_filled_board  # models: only after the set-up

    coordinator, pages = a_filled_board(size)
    client = Client()
    client.force_login(coordinator)
    for name, address in pages.items():
        for _ in range(WARM_UP):
            assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        yield Measured(name, size, len(queries), timed(client, address), len(answer.content))


def timed(client, address: str) -> list[float]:
    """Milliseconds of each request."""
    times = []
    for _ in range(MEASURED):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    if sys.argv[1:] == ["live"]:
        from tests.bench import live

        live.main()
    elif sys.argv[1:] == ["pages"]:
        from tests.bench import walked

        walked.main()
    elif sys.argv[1:2] == ["mail"]:
        from tests.bench import mail

        mail.main(*(int(recipients) for recipients in sys.argv[2:]))
    elif sys.argv[1:2] == ["sitting"]:
        from tests.bench import sitting

        sitting.main(*(int(cases) for cases in sys.argv[2:]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
