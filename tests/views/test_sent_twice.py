"""Is a form that was sent twice told from one that is sent once more?"""

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import PatientWish
from tests.factories import a_case, board, member
from tests.together import at_once

pytestmark = pytest.mark.django_db
HOME = {"fact-words": "I want to be at home."}


def shown(number):
    """As a page carries it, and no other page."""
    return {"csrfmiddlewaretoken": f"page-{number}"}


@pytest.fixture
def case():
    return a_case(board())


@pytest.fixture
def address(case, client):
    client.force_login(member(case.board))
    return reverse("cases:record-wish", args=[case.pk])


def words():
    return sorted(PatientWish.objects.values_list("words", flat=True))


def test_the_second_is_led_where_the_first_was_and_nothing_is_made(client, case, address):
    answers = [client.post(address, HOME | shown(1)) for _ in range(3)]

    assert [answer.url for answer in answers] == [reverse("cases:case", args=[case.pk])] * 3
    assert len(words()) == 1


def test_from_a_page_opened_anew_the_same_may_be_said_again(client, address):
    for number in (1, 2):
        client.post(address, HOME | shown(number))

    assert len(words()) == 2


def test_gone_back_and_said_otherwise_it_is_another(client, address):
    client.post(address, HOME | shown(1))
    client.post(address, {"fact-words": "No more chemotherapy."} | shown(1))

    assert words() == ["I want to be at home.", "No more chemotherapy."]


def test_what_was_refused_may_be_sent_again(client, address):
    refused = [client.post(address, {"fact-words": ""} | shown(1)).status_code for _ in range(2)]

    assert refused == [422, 422]


def test_what_failed_may_be_sent_again(client, address):
    def fail(execute, sql, *more):
        if sql.startswith('INSERT INTO "cases_patientwish"'):
            raise RuntimeError("the disk is full")
        return execute(sql, *more)

    client.raise_request_exception = False
    with connection.execute_wrapper(fail):
        assert client.post(address, HOME | shown(1)).status_code == 500
    assert client.post(address, HOME | shown(1)).status_code == 302
    assert len(words()) == 1


def test_of_two_people_neither_is_taken_for_the_other(client, case, address):
    client.post(address, HOME | shown(1))
    client.force_login(member(case.board))
    client.post(address, HOME | shown(1))

    assert len(words()) == 2


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_the_second_waits_for_the_first(client, case, address):
    def send():
        mine = type(client)()
        mine.cookies = client.cookies
        return mine.post(address, HOME | shown(1)).url

    assert set(at_once(*[send] * 4)) == {reverse("cases:case", args=[case.pk])}
    assert len(words()) == 1
