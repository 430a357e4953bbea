"""Two people decide at the same moment: one is heard, the other is told."""

import pytest

from cases.domain.errors import DomainError
from cases.models import ActionUpdate, Case, Letter, Recommendation, StatusChange
from cases.services import follow_up, pathway, recommendation
from cases.vocabulary import CaseStatus, Role, Specialty
from tests.factories import member
from tests.factories.decisions import a_room
from tests.together import at_once
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, DomainError)]


def kept(room):
    return recommendation.draft(
        item=room.item, version=0, fields=room.fields, actions=[room.action()], dissents=[], by=room.chair
    )


def test_of_two_chairs_one_signs():
    room = a_room()
    other = member(room.board, Role.CHAIR, Specialty.ONCOLOGY)
    drafted = kept(room)

    def sign(by):
        mine = Recommendation.objects.get(pk=drafted.pk)
        return lambda: pathway.sign_off(recommendation=mine, version=drafted.version, by=by)

    answers = at_once(sign(room.chair), sign(other))

    assert len(refusals(answers)) == 1
    assert Recommendation.objects.get().signed_by in {room.chair, other}
    assert StatusChange.objects.filter(step="decided").count() == 1
    assert Letter.objects.count() == 1
    assert Message.objects.count() == 1


def test_signing_and_changing_at_once_never_signs_what_nobody_read():
    room = a_room()
    drafted = kept(room)

    def change():
        return recommendation.draft(
            item=room.item,
            version=drafted.version,
            fields=room.fields | {"rationale": "Changed at the last moment."},
            actions=[],
            dissents=[],
            by=room.surgeon,
        )

    def sign():
        return pathway.sign_off(recommendation=drafted, version=1, by=room.chair)

    answers = at_once(change, sign)
    now = Recommendation.objects.get()

    assert len(refusals(answers)) == 1
    assert bool(now.signed_at) == (now.rationale == room.fields["rationale"])
    assert now.actions.count() == (1 if now.signed_at else 0)


def test_two_last_reports_at_once_are_both_kept_and_close_the_case_once():
    room = a_room()
    signed = room.decide([room.action(), room.action(owner=room.oncologist)])
    first, second = signed.actions.select_related("recommendation__case__board").order_by("position")

    def done(action):
        return lambda: follow_up.report(
            action=action, report="NOT_DONE", reason="PROGRESSION", note="", happened_on=None, by=action.owner
        )

    answers = at_once(done(first), done(second))

    assert refusals(answers) == []
    assert ActionUpdate.objects.count() == 2
    assert Case.objects.get().status == CaseStatus.CLOSED
    assert StatusChange.objects.filter(step="closed").count() == 1
