"""Every line of the trail is tied to the one before it: nothing is altered, cut out or put in unseen."""

import json
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cases.models import Hospital
from tumorboard.audit import links, seals, trail
from tumorboard.audit.links import Verdict
from tumorboard.audit.models import AuditEvent, Link, RowChange

KEY = "a-key-for-tests-" + "0123456789" * 5
AT = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)


def as_if_committed():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def as_owner(table, sql):
    """What whoever owns the tables could do: without the triggers that refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write(count, *, first=0):
    for number in range(first, first + count):
        trail.record(actor=None, verb="thing.done", about=f"thing:{number}", of=number)
    as_if_committed()


ODD = 'Quote " backslash \\ tab \t bell \x07 delete \x7f line \n ümläut 肝 \U0001f9ea </script>'


@pytest.mark.django_db
def test_each_line_is_tied_whatever_stands_in_it():
    for details in ({}, {"said": ODD}, {"many": [1, 1.5, None, True, {"ä": "ß"}]}):
        trail.record(actor=None, verb="thing.done", about=ODD, **details)
    Hospital.objects.create(name=ODD[:100])  # keeps its past
    as_if_committed()

    assert Link.objects.filter(event__in=AuditEvent.objects.values("pk")).count() == 3
    assert Link.objects.filter(change__in=RowChange.objects.values("pk")).exists()
    assert links.verify() == Verdict(AuditEvent.objects.count() + RowChange.objects.count())


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_auditevent", "audit_rowchange", "audit_link", "audit_chainentry"])
def test_the_database_refuses_to_empty_a_table_of_the_trail(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")  # other tests may empty it
        with pytest.raises(DatabaseError, match="Cannot empty"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE audit_link SET number = number + 1", "DELETE FROM audit_link"])
def test_the_database_refuses_to_alter_a_link(sql):
    write(1)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


EVENT, CHANGE, LINK = "audit_auditevent", "audit_rowchange", "audit_link"
THIRD = "about = 'thing:2'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "sql", "why"),
    [
        (EVENT, f"UPDATE {EVENT} SET verb = 'thing.dome' WHERE {THIRD}", "altered"),
        (EVENT, f"UPDATE {EVENT} SET at = at + interval '1 us' WHERE {THIRD}", "altered"),
        (EVENT, f"UPDATE {EVENT} SET transaction = transaction + 1 WHERE {THIRD}", "altered"),
        (EVENT, f"UPDATE {EVENT} SET details = '{{\"of\": 3}}' WHERE {THIRD}", "altered"),
        (EVENT, f"UPDATE {EVENT} SET details = '{{\"of\": \"2\"}}' WHERE {THIRD}", "altered"),
        (EVENT, f"UPDATE {EVENT} SET about = 'thing:9' WHERE {THIRD}", "altered"),
        (EVENT, f"DELETE FROM {EVENT} WHERE {THIRD}", "it is gone"),
        (EVENT, f"INSERT INTO {EVENT} (verb, subject_type, subject_id, about, details)"
         " VALUES ('thing.done', '', '', '', '{}')", "past the chain"),
        (CHANGE, f"UPDATE {CHANGE} SET after = after || '{{\"name\": \"Other\"}}'", "altered"),
        (CHANGE, f"DELETE FROM {CHANGE}", "it is gone"),
        (LINK, f"DELETE FROM {LINK} WHERE number = 2", "missing"),
        (LINK, f"DELETE FROM {LINK} WHERE number = 1", "missing"),
        (LINK, f"UPDATE {LINK} SET digest = sha256('x') WHERE number = 2", "altered"),
        (LINK, f"UPDATE {LINK} AS l SET event = 2 * t.event + d - l.event FROM (SELECT min(event) AS event,"
         f" max(event) - min(event) AS d FROM {LINK} WHERE number < 3) t WHERE number < 3", "altered"),
    ],
)  # fmt: skip
def test_what_was_altered_cut_out_or_put_in_is_named(table, sql, why):
    write(5)
    Hospital.objects.create(name="St Anne's")
    as_if_committed()
    assert links.verify().faults == ()
    as_owner(table, sql)

    assert why in links.verify().faults[0].why
    with pytest.raises(CommandError, match=why) as refused:
        call_command("verify_audit")
    assert refused.value.returncode == 1


MANY = f"""
    INSERT INTO {EVENT} (verb, subject_type, subject_id, about, details)
    SELECT 'case.viewed', 'cases.case', n::text, 'case:' || n, jsonb_build_object('n', n)
    FROM generate_series(1, %s) AS n
