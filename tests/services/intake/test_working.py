"""Is every row done once, whoever dies in the middle, and is a file only touched by those who may?"""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from celery.signals import before_task_publish
from django.db import connection

from cases import tasks
from cases.models import Case, ImportedRecord, ImportRow, ImportRun
from cases.services import intake
from cases.services.intake import storing
from tests.conftest import ROOT
from tests.services.intake.imports import (
    SAMPLE,
    checked,
    imported,
    row_outcomes,
    seated,
    small,
)
from tumorboard.embedded.processes import end_with_parent
from tumorboard.notifications import nudge


def asked_for(on, by, data=None):
    run = checked(on, by, data)
    intake.start(run=run, by=by)
    return run


@pytest.mark.django_db
def test_a_worker_hands_back_after_its_spell_and_goes_on_where_it_was():
    board, coordinator = seated()
    run = asked_for(board, coordinator, small(5))

    assert intake.work(run=run, seconds=0) is intake.Work.MORE
    run.refresh_from_db()
    assert (run.status, run.rows_done) == ("RUNNING", 0)
    assert intake.work(run=run) is intake.Work.FINISHED
    assert len(row_outcomes(run)) == Case.objects.count() == 5
    assert intake.work(run=run) is intake.Work.FINISHED
    assert Case.objects.count() == 5


@pytest.mark.django_db
def test_the_clock_asks_again_for_what_was_asked_for_and_for_nothing_else(monkeypatch):
    board, coordinator = seated()
    monkeypatch.setattr(nudge, "_quiet_until", float("inf"))  # the broker is away
    run = asked_for(board, coordinator)
    checked(board, coordinator, small(first=10))
    imported(board, coordinator, small(first=20))
    assert run.status == "WAITING"
    told = []
    monkeypatch.setattr(nudge, "ask", lambda *said: told.append(said))

    tasks.slots()

    assert told == [("cases.import_run", str(run.pk))]
    tasks.import_run(str(run.pk))
    assert row_outcomes(run) == [(1, "CREATED"), (2, "CREATED"), (3, "CREATED")]


@pytest.mark.django_db(transaction=True)
def test_the_message_to_the_worker_carries_the_id_of_the_run_and_nothing_else(monkeypatch):
    published = []

    def keep(body, routing_key, **_):
        published.append((routing_key, body[0], body[1]))

    monkeypatch.setattr(nudge, "_quiet_until", 0.0)
    board, coordinator = seated()
    before_task_publish.connect(keep, sender="cases.import_run")
    try:
        run = asked_for(board, coordinator)
    finally:
        before_task_publish.disconnect(keep, sender="cases.import_run")

    assert published == [("jobs", (str(run.pk),), {})]


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_it_as_soon_as_it_is_asked_for(worker, monkeypatch):
    monkeypatch.setattr(nudge, "_quiet_until", 0.0)
    board, coordinator = seated()

    run = asked_for(board, coordinator)

    deadline = time.monotonic() + 30
    while run.status != "DONE":
        assert time.monotonic() < deadline, run.status
        time.sleep(0.05)
        run.refresh_from_db()
    assert row_outcomes(run) == [(1, "CREATED"), (2, "CREATED"), (3, "CREATED")]


@pytest.mark.django_db
def test_an_error_in_one_row_stays_in_that_row(monkeypatch, caplog):
    board, coordinator = seated()
    run = asked_for(board, coordinator)
    as_it_is = storing.write_labs

    def broken(case, results, *, by):
        if case.patient.record_number == "S-2":
            raise ValueError("the words of S-2")
        return as_it_is(case, results, by=by)

    monkeypatch.setattr(storing, "write_labs", broken)
    intake.work(run=run)

    assert row_outcomes(run) == [(1, "CREATED"), (2, "FAILED"), (3, "CREATED")]
    assert set(ImportedRecord.objects.values_list("record", flat=True)) == {"S-1", "S-3"}
    assert "S-2" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again_every_row_is_there_once():
    seated()
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    environment = os.environ | {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody else is to hear of the run
    }
    command = [
        sys.executable,
        "manage.py",
        "import_cases",
        str(SAMPLE),
        "--profile",
        "hcc-survival",
        "--json",
    ]
    first = subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent(signal.SIGKILL),  # noqa: PLW1509
    )
    deadline = time.monotonic() + 60
    while ImportRow.objects.count() < 10:
        assert time.monotonic() < deadline
        assert first.poll() is None
        time.sleep(0.005)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    run = ImportRun.objects.get()
    # In one statement: the killed process's last commit may still be on its way.
    together = "select r.status, r.rows_done, (select count(*) from cases_case) from cases_importrun r"
    with connection.cursor() as cursor:
        status, rows_done, reached = cursor.execute(together).fetchone()
    assert (status, reached) == ("RUNNING", rows_done)
    assert 10 <= reached < 110

    assert intake.work(run=run) is intake.Work.FINISHED

    assert [row for row, _ in row_outcomes(run)] == list(range(1, 111))
    assert {outcome for _, outcome in row_outcomes(run)} == {"CREATED"}
    assert Case.objects.count() == ImportedRecord.objects.count() == 110
    run.refresh_from_db()
    assert (run.status, run.content) == ("DONE", "")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_run_and_two_runs_of_one_file_make_each_case_once():
    board, coordinator = seated()
    runs = [asked_for(board, coordinator, small(8)) for _ in range(2)]
    ready = threading.Barrier(4)

    def worker(run):
        ready.wait()
        try:
            while intake.work(run=run) is not intake.Work.FINISHED:
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=[run]) for run in runs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Case.objects.count() == 8
    outcomes = [outcome for run in runs for _, outcome in row_outcomes(run)]
    assert sorted(outcomes) == ["CREATED"] * 8 + ["KNOWN"] * 8
