"""Can a coordinator bring a table in by the page alone, and can nobody else?"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.exchange import profiles
from cases.models import Case, ImportProfile, ImportRun, LabResult
from cases.queries.intake import plan_of, question_groups
from cases.services import intake
from cases.vocabulary import Role
from tests.factories import member, person
from tests.services.intake.imports import (
    SAMPLE,
    checked,
    imported,
    seated,
    small,
    table,
)
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

LIST = "/imports/"


@pytest.fixture
def desk(client):
    """A board, its coordinator, and their browser."""
    board, coordinator = seated()
    client.force_login(coordinator)
    client.board, client.coordinator = board, coordinator
    return client


def upload(desk, data: bytes, **more):
    given = {"board": desk.board.pk, "profile": "hcc-survival", "taken_on": ""}
    file = SimpleUploadedFile("list.csv", data, "text/csv")
    return desk.post(LIST, given | {"file": file} | more)


def page(run, name="import-run"):
    return reverse(f"cases:{name}", args=[run.pk])


def group_of(run, column, today="2026-11-22"):
    return next(one for one in question_groups(plan_of(run, today=today), run) if one.column == column)


def answer(desk, run, column, **said):
    return desk.post(page(run, "import-answer"), {"question": group_of(run, column).key} | said)


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_from_the_file_to_the_cases_with_an_answer_for_a_column_and_for_a_row(desk):
    rows = [[f"A-{n}", "1", "60", "42000", "5"] for n in (1, 2)]
    response = upload(desk, table(*rows), taken_on="2026-11-02")
    run = ImportRun.objects.get()
    assert response.url == page(run)
    shown = words(desk.get(response.url))
    assert "42000 would be read as 42 ×10⁹/L" in shown
    assert "5 or more (suggested)" in shown
    assert not Case.objects.exists()

    back = answer(desk, run, "Platelets (G/L)", answer="convert", row_2="leave_out")
    assert back.url.startswith(page(run))
    run.refresh_from_db()
    answer(desk, run, "Number of Nodules", answer="at_least")
    assert desk.post(page(run, "import-start")).url == page(run)

    assert "0 of 2 rows" in words(desk.get(page(run)))
    intake.work(run=run)
    assert [str(one.value) for one in LabResult.objects.all()] == ["42.0000"]
    assert {case.diagnosis.stated_lesion_count for case in Case.objects.all()} == {5}
    done = words(desk.get(page(run)))
    for case in Case.objects.all():
        assert case.number in done


def test_one_answer_is_asked_once_for_all_rows_of_the_sample(desk):
    upload(desk, SAMPLE.read_bytes())
    run = ImportRun.objects.get()

    shown = words(desk.get(page(run)))
    group = group_of(run, "Platelets (G/L)")

    assert "Import 110 cases" in shown
    assert len(group.asked) == 76
    answer(desk, run, "Platelets (G/L)", answer="convert")
    run.refresh_from_db()
    assert group_of(run, "Platelets (G/L)").open == 0


def test_htmx_gets_the_report_with_the_answer_and_no_frame(desk):
    run = checked(desk.board, desk.coordinator, table(["A-1", "1", "60", "42000", "1"]))

    question = group_of(run, "Platelets (G/L)").key
    said = {"question": question, "answer": "convert"}
    response = desk.post(page(run, "import-answer"), said, headers={"hx-request": "true"})

    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<div id="report">')
    assert "answered" in words(response)


@pytest.mark.parametrize("said", [{"answer": "guess"}, {"answer": "convert", "row_1": "guess"}])
def test_an_answer_that_was_not_offered_is_refused(desk, said):
    run = checked(desk.board, desk.coordinator, table(["A-1", "1", "60", "42000", "1"]))

    response = answer(desk, run, "Platelets (G/L)", **said)

    run.refresh_from_db()
    assert (response.status_code, run.decisions) == (422, [])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 rest of a workbook", "spreadsheet workbook"),
        (b"\x00\x01", "not a text file"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"Record,Gender\n", "no rows"),
    ],
    ids=["empty", "xlsx", "binary", "large", "headings only"],
)
def test_a_wrong_file_is_told_beside_the_field_and_what_was_chosen_stays(desk, data, why):
    response = upload(desk, data, taken_on="2026-11-02")

    assert response.status_code == 422
    assert why in words(response)
    assert 'value="2026-11-02"' in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_profile_of_another_board_is_refused(desk):
    other, colleague = seated()
    member(other, Role.COORDINATOR, user=desk.coordinator)
    saved = ImportProfile.objects.create(
        board=other, slug="own", title="Own", mapping=profiles.data("hcc-survival"), created_by=colleague
    )

    response = upload(desk, small(), profile=str(saved.pk))

    assert response.status_code == 422
    assert "belongs to another board" in words(response)
    assert upload(desk, small(), profile=str(saved.pk), board=other.pk).status_code == 302


def test_columns_called_otherwise_are_matched_and_the_matching_is_offered_next_time(desk):
    upload(desk, b"MRN,Sex,Thrombocytes\nA-1,1,142\n")
    run = ImportRun.objects.get()
    assert desk.get(page(run)).url == page(run, "import-columns")
    form = desk.get(page(run, "import-columns")).context["form"]
    fields = {header: field for header, field, _ in form.pairs}
    said = {fields["Record"]: "MRN", fields["Gender"]: "Sex", fields["Platelets (G/L)"]: "Thrombocytes"}

    refused = desk.post(page(run, "import-columns"), said | {fields["Record"]: "", "save_as": "Our list"})
    assert refused.status_code == 422
    assert "holds the record number" in words(refused)
    assert 'value="Our list"' in refused.content.decode()

    twice = desk.post(page(run, "import-columns"), said | {fields["Gender"]: "MRN"})
    assert (twice.status_code, "more than once: MRN" in words(twice)) == (422, True)

    desk.post(page(run, "import-columns"), said | {"save_as": "Our list"})
    assert "Import 1 case" in words(desk.get(page(run)))
    assert f"Our list ({desk.board.name})" in words(desk.get(LIST))


def test_a_file_can_be_thrown_away_and_an_import_begun_twice_says_so(desk):
    run, other = (checked(desk.board, desk.coordinator) for _ in range(2))

    desk.post(page(run, "import-discard"))
    assert "thrown away" in words(desk.get(LIST))
    desk.post(page(other, "import-start"))
    again = desk.post(page(other, "import-start"), follow=True)

    run.refresh_from_db()
    assert (run.status, run.content) == ("DISCARDED", "")
    assert "being imported already" in words(again)


def test_rows_that_failed_come_first_with_their_reason(desk):
    run = imported(
        desk.board, desk.coordinator, table(["A-1", "1", "60", "150", "1"], ["", "1", "6", "1", "1"])
    )

    shown = words(desk.get(page(run)))

    assert "The record number is missing." in shown
    assert shown.index("The record number is missing.") < shown.index(Case.objects.get().number)


def test_the_part_that_asks_for_itself_stops_asking_when_it_is_done(desk):
    run = checked(desk.board, desk.coordinator)
    intake.start(run=run, by=desk.coordinator)
    hx = {"headers": {"hx-request": "true"}}

    under_way = desk.get(page(run), **hx).content.decode()
    intake.work(run=run)
    done = desk.get(page(run), **hx).content.decode()

    assert ("every 1s" in under_way, "every 1s" in done) == (True, False)
    assert not AuditEvent.objects.filter(verb="import.viewed").exists()
    desk.get(page(run))
    assert AuditEvent.objects.get(verb="import.viewed").actor == desk.coordinator


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.REFERRER, Role.OBSERVER, None])
def test_for_everybody_else_the_run_does_not_exist(client, role):
    board, coordinator = seated()
    run = checked(board, coordinator)
    client.force_login(member(board, role) if role else person())

    assert client.get(LIST).status_code == 403
    assert client.get(page(run)).status_code == 404
    assert client.get(page(run, "import-columns")).status_code == 404
    for name in ("import-answer", "import-start", "import-discard", "import-columns"):
        assert client.post(page(run, name)).status_code == 404


def test_the_list_costs_the_same_for_one_run_and_for_three(desk):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(LIST).status_code == 200
        return len(captured)

    checked(desk.board, desk.coordinator)
    desk.get(LIST)
    one = cost()
    for _ in range(2):
        checked(desk.board, desk.coordinator)

    assert cost() == one


def test_the_outcome_costs_the_same_for_one_row_and_for_three(desk):
    def cost(run):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(page(run)).status_code == 200
        return len(captured)

    one = imported(desk.board, desk.coordinator, small(1))
    three = imported(desk.board, desk.coordinator, small(3, first=5))
    desk.get(page(one))

    assert cost(three) == cost(one)


def test_where_nothing_can_be_decided_nothing_is_asked_but_it_is_told(desk):
    run = checked(desk.board, desk.coordinator, b"Record,Number of Nodules\nA-1,7\n")

    shown = words(desk.get(page(run)))

    assert "Number of Nodules left out Possible are 0 to 5." in shown
    assert "whole column" not in shown


def test_columns_that_are_only_compared_stay_when_others_are_matched(desk):
    data = b"MRN,Total,Direct Bilirubin (mg/dL)\nA-1,1.2,2.4\n"
    upload(desk, data)
    run = ImportRun.objects.get()
    form = desk.get(page(run, "import-columns")).context["form"]
    fields = {header: field for header, field, _ in form.pairs}

    desk.post(
        page(run, "import-columns"), {fields["Record"]: "MRN", fields["Total Bilirubin(mg/dL)"]: "Total"}
    )

    assert "Direct bilirubin is a part of total bilirubin, yet it is higher." in words(desk.get(page(run)))
