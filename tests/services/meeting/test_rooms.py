"""Do two boards meet in one room at one time, whoever plans it and however?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import Hospital, Meeting
from cases.services import meeting as service
from cases.vocabulary import Role
from tests.factories import board, member, person
from tests.together import at_once

HOUR = timedelta(hours=1)
ROOM = "Seminar room 2"

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return Hospital.objects.create(name="Riverside", rooms=[ROOM, "Library"])


@pytest.fixture
def eight():
    return (timezone.now() + timedelta(days=7)).replace(microsecond=0)


def a_board(hospital):
    sits = board(hospital=hospital.name)
    return sits, member(sits, Role.COORDINATOR)


def plan(here, start, place=ROOM, hours=2):
    sits, by = here
    return service.schedule(board=sits, starts_at=start, ends_at=start + hours * HOUR, place=place, by=by)


def move(meeting, here, start, place):
    meeting.refresh_from_db()
    return service.move(
        meeting=meeting,
        starts_at=start,
        ends_at=start + 2 * HOUR,
        place=place,
        version=meeting.version,
        by=here[1],
    )


def test_one_board_at_a_time_however_the_room_is_typed(hospital, eight):
    first, second = a_board(hospital), a_board(hospital)
    assert plan(first, eight).pk

    with pytest.raises(Refused, match=f"{ROOM} is taken on .* from .* to .*Choose another time"):
        plan(second, eight + HOUR)
    with pytest.raises(Refused, match="is taken"):
        plan(second, eight - HOUR, place="  seminar ROOM 2 ")
    for free in (
        plan(second, eight + 2 * HOUR),
        plan(second, eight, place="library"),
        plan(a_board(hospital), eight, place="https://meet.example/liver"),
        plan(a_board(hospital), eight, place=""),
        plan(a_board(Hospital.objects.create(name="Hilltop", rooms=[ROOM])), eight),
    ):
        assert free.pk


def test_a_place_that_is_no_room_of_the_hospital_is_nobodys_alone(hospital, eight):
    first, second = a_board(hospital), a_board(hospital)
    assert plan(first, eight, place="to be announced").pk != plan(second, eight, place="to be announced").pk


def test_nobody_moves_into_a_taken_room_and_one_that_was_left_is_free(hospital, eight):
    first, second = a_board(hospital), a_board(hospital)
    there, other = plan(first, eight), plan(second, eight, place="Library")

    with pytest.raises(Refused, match=f"{ROOM} is taken"):
        move(other, second, eight, ROOM)
    move(there, first, eight + timedelta(days=1), ROOM)
    move(other, second, eight, ROOM)
    service.cancel(meeting=Meeting.objects.get(pk=there.pk), reason="Ill", by=first[1])
    assert plan(a_board(hospital), eight + timedelta(days=1)).pk


@pytest.mark.django_db(transaction=True)
def test_of_twelve_boards_at_once_one_has_it(hospital, eight):
    boards = [a_board(hospital) for _ in range(12)]
    outcomes = at_once(*[lambda here=here: plan(here, eight) for here in boards])

    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert (len(refused), Meeting.objects.count()) == (11, 1)
    assert all("taken" in str(one) for one in refused)


def test_what_the_release_before_writes_is_found_too(hospital, eight):
    """It names every column that it knows, and `room` is none of them."""
    there = plan(a_board(hospital), eight)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_meeting SET room = NULL, place = 'library' WHERE id = %s", [there.pk])
    there.refresh_from_db()
    assert there.room == f"{hospital.pk}:library"


# -- which rooms ------------------------------------------------------------------------------------------


@pytest.fixture
def administration(client, hospital):
    client.force_login(person(is_staff=True, is_superuser=True))
    address = reverse("admin:cases_hospital_change", args=[hospital.pk])
    fields = client.get(address).context["adminform"].form.initial
    typed = {name: value for name, value in fields.items() if not isinstance(value, list)}
    return lambda rooms: client.post(address, typed | {"rooms": rooms})


def test_rooms_that_are_named_later_hold_for_meetings_that_are_planned(administration, hospital, eight):
    first, second = a_board(hospital), a_board(hospital)
    plan(first, eight, place="Attic")

    assert administration(f"{ROOM}, Library,  Attic ").status_code == 302
    hospital.refresh_from_db()
    assert hospital.rooms == [ROOM, "Library", "Attic"]
    with pytest.raises(Refused, match="attic is taken"):
        plan(second, eight, place="attic")


def test_a_room_is_not_named_while_two_boards_are_to_meet_there(administration, hospital, eight):
    first, second = a_board(hospital), a_board(hospital)
    plan(first, eight, place="Attic")
    plan(second, eight, place="attic")

    refused = administration("Attic")

    assert refused.status_code == 200
    assert "Two boards are to meet in" in refused.text
    assert all(f"{sits}" in refused.text for sits in (first[0], second[0]))
    hospital.refresh_from_db()
    assert hospital.rooms == [ROOM, "Library"]


def test_a_room_is_named_once(administration, hospital):
    assert administration("Attic, attic, ATTIC ").status_code == 302
    hospital.refresh_from_db()
    assert hospital.rooms == ["Attic"]
