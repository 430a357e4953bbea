"""A decision is read back, confirmed and signed by the chair, and from then on it stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.recommendation import Incomplete
from cases.models import Attendance, Dissent, Letter, Recommendation, RecommendedAction, StatusChange
from cases.queries.decision import in_force, in_making
from cases.queries.hold_decision import newest_decision, strip_of
from cases.services import meeting as meetings
from cases.services import pathway, recommendation
from cases.services.recommendation import DissentSaid, PlannedCondition, PlannedPlanB
from cases.vocabulary import CaseStatus, ItemStatus, Lane, Role, Specialty
from tests.factories import a_diagnosis, a_lesion, lab, member
from tests.factories.decisions import a_room
from tumorboard.audit import trail
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def confirm(kept, by):
    recommendation.confirm_read_back(recommendation=kept, version=kept.version, by=by)


def sign_off(kept, by):
    pathway.sign_off(recommendation=kept, version=kept.version, by=by)


def test_signing_moves_everything_at_once(room):
    signed = room.decide(dissents=[DissentSaid("Two more cycles.", room.oncologist)])
    room.case.refresh_from_db()
    room.item.refresh_from_db()

    assert signed.signed_by == room.chair
    assert signed.confirmed_version == signed.version
    assert room.case.status == CaseStatus.DECIDED
    assert (room.item.status, room.item.closed_by) == (ItemStatus.DISCUSSED, room.chair)
    assert [change.step for change in StatusChange.objects.order_by("id")] == ["discussed", "decided"]
    assert Letter.objects.filter(recipient=room.referrer).exists()
    assert Message.objects.filter(kind="action.handed_over").get().recipient == room.surgeon
    assert signed.read_back.startswith(
        "With curative intent: resection, right hepatectomy (Mr I. Duarte, by "
    )
    assert (in_making(room.item), in_force(room.item)) == (None, signed)
    verbs = set(trail.of(room.case.about).values_list("verb", flat=True))
    assert verbs >= {"decision.begun", "decision.drafted", "decision.confirmed", "decision.signed"}


def test_a_case_that_was_left_as_discussed_is_signed_later(room):
    kept = room.confirmed()
    room.case.status = CaseStatus.DISCUSSED
    room.case.save()
    room.item.status = ItemStatus.DISCUSSED
    room.item.save()

    sign_off(kept, room.chair)

    assert StatusChange.objects.get().step == "decided"


def test_standard_of_care_is_signed_without_having_been_on_the_screen(room):
    room.item.status, room.item.lane = ItemStatus.PLANNED, Lane.STANDARD
    room.item.opened_at = room.item.opened_by = None
    room.item.save()
    room.decide()
    room.case.refresh_from_db()
    room.item.refresh_from_db()

    assert (room.item.status, room.item.opened_at) == (ItemStatus.DISCUSSED, None)
    assert room.case.status == CaseStatus.DECIDED
    assert [change.step for change in StatusChange.objects.order_by("id")] == ["discussed", "decided"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MEMBER, Role.OBSERVER])
def test_only_the_chair_confirms_and_signs(room, role):
    other = member(room.board, role)
    kept = room.written()

    with pytest.raises(PermissionDenied):
        confirm(kept, other)
    confirm(kept, room.chair)
    with pytest.raises(PermissionDenied):
        sign_off(kept, other)


def test_what_nobody_read_back_is_not_signed(room):
    kept = room.written()

    with pytest.raises(Refused, match="Read the decision back"):
        sign_off(kept, room.chair)


def test_nobody_signs_what_has_changed_since_they_read_it(room):
    kept = room.confirmed()
    recommendation.save_section(
        recommendation=kept, section="WHY", version=1, values={"rationale": "Else."}, by=room.surgeon
    )

    with pytest.raises(SomeoneWasFaster):
        sign_off(kept, room.chair)
    kept.refresh_from_db()
    with pytest.raises(Refused, match="Read the decision back"):
        sign_off(kept, room.chair)


def test_a_quorum_that_was_lost_after_the_reading_is_read_back_again(room):
    written = room.confirmed()
    radiologist = Attendance.objects.get(meeting=room.meeting, specialty="RADIOLOGY").user
    meetings.leave(meeting=room.meeting, user=radiologist, by=room.coordinator)
    assert not strip_of(room.item, newest_decision(room.item), now=timezone.now()).is_confirmed
    with pytest.raises(Refused, match="Read it back once more"):
        room.sign(written)

    confirm(written, room.chair)
    assert room.sign(written).quorum_missing == ["RADIOLOGY"]


def test_an_unfinished_decision_is_neither_confirmed_nor_signed(room):
    kept = room.written(actions=[room.action(owner=None, kind="")], rationale="")

    with pytest.raises(Incomplete, match="Choose what action 1 is") as refused:
        confirm(kept, room.chair)
    assert [one.field for one in refused.value.lacking] == ["action-1-kind", "rationale"]
    assert not Letter.objects.exists()


def test_a_lesion_without_a_plan_holds_the_signature(room):
    one, two = a_lesion(room.case), a_lesion(room.case, number=2)
    kept = room.written(plans={one: "RESECT"})

    with pytest.raises(Incomplete, match="Say what is to happen to L2"):
        confirm(kept, room.chair)

    recommendation.save_plan(recommendation=kept, lesion=two, plan="WATCH", version=0, by=room.surgeon)
    kept.refresh_from_db()
    confirm(kept, room.chair)
    a_lesion(room.case, number=3)
    with pytest.raises(Incomplete, match="L3"):
        sign_off(kept, room.chair)


def test_absent_disciplines_are_named_on_the_decision():
    room = a_room(present=[Specialty.SURGERY])
    signed = room.decide()

    assert signed.quorum_missing == [Specialty.RADIOLOGY, Specialty.ONCOLOGY]
    assert "The board was not quorate: diagnostic radiology and medical oncology were" in signed.read_back


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
    "UPDATE cases_recommendation SET seal = 'x'",
    "DELETE FROM cases_recommendation",
    "UPDATE cases_lesionplan SET plan = 'WATCH'",
    "DELETE FROM cases_lesionplan",
    "UPDATE cases_recommendedaction SET due_on = due_on + 1",
    "UPDATE cases_recommendedaction SET detail = 'x' WHERE role = 'CONDITION'",
    "DELETE FROM cases_recommendedaction",
    "DELETE FROM cases_actionlesion",
    "UPDATE cases_dissent SET reason = 'x'",
]


@pytest.mark.parametrize("sql", SIGNED_FOR_EVER)
def test_the_database_itself_keeps_what_was_signed(room, sql):
    lesion = a_lesion(room.case)
    due = room.today + timedelta(days=3)
    action = room.action(
        lesions=[lesion],
        condition=PlannedCondition("INR at most 1.5", room.oncologist, due),
        plan_b=PlannedPlanB("SBRT", "", room.oncologist, due),
    )
    room.decide([action], dissents=[DissentSaid("No.")])

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


def _sign_behind_the_door(kept, **more):
    Recommendation.objects.filter(pk=kept.pk).update(
        signed_at=kept.created_at, signed_by=kept.created_by, read_back="Read.", **more
    )


@pytest.mark.parametrize("lacking", ["kind = ''", "owner_id = NULL", "due_on = NULL"])
def test_the_database_takes_no_signature_over_an_unfinished_action(room, lacking):
    kept = room.confirmed()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_recommendedaction SET {lacking}")

    with pytest.raises(DatabaseError, match="an action lacks"), transaction.atomic():
        _sign_behind_the_door(kept)


def test_the_database_takes_no_signature_over_what_was_not_read_back(room):
    with pytest.raises(DatabaseError, match="not read back"), transaction.atomic():
        _sign_behind_the_door(room.written())


def test_the_database_takes_no_signature_over_a_lesion_without_a_plan(room):
    kept = room.confirmed()
    a_lesion(room.case)

    with pytest.raises(DatabaseError, match="a lesion has no plan"), transaction.atomic():
        _sign_behind_the_door(kept)


@pytest.mark.parametrize("half", [{"signed_by": None}, {"read_back": ""}, {"intent": ""}])
def test_the_database_takes_no_half_signature(room, half):
    kept = room.confirmed()
    signature = {"signed_at": kept.created_at, "signed_by": room.chair}

    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=kept.pk).update(**signature | half)


@pytest.mark.parametrize("sql", ["UPDATE cases_amendment SET text = 'x'", "DELETE FROM cases_amendment"])
def test_remarks_of_earlier_days_stay_as_they_were(room, sql):
    room.decide().amendments.create(number=1, text="Add a CT.", reason="New pain.", created_by=room.chair)

    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_who_was_in_the_room_and_each_plan_are_kept_with_the_signature(room):
    lesion = a_lesion(room.case)
    room.item.stood_before = {"SURGERY": {"opinion": "RESECT", "confidence": "HIGH"}}
    room.item.save()
    kept = room.decide(plans={lesion: "ABLATE"}).snapshot

    assert sorted(one["specialty"] for one in kept["there"]) == ["ONCOLOGY", "RADIOLOGY", "SURGERY"]
    assert room.surgeon.pk in {one["user"] for one in kept["there"]}
    assert kept["plans"] == [{"lesion": 1, "plan": "ABLATE", "detail": ""}]
    assert kept["stood_before"] == room.item.stood_before


def test_whoever_signs_takes_the_meeting_first_like_whoever_goes_on(room):
    """Both end the discussion of one case: rows taken in another order would lock each other out."""
    written = room.confirmed()
    with CaptureQueriesContext(connection) as seen:
        room.sign(written)
    taken = [one["sql"] for one in seen.captured_queries if "FOR UPDATE" in one["sql"]]

    assert 'FROM "cases_meeting"' in taken[0]
