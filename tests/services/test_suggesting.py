"""A suggestion comes from the signed record and is written only when somebody takes it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused
from cases.models import (
    AgendaItem,
    InterventionalInput,
    LesionAccess,
    OncologyInput,
    PatientWish,
    SpecialistInput,
    TumorBoard,
)
from cases.queries.decision import decision_of
from cases.queries.suggestions import suggestions_for
from cases.services import recommendation
from cases.vocabulary import InputStatus, Role, Specialty
from tests.factories import a_lesion, member
from tests.factories.decisions import a_room
from tests.factories.inputs import OPINION, an_input

pytestmark = pytest.mark.django_db


def sign(room, by, specialty, opinion, details=None, **said):
    """Details belong to an input that is not signed yet."""
    asked = an_input(room.case, by, specialty)
    row = details.objects.create(input=asked, **said) if details else None
    return asked, row, {**OPINION, "opinion": opinion, "signed_by": by}


def signed(asked, _row, told):
    SpecialistInput.objects.filter(pk=asked.pk).update(
        status=InputStatus.SIGNED, signed_at=timezone.now(), **told
    )


@pytest.fixture
def room():
    room = a_room()
    radiologist = member(room.board, specialty=Specialty.INTERVENTIONAL, family_name="Lind")
    signed(*sign(room, room.surgeon, Specialty.SURGERY, "RESECT"))
    signed(*sign(room, room.oncologist, Specialty.ONCOLOGY, "TRIAL", OncologyInput, trial_available="North"))
    reached = sign(room, radiologist, Specialty.INTERVENTIONAL, "ABLATE", InterventionalInput)
    for number, viable in ((1, "YES"), (2, "NO")):
        lesion = a_lesion(room.case, number=number, viable=viable)
        LesionAccess.objects.create(
            details=reached[1], lesion=lesion, ablatable="YES", created_by=radiologist
        )
    signed(*reached)
    PatientWish.objects.create(case=room.case, words="To dance.", told_to="R. Quill", created_by=room.chair)
    return room


def offered(room, decision=None):
    item = AgendaItem.objects.select_related("case__board").get(pk=room.item.pk)
    return {one.id: one for one in suggestions_for(item, decision)}


def take(room, begun, wanted, by=None):
    recommendation.take_suggestion(recommendation=begun, suggestion_id=wanted, by=by or room.surgeon)
    begun.refresh_from_db()


def test_the_signed_record_is_offered_with_its_source(room):
    found = offered(room)

    assert set(found) == {
        "plan-L1",
        "action-RESECTION",
        "action-ABLATION",
        "action-IMAGING-to-look-for-disease-outside-the-liver",
        "wish",
        "trial",
    }
    assert found["wish"].source == "The wish on record, told to R. Quill"
    assert found["action-RESECTION"].owner_id == room.surgeon.pk


def test_each_is_taken_once_and_by_hand(room):
    begun = recommendation.begin(item=room.item, by=room.surgeon)
    recommendation.save_section(
        recommendation=begun, section="WISH", version=0, values={"patient_wish": ""}, by=room.surgeon
    )
    for wanted in ("plan-L1", "action-RESECTION", "wish", "trial"):
        take(room, begun, wanted)
        with pytest.raises(Refused, match="already"):
            take(room, begun, wanted)
    decision = decision_of(begun)

    assert [(one.lesion, one.plan) for one in decision.plans] == [("L1", "ABLATE")]
    assert [(one.kind, one.owner, one.due_on) for one in decision.actions] == [
        ("RESECTION", str(room.surgeon), None)
    ]
    assert (decision.wish, decision.wish_weight) == ("To dance.", "")
    assert (decision.trial, decision.trial_words) == ("OFFERED", "North")
    assert offered(room, begun)["plan-L1"].already_taken


def test_what_is_not_suggested_is_not_taken(room):
    begun = recommendation.begin(item=room.item, by=room.surgeon)

    with pytest.raises(Refused, match="no longer suggested"):
        take(room, begun, "plan-L2")
    with pytest.raises(PermissionDenied):
        take(room, begun, "plan-L1", by=member(room.board, Role.OBSERVER))


def test_a_sealed_opinion_is_not_given_away_before_the_case_is_opened(room):
    TumorBoard.objects.update(seals_opinions=True)
    AgendaItem.objects.update(opened_at=None, opened_by=None)

    assert set(offered(room)) == {"action-IMAGING-to-look-for-disease-outside-the-liver", "wish"}


def test_it_takes_the_same_questions_for_one_opinion_and_for_three(room, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as three:
        offered(room)
    SpecialistInput.objects.exclude(specialty=Specialty.SURGERY).update(superseded_at="2026-11-22T00:00Z")
    with django_assert_max_num_queries(len(three)):
        offered(room)
