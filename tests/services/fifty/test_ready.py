"""Is a case never put on a list as ready after what made it ready was taken back?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain.errors import NotReady
from cases.domain.scores.readiness_rule import BASE
from cases.models import Fitness, StatusChange
from cases.services import agenda, disease
from cases.vocabulary import PrimarySite, Role
from tests.factories import a_case, a_diagnosis, a_fitness, board, meeting, member
from tests.services.fifty.crowd import LONG
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 1000 if LONG else 25


@pytest.fixture
def strict():
    """A board that lists nothing that lacks something, and that asks for fitness alone."""
    others = [name for name in BASE if name != "ecog"]
    return board(lists_blocked_cases=False, items_not_required=others)


def test_of_listing_and_taking_back_at_once_none_overtakes_the_other(strict):
    coordinator, surgeon = member(strict, Role.COORDINATOR), member(strict)
    coming = meeting(strict, timezone.now() + timedelta(days=7))
    came = {"listed first": 0, "taken back first": 0}
    for _ in range(ROUNDS):
        case = a_case(strict)
        a_diagnosis(case, primary_site=PrimarySite.BLADDER)
        fitness = a_fitness(case)

        listed, _withdrawn = at_once(
            lambda case=case: agenda.list_case(case=case, meeting=coming, by=coordinator),
            lambda fitness=fitness: disease.withdraw_fact(fact=fitness, reason="Other patient.", by=surgeon),
        )

        if isinstance(listed, NotReady):
            came["taken back first"] += 1
            continue
        came["listed first"] += 1
        on_list = StatusChange.objects.get(case=case, step="listed").at
        assert on_list < Fitness.objects.get(pk=fitness.pk).withdrawn_at, "listed as ready, and it was not"
    print(f"\n{ROUNDS} rounds: {came}")
    assert all(came.values()), f"the two never met: {came}"
