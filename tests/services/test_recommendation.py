"""A decision: drafted by the board, signed by the chair, and from then on it stands."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.recommendation import Incomplete
from cases.models import (
    ActionLesion,
    Amendment,
    Dissent,
    Draft,
    Letter,
    Recommendation,
    RecommendedAction,
    StatusChange,
)
from cases.services import draft as draft_room
from cases.services import pathway, recommendation
from cases.services.recommendation import DissentSaid, PlannedAction
from cases.vocabulary import CaseStatus, ItemStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, a_lesion, lab, member, person
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def draft(room, *, version=0, actions=None, dissents=(), by=None, **fields):
    return recommendation.draft(
        item=room.item,
        version=version,
        fields=room.fields | fields,
        actions=[room.action()] if actions is None else actions,
        dissents=dissents,
        by=by or room.surgeon,
    )


def test_a_draft_may_be_unfinished_and_is_replaced_by_the_next(room):
    lesion = a_lesion(room.case)
    first = draft(room, actions=[PlannedAction(detail="CT?"), room.action(lesions=[lesion])], intent="")
    again = draft(room, version=first.version, dissents=[DissentSaid("Two more cycles.", room.oncologist)])

    assert (first.version, again.version) == (1, 2)
    assert [action.kind for action in again.actions.all()] == ["RESECTION"]
    assert again.dissents.get().who == room.oncologist
    assert not ActionLesion.objects.exists()
    assert trail.of(room.case.about).filter(verb="decision.drafted").count() == 2


def test_keeping_the_decision_ends_the_typing_of_it(room):
    draft_room.save(form="decision", key=str(room.item.pk), payload={"intent": ["CURATIVE"]}, by=room.surgeon)
    draft(room)

    assert not Draft.objects.exists()


def test_who_was_slower_writes_nothing(room):
    first = draft(room)
    draft(room, version=first.version, rationale="Mine.")

    with pytest.raises(SomeoneWasFaster):
        draft(room, version=first.version, rationale="Mine too.")
    with pytest.raises(SomeoneWasFaster), transaction.atomic():
        draft(room, version=0)
    assert Recommendation.objects.get().rationale == "Mine."


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.REFERRER])
def test_who_only_watches_does_not_draft(room, role):
    with pytest.raises(PermissionDenied):
        draft(room, by=member(room.board, role))


@pytest.mark.parametrize("status", [ItemStatus.PLANNED, ItemStatus.TAKEN_OFF])
def test_only_a_case_before_the_board_is_decided(room, status):
    room.item.status = status

    with pytest.raises(Refused, match="not before the board"):
        draft(room)


def test_foreign_people_and_lesions_are_refused(room):
    stranger = person()
    with pytest.raises(Refused, match="owned by somebody of this board"):
        draft(room, actions=[room.action(owner=stranger)])
    with pytest.raises(Refused, match="lesions of this patient"):
        draft(room, actions=[room.action(lesions=[a_lesion(a_case(room.board))])])
    with pytest.raises(Refused, match="sits on this board"):
        draft(room, dissents=[DissentSaid("No.", stranger)])
    with pytest.raises(Refused, match="would do instead"):
        draft(room, dissents=[DissentSaid("  ")])


def test_the_referrer_may_own_an_action_and_dissent_may_be_for_the_minutes(room):
    kept = draft(room, actions=[room.action(owner=room.referrer)], dissents=[DissentSaid("Too early.")])

    assert kept.actions.get().owner == room.referrer
    assert kept.dissents.get().who is None


def test_signing_moves_everything_at_once(room):
    signed = room.decide(dissents=[DissentSaid("Two more cycles.", room.oncologist)])
    room.case.refresh_from_db()
    room.item.refresh_from_db()

    assert signed.signed_by == room.chair
    assert room.case.status == CaseStatus.DECIDED
    assert (room.item.status, room.item.closed_by) == (ItemStatus.DISCUSSED, room.chair)
    assert [change.step for change in StatusChange.objects.order_by("id")] == ["discussed", "decided"]
    assert Letter.objects.get().recipient == room.referrer
    assert Message.objects.get().recipient == room.surgeon
    assert signed.read_back.startswith(
        "With curative intent: resection, right hepatectomy (Mr I. Duarte, by "
    )
    assert trail.of(room.case.about).filter(verb="decision.signed").exists()


def test_a_case_that_was_left_as_discussed_is_signed_later(room):
    kept = draft(room)
    room.case.status = CaseStatus.DISCUSSED
    room.case.save()
    room.item.status = ItemStatus.DISCUSSED
    room.item.save()

    pathway.sign_off(recommendation=kept, version=kept.version, by=room.chair)

    assert StatusChange.objects.get().step == "decided"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MEMBER, Role.OBSERVER])
def test_only_the_chair_signs(room, role):
    kept = draft(room)

    with pytest.raises(PermissionDenied):
        pathway.sign_off(recommendation=kept, version=kept.version, by=member(room.board, role))


def test_an_unfinished_decision_is_not_signed_and_nothing_of_it_is_kept(room):
    with pytest.raises(Incomplete, match="Name the owner of action 1"):
        room.decide(actions=[replace(room.action(), owner=None)])

    assert not Recommendation.objects.exists()
    assert not Letter.objects.exists()


def test_nobody_signs_what_has_changed_since_they_read_it(room):
    kept = draft(room)
    draft(room, version=kept.version, rationale="Changed.")

    with pytest.raises(SomeoneWasFaster):
        pathway.sign_off(recommendation=kept, version=kept.version, by=room.chair)


def test_absent_disciplines_are_named_on_the_decision():
    room = a_room(present=[Specialty.SURGERY])
    signed = room.decide()

    assert signed.quorum_missing == [Specialty.RADIOLOGY, Specialty.ONCOLOGY]
    assert signed.read_back.endswith(
        "The board was not quorate: diagnostic radiology and medical oncology were absent."
    )


def test_what_was_known_that_day_is_kept_without_the_patients_name(room):
    a_diagnosis(room.case)
    lab(room.case, "bilirubin", "17", "umol/L")
    lab(room.case, "albumin", "40", "g/L")
    a_lesion(room.case, mm=31)
    kept = room.decide().snapshot

    assert (kept["schema"], kept["primary_site"], kept["on"]) == (2, "colorectal", str(room.today))
    assert kept["items"]["bilirubin"]["value"] == {"value": "17.0000", "unit": "umol/L"}
    assert kept["items"]["bilirubin"]["on"] == str(room.today)
    assert [(one["number"], one["long_axis_mm"]) for one in kept["lesions"]] == [(1, "31.0")]
    assert "ecog" not in kept["items"]
    [albi] = [one for one in kept["scores"] if one["id"] == "albi"]
    assert (albi["version"], albi["status"], albi["outputs"]["grade"]) == ("1", "ok", 2)
    [rule] = [one for one in kept["scores"] if one["id"] == "flag_transplant_crlm"]
    assert (rule["outputs"]["flag"], rule["outputs"]["failed"]) == ("not_suggested", ["age_18_65"])
    assert room.case.patient.family_name not in str(kept)
    assert room.case.patient.record_number not in str(kept)


SIGNED_FOR_EVER = [
    "UPDATE cases_recommendation SET rationale = 'x'",
    "UPDATE cases_recommendation SET signed_at = NULL, signed_by_id = NULL",
    "DELETE FROM cases_recommendation",
    "UPDATE cases_recommendedaction SET due_on = due_on + 1",
    "DELETE FROM cases_recommendedaction",
    "DELETE FROM cases_actionlesion",
    "UPDATE cases_dissent SET reason = 'x'",
    "UPDATE cases_amendment SET text = 'x'",
    "DELETE FROM cases_amendment",
]


@pytest.mark.parametrize("sql", SIGNED_FOR_EVER)
def test_the_database_itself_keeps_what_was_signed(room, sql):
    lesion = a_lesion(room.case)
    signed = room.decide([room.action(lesions=[lesion])], dissents=[DissentSaid("No.")])
    recommendation.amend(recommendation=signed, text="Add a CT.", reason="New pain.", by=room.chair)

    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_takes_no_new_rows_under_a_signature(room):
    signed = room.decide()
    for row in (
        RecommendedAction(recommendation=signed, position=2, kind="CLINIC", created_by=room.chair),
        Dissent(recommendation=signed, reason="Late.", created_by=room.chair),
    ):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            row.save()


@pytest.mark.parametrize("lacking", ["kind = ''", "owner_id = NULL", "due_on = NULL"])
def test_the_database_takes_no_signature_over_an_unfinished_action(room, lacking):
    kept = draft(room)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_recommendedaction SET {lacking}")

    with pytest.raises(DatabaseError, match="an action lacks"), transaction.atomic():
        Recommendation.objects.filter(pk=kept.pk).update(
            signed_at=kept.created_at, signed_by=room.chair, read_back="Read."
        )


def test_the_database_takes_no_half_signature(room):
    kept = draft(room)

    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=kept.pk).update(signed_at=kept.created_at, signed_by=room.chair)


def test_amendments_are_numbered_and_owe_the_referrer_a_letter(room):
    signed = room.decide()
    for number in (1, 2):
        pathway.amend_decision(recommendation=signed, text=f"Add {number}.", reason="New CT.", by=room.chair)

    assert list(Amendment.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Letter.objects.count() == 1, "a letter still in draft will say it all"


def test_an_amendment_is_the_chairs_and_of_a_signed_decision(room):
    kept = draft(room)
    words = {"text": "Add a CT.", "reason": "New pain."}

    with pytest.raises(Refused, match="not signed yet"):
        recommendation.amend(recommendation=kept, by=room.chair, **words)
    with pytest.raises(PermissionDenied):
        recommendation.amend(recommendation=kept, by=room.coordinator, **words)
