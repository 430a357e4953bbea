"""How do two people press at the same moment?"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

from django.db import connection

from cases.domain.errors import DomainError


def at_once(*calls):
    """Run the calls in threads that start together: what each answered, or was refused with.

    Any other error is the test's failure.
    """
    gate = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()  # not a part of what is done at once
            gate.wait(10)
            return call()
        except DomainError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def begins_meanwhile(call):
    """Start the call in a thread; returns it once it waits for a lock of the database, or has ended."""
    thread = Thread(target=at_once, args=[call])
    thread.start()
    until = time.monotonic() + 10
    while thread.is_alive() and not _somebody_waits():
        if time.monotonic() > until:
            raise AssertionError("It neither ended nor waits for anything.")
        thread.join(0.02)
    return thread


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # which a transaction keeps otherwise
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0
