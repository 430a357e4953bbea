"""Absences as a page: mine, those of my boards, entering and withdrawing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Absence
from cases.services import absences as service
from cases.vocabulary import Role, Specialty
from tests.factories import board, member

pytestmark = pytest.mark.django_db
PAGE = "cases:absences"


def day(days):
    return timezone.now().date() + timedelta(days=days)


@pytest.fixture
def here():
    return board()


@pytest.fixture
def surgeon(here):
    return member(here, specialty=Specialty.SURGERY, given_name="Ada", family_name="Lowe")


@pytest.fixture
def coordinator(here):
    return member(here, Role.COORDINATOR)


def away(user, first=1, last=5):
    return service.enter(user=user, first_day=day(first), last_day=day(last), by=user)


def test_somebody_enters_and_withdraws_their_own(client, surgeon):
    client.force_login(surgeon)
    said = {"first_day": day(1).isoformat(), "last_day": day(5).isoformat()}
    answer = client.post(reverse(PAGE), said, follow=True)

    assert Absence.objects.get().user == surgeon
    assert "A. Lowe" in answer.content.decode()
    assert 'name="user"' not in answer.content.decode()
    client.post(reverse("cases:withdraw-absence", args=[Absence.objects.get().pk]))
    assert Absence.objects.standing().count() == 0


def test_what_was_typed_stays_with_the_reason_for_refusing_it(client, surgeon):
    client.force_login(surgeon)
    said = {"first_day": day(5).isoformat(), "last_day": day(1).isoformat()}
    answer = client.post(reverse(PAGE), said)

    assert answer.status_code == 422
    assert "Put them in order." in answer.content.decode()
    assert f'value="{said["first_day"]}"' in answer.content.decode()
    assert client.post(reverse(PAGE), {}).status_code == 422


def test_a_coordinator_enters_and_sees_everybodys_and_a_member_only_their_own(
    client, here, surgeon, coordinator
):
    stranger = member(board())
    away(stranger)
    client.force_login(coordinator)
    said = {"user": surgeon.pk, "first_day": day(1).isoformat(), "last_day": day(20).isoformat()}
    page = client.post(reverse(PAGE), said, follow=True).content.decode()
    assert "A. Lowe" in page
    assert "Hepatobiliary surgery" in page
    assert "all week" in page
    assert Absence.objects.get(user=surgeon).created_by == coordinator

    client.force_login(member(here, specialty=Specialty.RADIOLOGY))
    assert "A. Lowe</th>" not in client.get(reverse(PAGE)).content.decode()


def test_a_member_cannot_enter_somebody_elses_by_typing_it_in(client, surgeon, coordinator):
    client.force_login(surgeon)
    client.post(
        reverse(PAGE),
        {"user": coordinator.pk, "first_day": day(1).isoformat(), "last_day": day(1).isoformat()},
    )
    assert Absence.objects.get().user == surgeon


def test_a_deputy_sees_for_whom_they_stand_in_and_cannot_withdraw_it(client, here, surgeon):
    second = member(here, specialty=Specialty.SURGERY)
    absence = service.enter(user=surgeon, first_day=day(1), last_day=day(2), deputy=second, by=surgeon)
    client.force_login(second)

    page = client.get(reverse(PAGE)).content.decode()
    assert "For whom I stand in" in page
    address = reverse("cases:withdraw-absence", args=[absence.pk])
    assert address not in page
    assert client.post(address).status_code == 403


def test_queries_do_not_grow_with_absences(client, here, surgeon, coordinator):
    client.force_login(coordinator)
    counts = []
    for _ in range(2):
        away(member(here, specialty=Specialty.RADIOLOGY))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(reverse(PAGE))
        counts.append(len(seen))
        away(surgeon, 10 + len(counts), 10 + len(counts))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("covered", "words"), [(True, "C. Wood stands in then"), (False, "nobody stands in then")]
)
def test_a_deputy_who_is_away_too_is_seen_by_the_coordinator(
    client, here, surgeon, coordinator, covered, words
):
    second = member(here, specialty=Specialty.SURGERY, given_name="Ben", family_name="Hope")
    third = member(here, specialty=Specialty.SURGERY, given_name="Cat", family_name="Wood")
    service.enter(user=surgeon, first_day=day(1), last_day=day(5), deputy=second, by=surgeon)
    client.force_login(coordinator)
    assert "Away too" not in client.get(reverse(PAGE)).text

    deputy = third if covered else None
    service.enter(user=second, first_day=day(4), last_day=day(9), deputy=deputy, by=second)
    said = " ".join(client.get(reverse(PAGE)).text.split())
    assert f"B. Hope is away too from {day(4):%d-%b-%Y} to {day(5):%d-%b-%Y}: {words}" in said
