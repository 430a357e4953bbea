"""A lesion that was withdrawn does not stay in a decision unseen."""

import pytest
from django.utils import timezone

from cases.domain import recommendation as rules
from cases.domain.errors import Refused
from cases.queries.decision import decision_of
from cases.queries.decision_making import making
from cases.services import recommendation
from tests.factories import a_lesion
from tests.factories.decisions import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def withdrawn(lesion, by):
    lesion.withdrawn_at, lesion.withdrawn_by, lesion.withdrawn_reason = timezone.now(), by, "A cyst."
    lesion.save()
    return lesion


def test_a_lesion_withdrawn_since_is_taken_out_of_the_decision_before_it_is_signed(room):
    lesion = a_lesion(room.case)
    written = room.written(actions=[room.action(lesions=[lesion])])
    withdrawn(lesion, room.surgeon)
    lacking = [(lack.field, lack.what) for lack in rules.lacks(decision_of(written), today=room.today)]
    seen = making(room.item, user=room.surgeon, now=timezone.now()).to_plan

    assert lacking == [
        ("plan-L1", "L1 was withdrawn: take its plan back."),
        ("action-1-lesions", "L1 was withdrawn: take it out of action 1."),
    ]
    assert [(one.label, one.words) for one in seen] == [("L1", "withdrawn")]

    said = {"recommendation": written, "lesion": lesion, "by": room.surgeon}
    plan = written.plans.get()
    with pytest.raises(Refused):
        recommendation.save_plan(plan="ABLATE", version=plan.version, **said)
    assert recommendation.save_plan(plan="", version=plan.version, **said) == 0
    assert not written.plans.exists()


def test_an_amendment_does_not_take_over_the_plan_of_a_withdrawn_lesion(room):
    lesion = a_lesion(room.case)
    signed = room.decide()
    withdrawn(lesion, room.surgeon)
    amended = recommendation.begin_amendment(recommendation=signed, reason="A cyst.", by=room.chair)

    assert (signed.plans.count(), amended.plans.count()) == (1, 0)
