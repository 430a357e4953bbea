"""Of ten decided alike the board is told what became of them; of nine, and of other boards, nothing."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Diagnosis, Recommendation, RecommendedAction
from cases.queries.memory import record_of
from tests.factories import board, meeting
from tests.factories.cases import a_case, agenda_item
from tests.factories.decisions import a_room
from tests.factories.plans import amended, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


def decided(room, n, *, site="COLORECTAL", kind="ABLATION", days_ago=90, due_days_ago=30):
    """Written straight into the record: n cases, each with one action that is past its day."""
    day = room.today - timedelta(days=days_ago)
    started = datetime.combine(day, time(12), tzinfo=room.board.zone)  # whatever the hour of the test
    held = meeting(room.board, started, by=room.chair)
    return [_one(room, held, place, site, kind, due_days_ago) for place in range(1, n + 1)]


def _one(room, held, place, site, kind, due_days_ago):
    case = a_case(room.board)
    Diagnosis.objects.update_or_create(case=case, defaults={"primary_site": site, "created_by": room.chair})
    item = agenda_item(held, case, position=place)
    made = Recommendation.objects.create(
        case=case,
        item=item,
        intent="CURATIVE",
        rationale="r",
        wish_weight="FOLLOWED",
        read_back="r",
        created_by=room.chair,
    )
    action = RecommendedAction.objects.create(
        recommendation=made,
        position=1,
        kind=kind,
        owner=room.surgeon,
        due_on=room.today - timedelta(days=due_days_ago),
        created_by=room.chair,
    )
    sign(made, room)
    return action


def sign(made, room):
    from django.utils import timezone

    now = timezone.now()
    said = {"confirmed_version": 1, "confirmed_at": now, "confirmed_by": room.chair}
    Recommendation.objects.filter(pk=made.pk).update(signed_at=now, signed_by=room.chair, **said)


def test_counted_by_hand(room):
    actions = decided(room, 12)
    days = [10, 20, 30, 40, 50]
    met_on = room.meeting.starts_at.astimezone(room.board.zone).date() - timedelta(days=90)
    for action, after in zip(actions, days, strict=False):
        reported(action, "DONE", happened_on=met_on + timedelta(days=after))
    for action, reason in zip(
        actions[5:10], ["PROGRESSION", "PROGRESSION", "DIED", "LOGISTICS", "COMORBIDITY"], strict=True
    ):
        reported(action, "NOT_DONE", reason=reason)
    found = record_of(room.board, "ABLATION", "COLORECTAL")

    assert (found.n, found.done, found.not_done, found.unknown) == (12, 5, 5, 2)
    assert found.median_days == 30
    assert found.reasons == (
        ("The disease progressed", 2),
        ("Appointment or capacity", 1),
        ("Comorbidity or general health", 1),
    )
    assert found.words == (
        "5 of 12 done, half of them within 30 days; 5 not done (the disease progressed 2, appointment or "
        "capacity 1, comorbidity or general health 1); 2 past the day without an end"
    )


def test_of_nine_nothing_is_told_and_of_ten_it_is(room):
    decided(room, 9)
    assert record_of(room.board, "ABLATION", "COLORECTAL") is None
    decided(room, 1, days_ago=60)

    assert record_of(room.board, "ABLATION", "COLORECTAL").n == 10


def test_other_boards_diseases_and_kinds_do_not_count(room):
    decided(room, 9)
    other = a_room(board())
    decided(other, 10)
    decided(room, 1, site="HCC", days_ago=80)
    decided(room, 1, kind="RESECTION", days_ago=70)
    decided(room, 1, due_days_ago=-5, days_ago=60)

    assert record_of(room.board, "ABLATION", "COLORECTAL") is None


def test_an_action_counts_once_through_its_versions(room):
    decided(room, 9)
    Diagnosis.objects.update_or_create(
        case=room.case, defaults={"primary_site": "COLORECTAL", "created_by": room.chair}
    )
    first = room.decide([room.action(kind="ABLATION", days=14)])
    second = amended(room, first, changed={1: room.action(kind="ABLATION", days=20)})
    reported(first.actions.get(), "DONE", happened_on=room.today)

    assert second.actions.get().thread == first.actions.get().thread
    assert record_of(room.board, "ABLATION", "COLORECTAL").n == 10


def test_one_query_and_the_index_of_reports_is_used(room):
    decided(room, 10)
    with CaptureQueriesContext(connection) as asked:
        record_of(room.board, "ABLATION", "COLORECTAL")

    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + asked[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on cases_actionupdate" not in plan
    assert "Seq Scan on cases_recommendedaction" not in plan
