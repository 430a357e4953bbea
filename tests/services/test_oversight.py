"""Once a week the unusual looks at a hospital's cases are found, told to its privacy officers, and closed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import EmergencyAccess, UnusualAccess
from cases.queries import unusual
from cases.services import oversight
from cases.vocabulary import MeetingStatus, Role
from tests.factories import a_case, a_patient, agenda_item, board, meeting, member, person
from tests.factories.inputs import an_input
from tumorboard.audit.models import AuditEvent
from tumorboard.notifications.models import Message

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)  # the week that is looked at; in it, London is on UTC
THURSDAY = datetime(2026, 3, 5, 11, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def here():
    return board(quiet_from=time(20), quiet_until=time(7))


@pytest.fixture
def officer(here):
    officer = person("Olga", "Officer")
    here.hospital.privacy_officers.add(officer)
    return officer


def looked(by, case, at=THURSDAY, verb="case.viewed", **details):
    AuditEvent.objects.create(actor=by, verb=verb, about=case.about, at=at, details=details)


def listed(here, case, at):
    on = meeting(here, starts_at=at)
    agenda_item(on, case)
    return on


def found(here):
    hits = unusual.found(here.hospital, week=MONDAY, zone=here.zone)
    return sorted((one.rule, one.times) for one in hits)


def test_whoever_has_a_task_is_not_pointed_out(here):
    case = a_case(here)
    asked = member(here, family_name="Asked")
    an_input(case, asked_of=asked)
    worked = member(here, family_name="Worked")
    looked(worked, case, verb="labs.recorded")
    for user in (asked, worked, case.referred_by, member(here, Role.COORDINATOR), member(here, Role.CHAIR)):
        looked(user, case)
    assert found(here) == []


def test_a_member_reads_what_is_on_the_list_of_their_meeting_and_not_what_is_not(here):
    on_the_list, on_none, cancelled = a_case(here), a_case(here), a_case(here)
    listed(here, on_the_list, THURSDAY + timedelta(days=6))
    off = listed(here, cancelled, THURSDAY + timedelta(days=5))
    type(off).objects.filter(pk=off.pk).update(status=MeetingStatus.CANCELLED, cancel_reason="x")
    reader = member(here, family_name="Reader")
    for case in (on_the_list, on_none, cancelled, cancelled):
        looked(reader, case)
    assert found(here) == [("NO_TASK", 1), ("NO_TASK", 2)]
    looked(member(board(), family_name="Visitor"), on_the_list)
    assert found(here) == [("NO_TASK", 1), ("NO_TASK", 1), ("NO_TASK", 2)], "the list of another board"


def test_names_of_the_reader(here):
    reader = member(here, Role.CHAIR, given_name="Inês", family_name="Duarte")
    for given in ("Ines", "Pedro"):
        looked(reader, a_case(here, patient=a_patient(given_name=given, family_name="Duarte")))
    looked(reader, a_case(here))
    assert found(here) == [("OWN_NAME", 1), ("SURNAME", 1)]


def test_out_of_hours_on_the_clock_of_the_board(here):
    chair, case = member(here, Role.CHAIR, family_name="Owl"), a_case(here)
    looked(chair, case, THURSDAY.replace(hour=22))
    looked(chair, case, datetime(2026, 3, 7, 11, tzinfo=UTC))
    looked(chair, case)
    assert found(here) == [("OUT_OF_HOURS", 2)]
    listed(here, a_case(here), datetime(2026, 3, 6, 8, tzinfo=UTC))
    assert found(here) == [("OUT_OF_HOURS", 1)], "the evening before a meeting is for reading"


def test_many_patients_in_a_day_for_the_person_and_the_role(here):
    chair, other = (member(here, Role.CHAIR, family_name=name) for name in ("Many", "Other"))
    cases = [a_case(here) for _ in range(16)]
    for case in cases:
        looked(chair, case)
        looked(chair, case)
    assert found(here) == [("MANY", 16)]
    for day in range(1, 4):
        for case in cases[:6]:
            looked(other, case, THURSDAY - timedelta(weeks=1, days=day))
    assert found(here) == [], "others in this role read six on a usual day"


def test_an_emergency_is_always_told(here):
    case, reader = a_case(here), member(board(), family_name="Rescuer")
    EmergencyAccess.objects.create(
        case=case,
        user=reader,
        reason_kind="ACUTE",
        reason="Bleeding now.",
        begun_at=THURSDAY,
        ends_at=THURSDAY + timedelta(hours=1),
    )
    assert found(here) == [("EMERGENCY", 1)]


def test_other_weeks_and_hospitals_are_left_alone(here):
    reader = person()
    for days in (-4, 4):
        looked(reader, a_case(here), THURSDAY + timedelta(days=days))
    looked(reader, a_case(board(hospital="St Elsewhere")))
    assert found(here) == []


def test_queries_do_not_grow_with_the_week(here):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            unusual.found(here.hospital, week=MONDAY, zone=here.zone)
        return len(queries)

    looked(person(), a_case(here))
    few = counted()
    for _ in range(4):
        looked(person(), a_case(here))
    assert counted() == few


# -- told, once a week -------------------------------------------------------------------------------------


def test_each_officer_is_told_once_a_week_without_anybodys_name(here, officer):
    case = a_case(here, patient=a_patient(family_name="Sample", given_name="Berta"))
    looked(member(here, given_name="Rita", family_name="Reader"), case)
    assert [oversight.report_unusual(now=NEXT_MONDAY + timedelta(minutes=m)) for m in (0, 1)] == [1, 0]
    assert oversight.report_unusual(now=NEXT_MONDAY + timedelta(days=2)) == 0

    [message] = Message.objects.filter(kind="access.weekly")
    assert message.recipient == officer
    assert "1 unusual access in the week from 02-Mar-2026" in message.title
    assert "No task in this case: 1" in message.text
    assert reverse("cases:trail-unusual") in message.text
    for name in ("Sample", "Berta", "Reader", case.number):
        assert name not in message.title + message.text + message.html
    [kept] = UnusualAccess.objects.all()
    assert (kept.week, kept.case, kept.hospital) == (MONDAY, case, here.hospital)
    assert oversight.report_unusual(now=NEXT_MONDAY + timedelta(days=7)) == 1, "a quiet week is told too"


def test_by_night_and_without_an_officer_nobody_is_told(here):
    assert oversight.report_unusual(now=NEXT_MONDAY.replace(hour=3)) == 0
    assert oversight.report_unusual(now=NEXT_MONDAY) == 0
    assert not Message.objects.exists()


# -- closed ------------------------------------------------------------------------------------------------


@pytest.fixture
def hit(here):
    looked(member(here, family_name="Reader"), a_case(here))
    [hit] = unusual.found(here.hospital, week=MONDAY, zone=here.zone)
    hit.save()
    return hit


def test_an_officer_says_what_it_was_once(client, here, officer, hit):
    client.force_login(officer)
    page = reverse("cases:trail-unusual")
    assert "No task in this case" in client.get(page).context["page"].waiting[0].access.get_rule_display()
    refused = client.post(reverse("cases:trail-look-at", args=[hit.pk]), {f"{hit.pk}-note": " "})
    assert refused.status_code == 422
    done = client.post(reverse("cases:trail-look-at", args=[hit.pk]), {f"{hit.pk}-note": "Covered a leave."})
    assert done.url == page

    hit.refresh_from_db()
    assert (hit.looked_by, hit.note) == (officer, "Covered a leave.")
    assert AuditEvent.objects.get(verb="unusual.looked_at").details == {"rule": "NO_TASK"}
    assert "Covered a leave." in client.get(page).text
    with pytest.raises(SomeoneWasFaster):
        oversight.look_at(access=hit, note="Again.", by=officer)


def test_nobody_else_closes_it_and_nobody_their_own(here, officer, hit):
    for who in (person(), hit.user, member(here, Role.CHAIR)):
        with pytest.raises(PermissionDenied):
            oversight.look_at(access=hit, note="Fine.", by=who)
    here.hospital.privacy_officers.add(hit.user)
    with pytest.raises(PermissionDenied):
        oversight.look_at(access=hit, note="Fine.", by=hit.user)
    with pytest.raises(Refused):
        oversight.look_at(access=hit, note="  ", by=officer)


@pytest.mark.parametrize("change", [{"rule": "MANY"}, {"times": 9}, {"case": None}])
def test_what_was_found_is_not_rewritten(hit, change):
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        UnusualAccess.objects.filter(pk=hit.pk).update(**change)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        hit.delete()
