"""How do two people press at the same moment?"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from cases.domain.errors import DomainError


def at_once(*calls):
    """Run the calls in threads that start together: what each answered, or was refused with.

    Any other error is the test's failure.
    """
    gate = Barrier(len(calls))

    def run(call):
        try:
            gate.wait(10)
            return call()
        except DomainError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
