"""Is a question that is written once answered as one that is written anew?"""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models.functions import JSONObject
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Membership
from cases.queries.kept import Kept
from cases.vocabulary import Role
from tests.factories import board, member, person

pytestmark = pytest.mark.django_db


def seats(*, user, boards):
    return Membership.objects.filter(user=user, board__in=boards, role=Role.CHAIR).values_list("pk", "role")


def test_the_answer_is_that_of_the_values_given_each_time():
    here, there = board(), board()
    chair, other = member(here, role=Role.CHAIR), member(there, role=Role.CHAIR)
    kept = Kept(seats)

    for user, boards in [
        (chair, [here.pk]),
        (other, [there.pk]),
        (chair, [there.pk]),
        (other, [here.pk, there.pk]),
    ]:
        assert kept.rows(user=user.pk, boards=boards) == list(seats(user=user, boards=boards))


def test_it_is_written_once_for_as_many_values():
    here = board()
    asked = []
    kept = Kept(lambda *, boards: asked.append(len(boards)) or Membership.objects.filter(board__in=boards))

    for boards in ([here.pk], [here.pk + 1], [here.pk, here.pk + 1], [here.pk, 0]):
        kept.rows(boards=boards)
    assert asked == [1, 2]


def test_values_are_given_to_the_database_apart_from_the_text():
    named = Kept(lambda *, email: get_user_model().objects.filter(email=email).values_list("pk"))
    person(email="o'hara@example.org")
    with CaptureQueriesContext(connection) as asked:
        assert len(named.rows(email="o'hara@example.org")) == 1
        assert named.rows(email="' or true --") == []
    assert len(asked) == 2


def test_a_question_that_loses_or_changes_a_value_is_refused():
    lost = Kept(lambda *, email: get_user_model().objects.filter(is_active=True))
    with pytest.raises(ValueError, match="asks for none"):
        lost.rows(email="a@example.org")
    changed = Kept(lambda *, email: get_user_model().objects.filter(email__startswith=email))
    with pytest.raises(ValueError, match="changes 1"):
        changed.rows(email="a@example.org")


def test_what_would_keep_the_time_of_its_first_asking_is_refused():
    late = Kept(lambda *, user: Membership.objects.filter(user=user, ended_at__lt=timezone.now()))
    with pytest.raises(ValueError, match="give it the time"):
        late.rows(user=1)


def test_what_is_read_is_read_as_ever():
    chair = member(board(), role=Role.CHAIR)
    told = JSONObject(role="role")
    kept = Kept(lambda *, user: Membership.objects.filter(user=user).values_list("pk", told))
    [(_, seat)] = kept.rows(user=chair.pk)
    assert seat == {"role": "CHAIR"}
