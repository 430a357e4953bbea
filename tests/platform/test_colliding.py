"""What becomes of a request that PostgreSQL could not finish, and of one that would never end?"""

import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from cases.models import Draft
from tests.factories import person
from tests.platform.urls_that_collide import tried
from tests.together import at_once
from tumorboard.database import identity
from tumorboard.database.middleware import IdentityMiddleware

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.platform.urls_that_collide"),
]


@pytest.fixture(autouse=True)
def _begin():
    tried.clear()


def post(client, **said):
    return client.post("/collides/", {"owner": person().pk, "words": "typed", "code": "40P01", **said})


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_request_that_collided_is_run_again_with_what_was_typed(client, code):
    answered = post(client, times=2, code=code)
    assert (answered.status_code, answered.text) == (200, "typed")
    assert tried == ["typed"] * 3
    assert Draft.objects.count() == 1, "what was written before the collision is written once"


def test_after_three_times_a_page_says_that_nothing_is_lost(client):
    answered = post(client, times=9)
    assert answered.status_code == 503
    assert len(tried) == 3
    assert "Nothing was stored and nothing is lost" in answered.text
    assert answered["Retry-After"] == "2"
    assert not Draft.objects.exists()


def test_what_was_kept_before_the_collision_is_not_done_twice(client):
    answered = post(client, times=1, kept="yes")
    assert answered.status_code == 503
    assert len(tried) == 1
    assert "Nothing was stored" not in answered.text
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("code", ["55P03", "57014"])
def test_what_took_too_long_is_said_and_not_tried_again(client, code):
    assert post(client, times=9, code=code).status_code == 503
    assert len(tried) == 1


def test_another_fault_stays_a_fault(client):
    client.raise_request_exception = False
    assert post(client, times=9, code="XX000").status_code == 500


def test_a_real_deadlock_ends_for_one_and_the_other_goes_on():
    first, second = person(), person()
    gate = threading.Barrier(2)

    def lock(*people):
        for number, one in enumerate(people):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [one.pk])
            if number == 0:
                gate.wait(10)

    def locks(*people):
        try:
            with transaction.atomic():
                lock(*people)
        except OperationalError as error:
            return error.__cause__.sqlstate
        return ""

    answers = at_once(lambda: locks(first, second), lambda: locks(second, first))
    assert sorted(answers) == ["", "40P01"]


# -- what would never end ---------------------------------------------------------------------------------


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return cursor.fetchone()[0]


def test_nothing_waits_for_ever():
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    assert [setting(name) for name in names] == ["15s", "5s", "30s"]


def test_a_statement_that_does_not_end_is_ended():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 200")
        began = time.monotonic()
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(30)")
    assert time.monotonic() - began < 10
    connection.close()


def test_a_forgotten_transaction_gives_its_locks_back():
    """Somebody else's, who took a row and went: the row is free again as soon as the server ends them."""
    one = person()
    address = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with psycopg.connect(**address) as forgotten:
        forgotten.execute("SET idle_in_transaction_session_timeout = 300")
        forgotten.execute("UPDATE accounts_user SET title = 'Dr' WHERE id = %s", [one.pk])
        with transaction.atomic():
            type(one).objects.select_for_update().get(pk=one.pk)
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            forgotten.execute("SELECT 1")


# -- as whom ----------------------------------------------------------------------------------------------


def test_a_request_speaks_for_who_signed_in_and_the_next_one_for_nobody(client):
    one, other = person(), person()
    for user in (one, other):
        client.force_login(user)
        assert client.get("/who/").text == str(user.pk)
    client.logout()
    assert client.get("/who/").text == ""


def test_also_after_a_request_that_failed(client):
    client.raise_request_exception = False
    client.force_login(person())
    assert client.get("/who/?fails").status_code == 500
    client.logout()
    assert client.get("/who/").text == ""


def test_outside_of_a_request_a_process_of_pages_is_nobody():
    asked = []

    def answer(request):
        asked.append(identity.wanted().who)
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = person()
    before = identity.wanted()
    IdentityMiddleware(answer)(request)
    assert asked == [str(request.user.pk)]
    assert identity.wanted() is before