"""


@pytest.mark.django_db
def test_one_character_in_a_hundred_thousand_lines_is_found_in_steady_memory():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(MANY, [100_000])
        began = time.monotonic()
        as_if_committed()
        print("seconds to tie", round(time.monotonic() - began, 1))
        as_owner(EVENT, f"UPDATE {EVENT} SET about = 'case:77778' WHERE about = 'case:77777'")
        cursor.execute(f"SELECT id FROM {EVENT} WHERE subject_id = '77777'")
        [altered] = cursor.fetchone()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    verdict = links.verify()
    print("seconds to verify", round(time.monotonic() - began, 1))

    assert [fault.where for fault in verdict.faults] == [f"event {altered}"]
    assert verdict.lines >= 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 30_000


@pytest.mark.django_db(transaction=True)
def test_eight_connections_write_and_no_strand_is_forked():
    gate, rows = Barrier(8), 400

    def commit_one_by_one(writer):
        try:
            gate.wait(20)
            for number in range(rows):
                trail.record(actor=None, verb="thing.done", about=f"thing:{writer}", number=number)
        finally:
            connection.close()

    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(commit_one_by_one, range(8)))
    print("rows a second", round(8 * rows / (time.monotonic() - began)))

    assert links.verify() == Verdict(8 * rows)
    assert sum(number for number, _ in links.ends().values()) == 8 * rows


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_with_many_lines_holds_up_nobody_before_it_commits():
    with transaction.atomic():
        trail.record(actor=None, verb="thing.begun")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_commit_twenty).result(timeout=20)
        trail.record(actor=None, verb="thing.ended")

    assert links.verify() == Verdict(22)


def _commit_twenty():
    try:
        for _ in range(20):
            trail.record(actor=None, verb="thing.done")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_leaves_no_hole():
    for number in range(6):
        with transaction.atomic():
            trail.record(actor=None, verb="thing.done", number=number)
            if number % 2:
                transaction.set_rollback(True)
    with transaction.atomic():
        trail.record(actor=None, verb="thing.done")
        with transaction.atomic():
            trail.record(actor=None, verb="thing.undone")
            as_if_committed()
            transaction.set_rollback(True)
        trail.record(actor=None, verb="thing.done")

    assert links.verify() == Verdict(5)


# -- the application's own rights --------------------------------------------------------------------------


@pytest.mark.django_db
def test_with_the_rights_of_the_application_links_are_written_by_the_database_alone(weaker_role):
    call_command("audit_rights", weaker_role, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {weaker_role}")
        trail.record(actor=None, verb="thing.done")
        as_if_committed()
        for sql in (
            "INSERT INTO audit_link (strand, number, event, digest) VALUES (0, 999, 1, 'x')",
            "SELECT audit_tie(1, null, 'forged')",
            "UPDATE audit_link SET event = 0",
            "DELETE FROM audit_link",
            "TRUNCATE audit_link",
            "ALTER TABLE audit_auditevent DISABLE TRIGGER USER",
            "DROP TRIGGER ties_every_line ON audit_auditevent",
            "SET LOCAL session_replication_role = replica",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                cursor.execute(sql)
        cursor.execute("RESET ROLE")
    assert links.verify().faults == ()
    assert Link.objects.count() == AuditEvent.objects.count() + RowChange.objects.count()


# -- seals -------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(settings, tmp_path):
    settings.AUDIT_SEAL_KEY, settings.AUDIT_SEAL_FILE = KEY, str(tmp_path / "seals")
    return tmp_path / "seals"


@pytest.mark.django_db
def test_once_an_hour_the_ends_leave_the_database(kept, caplog):
    write(3)
    now = datetime.now(UTC)
    assert [seals.seal_hour(now=now), seals.seal_hour(now=now)] == [True, False]
    assert seals.seal_hour(now=now + timedelta(hours=1))
    as_if_committed()

    first, second = kept.read_text().splitlines()
    assert sum(number for number, _ in json.loads(first)["strands"].values()) == 3
    assert KEY not in first + caplog.text
    assert [record.seal for record in caplog.records if hasattr(record, "seal")] == [first, second]
    assert seals.compare(kept.read_text().splitlines()) == (2, [])
    assert seals.compare([json.dumps({"event": "x", "seal": first}), "no json", "[1]", ""]) == (1, [])


@pytest.mark.django_db
def test_without_a_key_nothing_is_sealed(settings, kept):
    settings.AUDIT_SEAL_KEY = ""
    write(1)
    assert not seals.seal_hour(now=AT)
    assert not kept.exists()


@pytest.mark.django_db
def test_what_was_cut_off_or_written_anew_is_told_by_a_seal(kept):
    write(4)
    assert seals.seal_hour(now=AT)
    as_if_committed()
    call_command("verify_audit", seals=kept, verbosity=0)
    as_owner(LINK, f"DELETE FROM {LINK} WHERE number >= 3")
    as_owner(EVENT, f"DELETE FROM {EVENT} WHERE about IN ('thing:2', 'thing:3')")
    as_owner(EVENT, f"DELETE FROM {EVENT} WHERE about = '{seals.ABOUT}'")

    assert links.verify() == Verdict(2), "an end that was cut off cleanly shows by the seal only"
    with pytest.raises(CommandError, match="cut off before number 4") as refused:
        call_command("verify_audit", seals=kept)
    assert refused.value.returncode == 1
    write(4, first=20)
    assert links.verify().faults == ()
    assert "was written anew at or before number 4" in seals.compare(kept.read_text().splitlines())[1][0].why


@pytest.mark.django_db
def test_a_seal_that_somebody_else_made_is_no_seal(kept, settings):
    write(1)
    seals.seal_hour(now=AT)
    settings.AUDIT_SEAL_KEY = "another-key"
    assert "not made with this key" in seals.compare(kept.read_text().splitlines())[1][0].why
    settings.AUDIT_SEAL_KEY = KEY
    forged = [line.replace('"at": "2026', '"at": "2025') for line in kept.read_text().splitlines()]
    assert "not made with this key" in seals.compare(forged)[1][0].why
