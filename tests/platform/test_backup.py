"""Is what was backed up had back, rows, rules, trail and files, and is nothing touched where it cannot be?"""

import os
import re
import threading
from datetime import timedelta

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cases.models import Case, CaseFile
from cases.vocabulary import ScanState
from tests.factories import a_case, a_file, board
from tests.platform.backed_up import a_board_with_cases, command, key_file, manage, store_in
from tumorboard.audit import trail
from tumorboard.audit.models import AuditEvent
from tumorboard.backups import contents, kept, keys, making
from tumorboard.files import store

pytestmark = pytest.mark.django_db(transaction=True)

COPY, OLDER = "restored_from_backup", "of_an_older_version"
TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"
TRIGGERS = """
    select tgname, tgenabled::text, tgrelid::regclass::text from pg_trigger
    where not tgisinternal order by 3, 1
"""
CONSTRAINTS = """
    select conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'c' order by 1
"""
POLICIES = "select tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2"


@pytest.fixture(autouse=True)
def _files_of_this_test(tmp_path, settings):
    store_in(settings, tmp_path / "files")


@pytest.fixture
def key(tmp_path, settings):
    return key_file(tmp_path, settings)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


@pytest.fixture
def copy():
    """The name of a database that is not there, and is gone afterwards."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        drop = f"drop database if exists {COPY} with (force)"
        owner.execute(drop)
        yield COPY
        owner.execute(drop)


def ask(database: str, query: str) -> list:
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/{database}") as reader:
        return reader.execute(query).fetchall()


def all_rows(database: str) -> dict[str, list]:
    """Every row of every table, as text, but who is signed in and counts of tries."""
    tables = {table for (table,) in ask(database, TABLES)} - set(contents.LEFT_OUT)
    return {table: sorted(ask(database, f'select t::text from "{table}" as t')) for table in sorted(tables)}


def test_restore_gives_every_row_rule_and_trigger_back(key, folder, copy, settings, tmp_path):
    settings.AUDIT_SEAL_KEY = "kept away from whoever administers the database " * 2
    who = a_board_with_cases(3, files=2)
    quarantined = a_file(a_case(board()), b"not scanned yet", scan=ScanState.WAITING)
    Session.objects.create(session_key="somebody-signed-in", session_data="x", expire_date=timezone.now())
    original, before = connection.settings_dict["NAME"], all_rows(connection.settings_dict["NAME"])

    made = command("backup", folder)
    [file] = folder.iterdir()
    elsewhere = store_in(settings, tmp_path / "another store")
    told = command("restore", file, identity=str(key), into=copy)

    assert kept.moment_of(file.name)
    assert file.stat().st_mode & 0o777 == 0o600
    for plain in (who.email.encode(), b"Report of B-26", b"PGDMP", b"about.json"):
        assert plain not in file.read_bytes()
    assert "3 files" in made
    after = all_rows(copy)
    lines = [row for row in after["audit_auditevent"] if row not in before["audit_auditevent"]]
    assert [re.findall(r"backup\.\w+", row) for (row,) in lines] == [["backup.restored"]]
    told_later = {"audit_auditevent", "audit_link"}  # that it was restored is a line too
    assert {table: rows for table, rows in after.items() if table not in told_later} == {
        table: rows for table, rows in before.items() if table not in told_later
    }
    assert (len(before["cases_case"]), len(before["cases_casefile"])) == (4, 3)
    for rules in (TRIGGERS, CONSTRAINTS, POLICIES):
        assert ask(copy, rules) == ask(original, rules) != []
    may = "select has_function_privilege('public', 'audit_tie(bigint,bigint,text)', 'execute')"
    assert ask(copy, may) == ask(original, may) == [(False,)], "rights are not in it, and are closed again"
    assert ask(copy, "select count(*) from django_session") == [(0,)]
    assert (elsewhere / quarantined.stored_as).read_bytes() == b"not scanned yet"
    assert len([one for one in elsewhere.rglob("*") if one.is_file()]) == 3
    assert "None was altered" in told
    assert "older version" not in told
    assert "ends where it ended when the backup was made, by its seal" in told
    assert "Every file is there" in told
    assert AuditEvent.objects.filter(verb="backup.made").count() == 1


def test_it_is_of_one_moment_while_others_write(key, folder, copy):
    """What is counted, what is dumped and which files are kept are the same, whatever comes meanwhile."""
    case, ended = a_case(board()), threading.Event()

    def writes_on():
        try:
            while not ended.is_set():
                trail.record(actor=None, verb="case.seen", subject=case, about=case.about)
                a_file(case, b"one more")
        finally:
            connection.close()

    writer = threading.Thread(target=writes_on)
    writer.start()
    try:
        command("backup", folder / "one")
    finally:
        ended.set()
        writer.join()
    assert "None was altered" in command("restore", folder / "one", identity=str(key), into=copy)
    [(had,)] = ask(copy, "select count(*) from cases_casefile")
    assert 0 <= had < CaseFile.objects.count(), "some came too late for it"


def test_a_file_that_the_scanner_let_pass_meanwhile_is_found_under_its_new_name():
    file = a_file(a_case(board()), b"was waiting", scan=ScanState.WAITING)

    def passes():
        new = store.copy(file.stored_as, to=store.KEPT)
        passed = {"scan": ScanState.CLEAN, "scanned_at": timezone.now(), "scan_next_at": None}
        CaseFile.objects.filter(pk=file.pk).update(stored_as=new, **passed)
        store.remove(file.stored_as)
        connection.close()

    with contents.one_moment():
        [(pk, name, _digest)] = contents.files()
        scanner = threading.Thread(target=passes)
        scanner.start()
        scanner.join()
        assert making._content(pk, name) == (b"was waiting", "")


def test_what_is_missing_or_changed_in_the_store_is_told_and_the_rest_is_kept(key, folder, copy, tmp_path):
    case = a_case(board())
    gone, changed, _good = (a_file(case, f"file {n}".encode(), title=f"File {n}") for n in range(3))
    (tmp_path / "files" / gone.stored_as).unlink()
    (tmp_path / "files" / changed.stored_as).write_bytes(b"other!")

    for said in (
        lambda: command("backup", folder / "one"),
        lambda: command("backup_check", folder / "one", identity=str(key)),
        lambda: command("restore", folder / "one", identity=str(key), into=copy),
    ):
        with pytest.raises(CommandError) as told:
            said()
        assert f"{gone.stored_as}: missing" in str(told.value)
        assert f"{changed.stored_as}: changed" in str(told.value)
    assert ask(copy, "select count(*) from cases_casefile") == [(3,)]


def test_what_cannot_be_opened_or_is_damaged_changes_nothing(key, folder, copy, tmp_path, settings):
    a_file(a_case(board()), b"a report")
    command("backup", folder / "one")
    whole, elsewhere = (folder / "one").read_bytes(), store_in(settings, tmp_path / "another store")
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    (tmp_path / "other").mkdir()
    other = key_file(tmp_path / "other", settings)
    for content, identity, words in (
        (whole, other, "was not encrypted to this key"),
        (whole[:-1], key, "cut off, or changed"),
        (bytes(changed), key, "cut off, or changed"),
        (b"nothing", key, "is no backup"),
    ):
        (folder / "two").write_bytes(content)
        with pytest.raises(CommandError, match=words):
            command("restore", folder / "two", identity=str(identity), into=copy)
    assert ask("postgres", f"select count(*) from pg_database where datname = '{copy}'") == [(0,)]
    assert not elsewhere.exists()


def test_a_newer_version_and_a_database_that_is_not_empty_are_refused(key, folder, copy):
    case = a_case(board())
    MigrationRecorder(connection).record_applied("cases", "9999_later")
    try:
        command("backup", folder / "one")
    finally:
        MigrationRecorder(connection).record_unapplied("cases", "9999_later")
    with pytest.raises(CommandError, match=r"does not know cases\.9999_later"):
        command("restore", folder / "one", identity=str(key), into=copy)
    assert ask(copy, TABLES) == []
    with pytest.raises(CommandError, match="is not empty, and nothing was changed"):
        command("restore", folder / "one", identity=str(key))
    assert Case.objects.get() == case


def test_what_stopped_halfway_goes_on_and_an_altered_trail_is_told(key, folder, copy, settings, tmp_path):
    a_file(a_case(board()), b"a report")
    alter_the_past()
    command("backup", folder / "one")
    (tmp_path / "full").write_text("a file where the store's folder should be")
    store_in(settings, tmp_path / "full")
    with pytest.raises(CommandError, match=r"The database is still empty.*run the same command again"):
        command("restore", folder / "one", identity=str(key), into=copy)
    assert ask(copy, TABLES) == []

    store_in(settings, tmp_path / "mended")
    with pytest.raises(CommandError, match=r"Do not use it:(?s:.*)change \d+: it was altered"):
        command("restore", folder / "one", identity=str(key), into=copy)
    assert ask(copy, "select count(*) from cases_casefile") == [(1,)]


def alter_the_past() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tgname from pg_trigger where tgname ~ 'past_is_kept'")
        [guard] = cursor.fetchone()
        cursor.execute(f"alter table audit_rowchange disable trigger {guard}")
        cursor.execute("update audit_rowchange set operation = 'DELETE'")
        cursor.execute(f"alter table audit_rowchange enable trigger {guard}")


@pytest.mark.long
def test_a_backup_of_an_older_version_is_brought_up_to_date(folder, copy, tmp_path):
    """Made by a database that the newest migration of the cases has not reached."""
    *_, older, newest = sorted(key for key in MigrationLoader(None).graph.nodes if key[0] == "cases")
    private, public = keys.a_pair()
    (tmp_path / "key").write_text(private)
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    env = {"DATABASE_URL": f"{server}/{OLDER}", "BACKUP_RECIPIENTS": public}
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        owner.execute(f"drop database if exists {OLDER} with (force)")
        owner.execute(f"create database {OLDER}")
        try:
            for step in (("migrate", *older), ("backup", folder / "one")):
                done = manage(*step, **env)
                assert done.returncode == 0, done.stderr
        finally:
            owner.execute(f"drop database {OLDER} with (force)")

    told = command("restore", folder / "one", identity=str(tmp_path / "key"), into=copy)

    assert "The backup was of an older version" in told
    assert (newest[1],) in ask(copy, "select name from django_migrations where app = 'cases'")
    assert ask(copy, CONSTRAINTS) == ask(connection.settings_dict["NAME"], CONSTRAINTS)


def test_older_ones_go_and_other_files_stay(key, folder):
    now = timezone.now()
    for days in range(1, 40):
        (folder / kept.name_at(now - timedelta(days=days))).write_bytes(b"x")
    (folder / "notes.txt").write_text("not ours")
    for hours in (1, 30):
        half_made = folder / f".half-made-{hours}"
        half_made.write_bytes(b"x")
        os.utime(half_made, times=(0, now.timestamp() - hours * 3600))

    told = command("backup", folder, keep={"days": 3, "weeks": 0, "months": 0})

    assert "Older backups removed: 37" in told
    ours = sorted(moment for file in folder.iterdir() if (moment := kept.moment_of(file.name)))
    assert [(now - one).days for one in ours] == [2, 1, 0]
    assert (folder / "notes.txt").exists()
    assert [file.name for file in folder.glob(".half-made-*")] == [".half-made-1"]


@pytest.mark.django_db
def test_nobody_to_open_it_no_backup(folder, settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="set BACKUP_RECIPIENTS"):
        command("backup", folder)
    assert list(folder.iterdir()) == []
