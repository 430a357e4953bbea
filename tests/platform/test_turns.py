"""Do many threads share few connections, one after the other?"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tumorboard import turns as module
from tumorboard.turns import Turns, TurnsMiddleware

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turns():
    opened = Turns()
    opened.open(2)
    yield opened
    while not opened._free.empty():
        opened._free.get().close()


def session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()[0]


def test_twenty_threads_use_two_connections(turns):
    together = threading.Barrier(20)

    def one(_):
        together.wait(10)
        with turns.turn():
            return session()

    with ThreadPoolExecutor(20) as pool:
        used = list(pool.map(one, range(20)))

    assert len(set(used)) <= 2


def test_a_broken_connection_is_not_handed_on(turns):
    def kill_own_session():
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")

    def one():
        with turns.turn():
            first = session()
            with pytest.raises(Exception, match=r"terminat|closed"):
                kill_own_session()
        with turns.turn():
            return first != session()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(one).result(20)


def test_who_waits_too_long_is_asked_to_come_back(turns, monkeypatch, rf):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    monkeypatch.setattr(module, "turns", turns)

    def one():
        with turns.turn(), ThreadPoolExecutor(1) as other:
            kept = other.submit(turns._free.get).result()
            try:
                return TurnsMiddleware(lambda request: None)(rf.get("/"))
            finally:
                turns._free.put(kept)

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(one).result(20)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_without_an_app_server_every_thread_has_its_own():
    before = session()
    with Turns().turn():
        assert session() == before
