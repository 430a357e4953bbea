"""Is it sure, uncertain or missing, and who must be found? Each row of the table was reckoned by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Absence, Meeting, MeetingReply
from cases.queries.forecast import forecast_of
from cases.vocabulary import MeetingStatus, Role, Specialty
from tests.factories import a_case, a_diagnosis, agenda_item, board, meeting, member

pytestmark = pytest.mark.django_db
S = Specialty

PEOPLE = {"sue": S.SURGERY, "sam": S.SURGERY, "ron": S.RADIOLOGY, "ona": S.ONCOLOGY}


@pytest.fixture
def here():
    return board(quorum_specialties=[S.SURGERY, S.RADIOLOGY])


@pytest.fixture
def seated(here):
    return {name: member(here, specialty=what, family_name=name.title()) for name, what in PEOPLE.items()}


def answer(on, user, reply, deputy=None):
    MeetingReply.objects.create(
        meeting=on, user=user, reply=reply, deputy=deputy, said_at=timezone.now(), created_by=user
    )


def away(user, deputy=None, days=30):
    today = timezone.now().date()
    Absence.objects.create(
        user=user,
        deputy=deputy,
        first_day=today,
        last_day=today + timedelta(days=days),
        created_by=user,
    )


# answers, who is away (and who stands in) -> surgery, radiology, counts (come, do not, silent)
ROWS = [
    ({}, {}, "uncertain", "uncertain", (0, 0, 4)),
    ({"sue": "COMING", "ron": "COMING"}, {}, "sure", "sure", (2, 0, 2)),
    ({"sue": "NOT_COMING"}, {}, "uncertain", "uncertain", (0, 1, 3)),
    ({"sue": "NOT_COMING", "sam": "NOT_COMING"}, {}, "missing", "uncertain", (0, 2, 2)),
    ({"sue": "NOT_COMING"}, {"sam": None}, "missing", "uncertain", (0, 2, 2)),
    ({"sue": "COMING"}, {"sue": None}, "sure", "uncertain", (1, 0, 3)),
    ({"ron": "DEPUTY sam"}, {}, "uncertain", "sure", (2, 0, 2)),  # Sam then speaks for radiology
    ({"ron": "DEPUTY sam", "sam": "COMING"}, {"sue": None}, "missing", "sure", (2, 1, 1)),
    ({"ron": "DEPUTY sam", "sam": "NOT_COMING"}, {}, "uncertain", "missing", (0, 2, 2)),
    ({"ron": "DEPUTY sam"}, {"sam": None}, "uncertain", "missing", (0, 2, 2)),
    ({"sue": "DEPUTY sam"}, {}, "sure", "uncertain", (1, 0, 3)),
]


@pytest.mark.parametrize(("answers", "absent", "surgery", "radiology", "counts"), ROWS)
def test_a_meeting(here, seated, answers, absent, surgery, radiology, counts):
    coming = meeting(here, invited_at=timezone.now())
    for name, said in answers.items():
        reply, _, deputy = said.partition(" ")
        answer(coming, seated[name], reply, seated.get(deputy))
    for name, deputy in absent.items():
        away(seated[name], deputy)
    found = forecast_of([coming])[coming.pk]

    assert {seat.specialty: seat.state for seat in found.seats} == {
        S.SURGERY: surgery,
        S.RADIOLOGY: radiology,
    }
    come, do_not, silent = counts
    assert found.counts.startswith(f"{come} come")
    assert f" {do_not} do" in found.counts
    assert found.counts.endswith(f"from {silent}")


def test_before_anybody_was_asked_silence_says_nothing_and_an_absence_does(here, seated):
    coming = meeting(here)
    found = forecast_of([coming])[coming.pk]
    assert (found.sign, found.words, found.counts) == ("none", "Not asked yet", "")

    away(seated["ron"])
    found = forecast_of([coming])[coming.pk]
    assert (found.sign, found.words) == ("block", f"Missing: {S.RADIOLOGY.short}")
    assert found.counts == "0 come, 1 does not, nothing heard from 3"


def test_it_names_who_must_be_found_and_who_stands_in_for_them(here, seated):
    coming = meeting(here)
    away(seated["ron"], seated["ona"])
    answer(coming, seated["sue"], "NOT_COMING")
    found = forecast_of([coming])[coming.pk]
    surgery, radiology = found.seats

    assert [one.words for one in surgery.silent] == ["A. Sam"]
    assert [one.words for one in surgery.not_coming] == ["A. Sue cannot come"]
    assert [one.words for one in radiology.not_coming] == ["A. Ron is away (A. Ona stands in)"]
    assert found.words == f"Missing: {S.RADIOLOGY.short}; Uncertain: {S.SURGERY.short}"


def test_the_cases_of_the_list_ask_for_more_and_say_why(here, seated):
    coming = meeting(here)
    case = a_case(here, topics=["SYSTEMIC"])
    a_diagnosis(case, primary_site="HCC")
    agenda_item(coming, case)
    taken_off = a_case(here, topics=["PALLIATION"])
    agenda_item(coming, taken_off, status="TAKEN_OFF")
    found = forecast_of([coming])[coming.pk]

    assert [seat.specialty for seat in found.seats] == [S.SURGERY, S.RADIOLOGY, S.TRANSPLANT, S.ONCOLOGY]
    by_code = {seat.specialty: seat for seat in found.seats}
    assert by_code[S.ONCOLOGY].need.in_short == "because systemic treatment is asked about"
    assert by_code[S.TRANSPLANT].state == "missing"
    assert found.uncovered == [S.TRANSPLANT]


def test_an_observer_speaks_for_no_discipline_and_who_left_does_not_count(here, seated):
    coming = meeting(here)
    watching = member(here, Role.OBSERVER, S.RADIOLOGY)
    for user in (watching, seated["ron"], seated["sue"]):
        answer(coming, user, "COMING")
    seated["ron"].memberships.update(ended_at=timezone.now())
    found = forecast_of([coming])[coming.pk]

    assert {seat.specialty: seat.state for seat in found.seats} == {
        S.SURGERY: "sure",
        S.RADIOLOGY: "missing",
    }


def test_what_is_over_has_no_forecast(here):
    begun = meeting(here, status=MeetingStatus.RUNNING)
    assert forecast_of([begun, meeting(board(), status=MeetingStatus.CLOSED)]) == {}
    assert forecast_of([]) == {}


def test_queries_do_not_grow(here, seated):
    counts = []
    for many in (1, 3):
        for day in range(many):
            coming = meeting(here, starts_at=timezone.now() + timedelta(days=10 * many + day))
            case = a_case(here, topics=["SYSTEMIC"])
            a_diagnosis(case)
            agenda_item(coming, case)
            answer(coming, seated["sue"], "DEPUTY", seated["sam"])
        meetings = list(Meeting.objects.select_related("board"))
        with CaptureQueriesContext(connection) as seen:
            found = forecast_of(meetings)
            assert all(one.words and one.counts for one in found.values())
        counts.append(len(seen))

    assert counts[0] == counts[1] == 5
