"""Who asks for more than anybody needs at work is told to wait; everybody else goes on."""

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.urls import reverse

from cases.models import Letter
from cases.vocabulary import Role
from tests.factories import a_file, member
from tests.factories.decisions import a_room
from tumorboard.limits import AT_WORK

pytestmark = pytest.mark.django_db

ASKED = {
    "search": lambda room: ("post", reverse("cases:search"), {"q": "nobody"}),
    "document": lambda room: ("get", reverse("cases:agenda-pdf", args=[room.meeting.pk]), {}),
    "upload": lambda room: ("post", reverse("cases:files", args=[room.case.pk]), {}),
    "file": lambda room: ("get", reverse("cases:save-file", args=[a_file(room.case).pk]), {}),
    "import": lambda room: ("post", reverse("cases:imports"), {}),
    "emergency": lambda room: ("post", reverse("cases:emergency"), {"number": "XX-26-0001"}),
}


@pytest.fixture
def room(client):
    room = a_room()
    client.force_login(room.coordinator)
    return room


def test_every_limit_is_of_one_person_and_is_tried_here():
    assert set(AT_WORK) == set(ASKED)
    assert {rate.per for rates in AT_WORK.values() for rate in parse_rates(rates)} == {"key"}


@pytest.mark.parametrize("action", sorted(ASKED))
def test_so_often_and_not_once_more(client, room, settings, action):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "2/m/key"}
    method, address, said = ASKED[action](room)
    ask = getattr(client, method)
    answers = [ask(address, said) for _ in range(3)]

    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert "closed to you for a while" in answers[-1].content.decode()
    client.force_login(member(room.board, Role.COORDINATOR))
    assert getattr(client, method)(address, said).status_code != 429


def test_every_document_counts_towards_one_share(client, room, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"document": "3/m/key"}
    room.decide()
    letter = Letter.objects.filter(case=room.case).first()
    papers = [
        reverse("cases:agenda-pdf", args=[room.meeting.pk]),
        reverse("cases:minutes-pdf", args=[room.meeting.pk]),
        reverse("cases:letter-pdf", args=[letter.pk]),
    ]

    assert [client.get(paper).status_code for paper in [*papers, papers[0]]] == [200, 200, 200, 429]


def test_the_limits_of_the_installation_are_those_of_the_table(settings):
    assert AT_WORK.items() <= settings.ACCOUNT_RATE_LIMITS.items()
