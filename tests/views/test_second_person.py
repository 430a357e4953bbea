"""What was signed is changed by two people, where the board has two who may; the page says who is next."""

import pytest
from django.urls import reverse

from cases.queries.second_person import ALONE, WAITS
from cases.services import recommendation
from cases.vocabulary import Role
from tests.factories import member
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def amended(room):
    amended = recommendation.begin_amendment(recommendation=room.decide(), reason="New CT.", by=room.chair)
    recommendation.confirm_read_back(recommendation=amended, version=amended.version, by=room.chair)
    return amended


def page(client, who, room) -> str:
    client.force_login(who)
    return client.get(reverse("cases:make-decision", args=[room.item.pk])).content.decode()


def sign(client, who, amended):
    client.force_login(who)
    address = reverse("cases:sign-decision", args=[amended.pk])
    client.post(address, {"version": amended.version}, follow=True)
    amended.refresh_from_db()
    return amended.signed_by


def test_who_began_an_amendment_waits_for_another_chair(client, room, amended):
    second = member(room.board, Role.CHAIR)

    assert WAITS in page(client, room.chair, room)
    assert sign(client, room.chair, amended) is None
    assert WAITS not in page(client, second, room)
    assert sign(client, second, amended) == second


def test_where_nobody_else_may_sign_the_page_says_so(client, room, amended):
    assert ALONE in page(client, room.chair, room)
    assert sign(client, room.chair, amended) == room.chair
