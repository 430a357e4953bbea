"""The trail of a hospital: who answers for privacy there reads it, and nobody else knows that it is there."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.exchange.csv_writing import harmless
from cases.models import Hospital
from cases.queries import trail_review
from tests.factories import a_case, a_patient, board, member, person
from tumorboard.audit import trail
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

TRAIL = reverse("cases:trail")


@pytest.fixture
def scene():
    """Two hospitals, a case in each; one officer answers for the first."""
    here, there = board(hospital="St Here"), board(hospital="St There")
    officer = person("Olga", "Officer")
    here.hospital.privacy_officers.add(officer)
    patient = a_patient(family_name="Sample", given_name="Berta", record_number="REC-77")
    mine, other = a_case(here, patient=patient), a_case(there, patient=a_patient(family_name="Elsewhere"))
    reader = member(here, given_name="Rita", family_name="Reader")
    for case in (mine, other):
        looked(reader, case)
    return type("Scene", (), locals())


def looked(by, case, verb="case.viewed", **details):
    return trail.record(actor=by, verb=verb, subject=case, about=case.about, **details)


def many(scene, count):
    for _ in range(count):
        looked(scene.reader, scene.mine)


def lines(client, address):
    return client.get(address).context["page"].lines


def test_only_who_answers_for_privacy_there_finds_it(client, scene):
    patient, unusual = (
        reverse("cases:trail-patient", args=[scene.patient.pk]),
        reverse("cases:trail-unusual"),
    )
    root = person(is_superuser=True, is_staff=True)
    for who in (scene.reader, person(), root):
        client.force_login(who)
        for address in (TRAIL, patient, unusual, reverse("cases:trail-who-looked", args=[scene.patient.pk])):
            assert client.get(address).status_code == 404
        assert client.post(reverse("cases:trail-export"), {"reason": "ROUTINE"}).status_code == 404
        assert client.post(reverse("cases:trail-find"), {"words": "Sample"}).status_code == 404
    member(scene.here, user=root)
    for who in (scene.officer, root):
        client.force_login(who)
        assert [client.get(one).status_code for one in (TRAIL, patient, unusual)] == [200] * 3


def test_officers_see_the_lines_of_their_hospital_and_no_other(client, scene):
    client.force_login(scene.officer)
    shown = lines(client, TRAIL)
    assert [line.case for line in shown if line.what == "read the case"] == [scene.mine.number]
    assert {line.board for line in shown if line.case} == {scene.here.name}
    assert scene.other.number not in client.get(TRAIL).text
    other = reverse("cases:trail-patient", args=[scene.other.patient_id])
    assert client.get(other).status_code == 404


def test_a_patient_is_found_by_number_or_name_which_no_address_holds(client, scene):
    client.force_login(scene.officer)
    for words in ("rec-77", "sample", "Sample, Berta", "Berta Sample"):
        answer = client.post(reverse("cases:trail-find"), {"words": words})
        assert answer.url == reverse("cases:trail-patient", args=[scene.patient.pk])
    for words in ("Elsewhere", "nobody", ""):
        answer = client.post(reverse("cases:trail-find"), {"words": words})
        assert answer.status_code == 422
        assert f'value="{words}"' in answer.text or not words
    a_case(scene.here, patient=a_patient(family_name="Sample", given_name="Carl"))
    assert "SAMPLE, Carl" in client.post(reverse("cases:trail-find"), {"words": "Sample"}).text


def test_by_person_kind_and_day(client, scene):
    client.force_login(scene.officer)
    colleague = member(scene.here, family_name="Colleague")
    looked(colleague, scene.mine, "letter.read")
    looked(colleague, scene.mine, "case.accepted")
    looked(colleague, scene.mine, "emergency.begun")
    trail.record(
        actor=None,
        verb="sign_in.failed",
        subject=colleague,
        about=f"user:{colleague.pk}",
        address="192.0.2.7",
    )
    by = f"{TRAIL}?person={colleague.pk}"
    assert [line.what for line in lines(client, by)] == [
        "a sign-in failed",
        "opened the case in an emergency",
        "accepted the case",
        "took a letter as PDF",
    ]
    failed = lines(client, f"{by}&kind=sign_ins")[0]
    assert (failed.who, failed.detail) == ("Somebody, as Ada Colleague", "from 192.0.2.7")
    for kind, expected in {
        "reads": [],
        "exports": ["took a letter as PDF"],
        "changes": ["opened the case in an emergency", "accepted the case"],
        "emergency": ["opened the case in an emergency"],
    }.items():
        assert [line.what for line in lines(client, f"{by}&kind={kind}")] == expected
    assert lines(client, f"{by}&until=2020-01-01") == []
    assert lines(client, f"{by}&since=2999-01-01") == []
    assert len(lines(client, f"{by}&since=nonsense&kind=x&before=x_y")) == 4


def test_pages_follow_by_key_and_leave_nothing_out(client, scene):
    client.force_login(scene.officer)
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    AuditEvent.objects.bulk_create(
        AuditEvent(actor=scene.reader, verb="case.viewed", about=scene.mine.about, at=at)
        for _ in range(2 * trail_review.A_PAGE + 3)
    )
    address, seen = f"{TRAIL}?kind=reads", 0
    while address:
        page = client.get(address).context["page"]
        seen += len(page.lines)
        address = TRAIL + page.older if page.older else ""
    assert seen == 2 * trail_review.A_PAGE + 4


@pytest.mark.parametrize("named", ["cases:trail", "cases:trail-patient", "cases:trail-who-looked"])
def test_queries_do_not_grow_with_lines(client, scene, named):
    client.force_login(scene.officer)
    address = reverse(named, args=[scene.patient.pk] if "-" in named else [])

    def counted():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = counted()
    for _ in range(3):
        looked(member(scene.here), a_case(scene.here, patient=scene.patient))
    assert counted() == few


def test_who_reads_the_trail_stands_in_it(client, scene):
    client.force_login(scene.officer)
    client.get(TRAIL)
    client.get(reverse("cases:trail-patient", args=[scene.patient.pk]))
    read = trail.of(scene.here.hospital.scope).filter(verb="trail.viewed")
    assert [event.details for event in read] == [{"patient": str(scene.patient.pk)}, {}]
    assert {event.actor for event in read} == {scene.officer}


def test_who_looked_at_a_patient_is_told_by_person(client, scene):
    client.force_login(scene.officer)
    many(scene, 2)
    looked(scene.reader, scene.mine, "letter.read")
    nurse = member(scene.here, given_name="Nora", family_name="Nurse")
    looked(nurse, scene.mine, emergency="x")
    looked(nurse, scene.mine, "case.accepted")
    answer = client.get(reverse("cases:trail-who-looked", args=[scene.patient.pk]))
    told = [(one.who, one.reads, one.documents, one.emergencies) for one in answer.context["lines"]]
    assert told == [("Nora Nurse", 1, 0, 1), ("Rita Reader", 3, 1, 0)]


def test_the_file_holds_what_was_asked_for_needs_a_reason_and_is_in_the_trail(client, scene):
    client.force_login(scene.officer)
    sly = member(scene.here, given_name="=HYPERLINK(1)", family_name="Sly")
    looked(sly, scene.mine)
    address = reverse("cases:trail-export")
    refused = client.post(address, {"person": sly.pk})
    assert refused.status_code == 422
    assert not AuditEvent.objects.filter(verb="trail.exported").exists()

    taken = client.post(address, {"person": sly.pk, "reason": "INQUIRY"})
    head, row = csv.reader(StringIO(taken.content.decode("utf-8-sig")))
    assert head[:3] == ["When", "Who", "What"]
    assert row[1:5] == ["'=HYPERLINK(1) Sly", "read the case", scene.mine.number, scene.here.name]
    exported = AuditEvent.objects.get(verb="trail.exported")
    assert (exported.actor, exported.details) == (scene.officer, {"reason": "INQUIRY", "lines": 1})
    of_patient = reverse("cases:trail-patient-export", args=[scene.patient.pk])
    assert scene.mine.number in client.post(of_patient, {"reason": "PATIENT"}).content.decode()


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(typed):
    assert harmless(typed) == f"'{typed}"


def test_what_is_no_formula_stays():
    assert [harmless(text) for text in ("Ada", "T-26-0001", "", "3 = 3")] == [
        "Ada", "T-26-0001", "", "3 = 3"
    ]  # fmt: skip


def test_nobody_else_is_offered_it(client, scene):
    client.force_login(scene.officer)
    assert f'href="{TRAIL}"' in client.get("/").text
    client.force_login(scene.reader)
    assert f'href="{TRAIL}"' not in client.get("/").text
    assert not Hospital.objects.overseen_by(scene.reader).exists()
