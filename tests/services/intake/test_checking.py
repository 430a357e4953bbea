"""Is a file looked at by those who may, matched to what is known, and thrown away when nobody needs it?"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import ImportedRecord, ImportProfile, ImportRun
from cases.services import intake
from cases.vocabulary import Role
from tests.factories import member
from tests.services.intake.imports import checked, imported, seated

pytestmark = pytest.mark.django_db


def test_a_file_is_asked_for_once_and_not_changed_afterwards():
    board, coordinator = seated()
    run = checked(board, coordinator)
    intake.start(run=ImportRun.objects.get(), by=coordinator)

    for too_late in (
        lambda: intake.start(run=run, by=coordinator),
        lambda: intake.discard(run=run, by=coordinator),
        lambda: intake.decide(run=run, column="a", kind="b", answer="keep", exceptions={}, by=coordinator),
    ):
        with pytest.raises(SomeoneWasFaster):
            too_late()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.REFERRER, Role.OBSERVER])
def test_only_coordinators_import(role):
    board, coordinator = seated()
    run, other = checked(board, coordinator), member(board, role)

    for forbidden in (
        lambda: checked(board, other),
        lambda: intake.start(run=run, by=other),
        lambda: intake.discard(run=run, by=other),
        lambda: intake.decide(run=run, column="a", kind="b", answer="keep", exceptions={}, by=other),
        lambda: intake.match_columns(run=run, headings={}, units={}, authority="", save_as="", by=other),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_a_file_nobody_needs_is_thrown_away_by_a_person_or_after_two_weeks():
    board, coordinator = seated()
    thrown, forgotten, fresh = (checked(board, coordinator) for _ in range(3))
    intake.discard(run=thrown, by=coordinator)
    old = timezone.now() - timedelta(days=15)
    ImportRun.objects.filter(pk=forgotten.pk).update(created_at=old)

    intake.forget_abandoned(now=timezone.now())

    for run in (thrown, forgotten, fresh):
        run.refresh_from_db()
    assert [run.status for run in (thrown, forgotten, fresh)] == ["DISCARDED", "DISCARDED", "CHECKED"]
    assert (thrown.content, forgotten.content) == ("", "")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 rest of a workbook", "workbook"),
        (b"\x00\x01\x02", "not a text file"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"Record,Gender\n", "no rows"),
    ],
    ids=["empty", "xlsx", "binary", "large", "headings only"],
)
def test_a_file_that_is_no_table_is_refused_with_a_reason(data, why):
    board, coordinator = seated()

    with pytest.raises(Refused, match=why):
        checked(board, coordinator, data)
    assert not ImportRun.objects.exists()


OWN = b"MRN,Sex,Thrombocytes,Extra\nA-1,1,42,9\n"


def test_columns_called_otherwise_are_matched_by_hand_and_kept_for_the_next_file():
    board, coordinator = seated()
    run = checked(board, coordinator, OWN)
    intake.match_columns(
        run=run,
        headings={"Record": "MRN", "Gender": "Sex", "Platelets (G/L)": "Thrombocytes", "Alcohol": ""},
        units={"Platelets (G/L)": "10*3/uL"},
        authority="North Hospital",
        save_as="Our own list",
        by=coordinator,
    )
    saved = ImportProfile.objects.get()
    assert (saved.slug, saved.title, saved.board) == ("our-own-list", "Our own list", board)
    run.refresh_from_db()
    intake.start(run=run, by=coordinator)
    intake.work(run=run)

    case = ImportedRecord.objects.get(source="our-own-list", record="A-1").case
    assert (case.patient.authority, case.patient.sex) == ("North Hospital", "MALE")
    lab = case.labresult_set.get()
    assert (lab.analyte, lab.value, lab.unit) == ("platelets", 42, "10*3/uL")

    again = imported(board, coordinator, OWN, profile=saved.mapping)
    assert again.report["counts"]["KNOWN"] == 1


@pytest.mark.parametrize(
    ("headings", "save_as", "why"),
    [
        ({"Gender": "Sex"}, "", "record number"),
        ({"Record": "MRN"}, "", "at least one column"),
        ({"Record": "MRN", "Gender": "MRN"}, "", "more than once: MRN"),
        ({"Record": "MRN", "Gender": "Sex"}, "hcc survival", "of this name already"),
        ({"Record": "MRN", "Gender": "Sex"}, "??", "letters or digits"),
    ],
)
def test_a_matching_that_cannot_work_is_refused(headings, save_as, why):
    board, coordinator = seated()
    run = checked(board, coordinator, OWN)

    with pytest.raises(Refused, match=why):
        intake.match_columns(
            run=run, headings=headings, units={}, authority="", save_as=save_as, by=coordinator
        )
    assert not ImportProfile.objects.exists()


def test_a_file_that_its_profile_does_not_fit_stops_with_a_reason_and_leaves_no_file():
    board, coordinator = seated()
    run = checked(board, coordinator, OWN)
    intake.start(run=run, by=coordinator)

    assert intake.work(run=run) is intake.Work.FINISHED
    run.refresh_from_db()
    assert (run.status, run.content) == ("FAILED", "")
    assert "no column" in run.report["why"]
