"""Does the command say what it would do, exactly, do it, and explain what stops it?"""

import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, ImportedRecord, ImportRun, LabResult
from cases.vocabulary import Role
from tests.factories import board as make_board
from tests.factories import member
from tests.services.intake.imports import SAMPLE, everything, seated, small, table
from tumorboard.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def run_it(tmp_path, capsys):
    """Run the command as from a shell; answers what it wrote to standard output and to standard error."""

    def run_it(*options, data=None):
        file = tmp_path / "table.csv"
        file.write_bytes(small() if data is None else data)
        call_command("import_cases", str(file), "--profile", "hcc-survival", *options)
        return capsys.readouterr()

    return run_it


def test_a_dry_run_needs_no_board_writes_nothing_and_prints_one_json_object(run_it):
    before = everything()

    said = run_it("--dry-run", "--json", data=SAMPLE.read_bytes())

    report = json.loads(said.out)
    assert said.out.count("\n") == 1
    assert list(report) == ["rows", "to_create", "questioned", "refused"]
    assert (report["rows"], report["to_create"], report["refused"]) == (110, 110, [])
    assert {frozenset(one) for one in report["questioned"]} == {frozenset(["row", "column", "value", "why"])}
    counted = Counter(one["column"] for one in report["questioned"])
    assert (counted["Platelets (G/L)"], counted["Number of Nodules"]) == (77, 38)
    assert everything() == before
    assert not ImportRun.objects.exists()
    assert not AuditEvent.objects.exists()


def test_with_file_and_profile_only_it_imports_into_the_only_board_and_then_has_nothing_to_do(run_it):
    board, coordinator = seated()

    first = json.loads(run_it("--json").out)
    before = everything()
    second = json.loads(run_it("--json").out)
    dry = json.loads(run_it("--json", "--dry-run").out)

    assert (first["to_create"], second["to_create"], dry["to_create"]) == (3, 0, 0)
    assert first["refused"] == second["refused"] == []
    assert set(Case.objects.values_list("board", "referred_by")) == {(board.pk, coordinator.pk)}
    assert everything() == before


def test_refused_rows_stand_in_the_report_with_their_reason(run_it):
    seated()
    run_it(data=table(["A-1", "1", "60", "150", "1"]))

    rows = [["A-1", "1", "61", "150", "1"], ["A-2", "1", "60", "150", "1"], ["a-2", "1", "6", "1", "1"]]
    report = json.loads(run_it("--json", data=table(*rows)).out)

    assert (report["rows"], report["to_create"]) == (3, 1)
    assert [one["row"] for one in report["refused"]] == [1, 3]
    assert "not changed" in report["refused"][0]["why"]
    assert set(report["refused"][0]) == {"row", "why"}


def test_answers_and_the_day_come_from_options(run_it):
    seated()

    run_it(
        *("--decide", "Platelets (G/L):unit=convert", "--decide", "Number of Nodules:or_more=exactly"),
        *("--taken-on", "2026-11-02"),
        data=table(["A-1", "1", "60", "42000", "5"]),
    )

    lab = LabResult.objects.get()
    assert (lab.value, str(lab.taken_on)) == (42, "2026-11-02")
    assert ImportedRecord.objects.get().case.diagnosis.stated_lesion_count == 5


def test_people_read_the_questions_and_how_to_answer_them(run_it):
    said = run_it("--dry-run", data=table(["A-1", "1", "60", "42000", "5"])).out

    assert "42000 would be read as 42 ×10⁹/L" in said
    assert '--decide "Number of Nodules:or_more=at_least"' in said
    assert "1 of 1 rows would become cases; nothing was written." in said


def test_of_several_boards_the_first_by_name_is_taken_and_named_on_standard_error(run_it):
    other, _ = seated(name="North", slug="north")
    first, _ = seated(name="Atlantic", slug="atlantic")

    said = run_it("--json")
    json.loads(said.out)

    assert "Atlantic" in said.err
    assert Case.objects.values_list("board", flat=True).distinct().get() == first.pk
    json.loads(run_it("--json", "--board", "north").out)
    assert Case.objects.filter(board=other).count() == 3


def nobody():
    make_board(slug="liver")


def without_board():
    pass


def seats():
    on, _ = seated(slug="liver")
    member(on, Role.CHAIR, email="chair@hospital.example")


@pytest.mark.parametrize(
    ("given", "options", "why"),
    [
        (without_board, [], "no active board"),
        (nobody, [], "has no coordinator"),
        (seats, ["--board", "kidney"], "Active boards: liver"),
        (seats, ["--by", "chair@hospital.example"], "is no coordinator"),
        (seats, ["--decide", "Platelets"], "COLUMN:KIND=ANSWER"),
        (seats, ["--decide", "Platelets (G/L):unit=convert"], "answers no question"),
        (seats, ["--decide", "Platelets (G/L):unit=guess"], "Answer with one of"),
        (seats, ["--taken-on", "2999-01-01"], "still to come"),
    ],
)
def test_what_stops_it_is_said_with_what_to_do(run_it, given, options, why):
    given()

    with pytest.raises(CommandError, match=why):
        run_it(*options)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("profile", "data", "why"),
    [
        ("nonsense", b"a,b\n1,2\n", "Known profiles: hcc-survival"),
        ("hcc-survival", b"a,b\n1,2\n", "no column “Record”"),
        ("hcc-survival", b"", "empty"),
    ],
)
def test_a_file_or_profile_that_does_not_fit_is_told(tmp_path, profile, data, why):
    file = tmp_path / "table.csv"
    file.write_bytes(data)

    with pytest.raises(CommandError, match=why):
        call_command("import_cases", str(file), "--profile", profile, "--dry-run")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_cases", str(tmp_path / "nowhere.csv"), "--profile", profile, "--dry-run")
