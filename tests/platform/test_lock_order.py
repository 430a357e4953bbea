"""Do the services take what they lock in one order, so that two of them do not wait for each other?

Read from the statements that they really send: rows locked with FOR UPDATE and rows updated, each table at
the first moment of one call.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.services import agenda, disease, pathway, specialist_input
from cases.services import meeting as meetings
from cases.vocabulary import CaseStatus, Role
from tests.factories import a_case, board, meeting, member
from tests.factories.decisions import a_room
from tests.factories.inputs import DETAILS, OPINION, an_input
from tests.factories.referrals import a_referral

pytestmark = pytest.mark.django_db

ORDER = (
    "cases_tumorboard",
    "cases_meeting",
    "cases_case",
    "cases_agendaitem",
    "cases_specialistinput",
    "cases_recommendation",
    "cases_letter",
    "notifications_message",
    "audit_chainhead",
)
LOCKS = (
    re.compile(r'^SELECT .*? FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL),
    re.compile(r'^UPDATE "(\w+)"'),
)


def locked(call) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        call()
    found = (pattern.match(one["sql"]) for one in captured for pattern in LOCKS)
    tables = [match.group(1) for match in found if match]
    return [table for table in dict.fromkeys(tables) if table in ORDER]


def in_order(tables: list[str]) -> bool:
    places = [ORDER.index(table) for table in tables]
    return places == sorted(places)


@pytest.fixture
def sits():
    return board()


def test_a_referral_and_its_acceptance(sits):
    coordinator, referrer = member(sits, Role.COORDINATOR), member(sits, Role.REFERRER)
    referred = locked(lambda: pathway.refer(referral=a_referral(sits), by=referrer))
    case = a_case(sits, CaseStatus.REFERRED)
    accepted = locked(lambda: pathway.accept(case=case, by=coordinator))
    assert "cases_case" in referred
    assert "cases_case" in accepted
    assert in_order(referred)
    assert in_order(accepted)


def test_a_case_on_a_list_and_its_publication(sits):
    coordinator, case, held = member(sits, Role.COORDINATOR), a_case(sits), meeting(sits)
    listed = locked(lambda: agenda.list_case(case=case, meeting=held, by=coordinator))
    held.refresh_from_db()
    published = locked(lambda: agenda.publish_agenda(meeting=held, version=held.version, by=coordinator))
    assert listed[:2] == ["cases_meeting", "cases_case"]
    assert "cases_meeting" in published
    assert in_order(listed)
    assert in_order(published)


def test_signing_takes_meeting_and_case_first_and_the_head_of_the_chain_last():
    room = a_room()
    kept = room.confirmed()
    taken = locked(lambda: pathway.sign_off(recommendation=kept, version=kept.version, by=room.chair))
    assert taken[:2] == ["cases_meeting", "cases_case"]
    assert taken[-1] == "audit_chainhead"
    assert in_order(taken)


def test_a_case_is_taken_before_its_inputs_and_before_what_is_recorded_of_it(sits):
    surgeon = member(sits)
    case = a_case(sits)
    asked = an_input(case, surgeon)
    said = {"fields": OPINION, "details": DETAILS["SURGERY"], "version": 1}
    signed = locked(lambda: specialist_input.sign(specialist_input=asked, by=surgeon, **said))
    recorded = locked(lambda: disease.record_wish(case=case, words="Home.", by=surgeon))
    assert signed[:2] == ["cases_case", "cases_specialistinput"]
    assert recorded == ["cases_case"]
    assert in_order(signed)


def test_the_board_is_taken_before_its_meetings(sits):
    coordinator, coming = member(sits, Role.COORDINATOR), meeting(sits)
    span = {"starts_at": coming.starts_at + timedelta(days=1), "ends_at": coming.ends_at + timedelta(days=1)}
    put_down = locked(lambda: meetings.schedule(board=sits, place="", by=coordinator, **span))
    later = {name: at + timedelta(days=1) for name, at in span.items()}
    moved = locked(lambda: meetings.move(meeting=coming, place="", version=1, by=coordinator, **later))
    assert put_down == ["cases_tumorboard"]
    assert moved[:2] == ["cases_tumorboard", "cases_meeting"]
    assert in_order(moved)
