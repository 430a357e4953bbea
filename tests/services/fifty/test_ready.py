"""Is a case never put on a list as ready after what made it ready was taken back?"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cases.domain.errors import NotReady
from cases.domain.scores.readiness_rule import BASE
from cases.models import Case, Fitness, StatusChange
from cases.services import agenda, disease
from cases.vocabulary import CaseStatus, PrimarySite, Role
from tests.factories import a_case, a_diagnosis, a_fitness, board, meeting, member
from tests.services.fifty.crowd import LONG
from tests.together import at_once, begins_meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 1000 if LONG else 25


@pytest.fixture
def strict():
    """A board that lists nothing that lacks something, and that asks for fitness alone."""
    others = [name for name in BASE if name != "ecog"]
    return board(lists_blocked_cases=False, items_not_required=others)


@pytest.fixture
def people(strict):
    return member(strict, Role.COORDINATOR), member(strict)


@pytest.fixture
def coming(strict):
    return meeting(strict, timezone.now() + timedelta(days=7))


def ready(on):
    """A case that lacks nothing, and the fact that makes it so."""
    case = a_case(on)
    a_diagnosis(case, primary_site=PrimarySite.BLADDER)
    return case, a_fitness(case)


def lists(case, coming, by):
    return lambda: agenda.list_case(case=case, meeting=coming, by=by)


def takes_back(fitness, by):
    return lambda: disease.withdraw_fact(fact=fitness, reason="Other patient.", by=by)


def test_who_lists_while_it_is_being_taken_back_waits_and_is_refused(strict, coming, people):
    coordinator, surgeon = people
    case, fitness = ready(strict)
    with transaction.atomic():
        takes_back(fitness, surgeon)()
        other = begins_meanwhile(lists(case, coming, coordinator))
    other.join(10)

    assert Case.objects.get().status == CaseStatus.PREPARING


def test_who_takes_back_while_it_is_being_listed_waits(strict, coming, people):
    coordinator, surgeon = people
    case, fitness = ready(strict)
    with transaction.atomic():
        lists(case, coming, coordinator)()
        other = begins_meanwhile(takes_back(fitness, surgeon))
        assert other.is_alive()
    other.join(10)

    assert Case.objects.get().status == CaseStatus.LISTED
    assert Fitness.objects.get().withdrawn_by == surgeon


def test_of_listing_and_taking_back_at_once_none_overtakes_the_other(strict, coming, people):
    coordinator, surgeon = people
    listed_first = 0
    for _ in range(ROUNDS):
        case, fitness = ready(strict)

        listed, _ = at_once(lists(case, coming, coordinator), takes_back(fitness, surgeon))

        if not isinstance(listed, NotReady):
            listed_first += 1
            on_list = StatusChange.objects.get(case=case, step="listed").at
            assert on_list < Fitness.objects.get(pk=fitness.pk).withdrawn_at, (
                "listed as ready, and it was not"
            )
    print(f"\n{ROUNDS} rounds, listed first in {listed_first}")
