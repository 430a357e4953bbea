"""Is what was done kept as it was written, and without anybody's name or words in it?"""

import threading
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from tests.factories import board
from tumorboard.audit import trail
from tumorboard.audit.models import AuditEvent, RowChange

PASSWORD = "liver-board-on-thursday"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords_and_nothing_remembered(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def ines():
    return get_user_model().objects.create_user(
        "ines.duarte@example.org", PASSWORD, title="Dr", given_name="Inês", family_name="Duarte"
    )


def test_an_event_says_who_did_what_to_which_row_and_when(ines):
    before = AuditEvent.objects.count()
    event = trail.record(actor=ines, verb="case.accept", subject=ines, about="case:7", inputs=[1, 2])
    event.refresh_from_db()
    assert AuditEvent.objects.count() == before + 1
    assert (event.actor, event.verb, event.about) == (ines, "case.accept", "case:7")
    assert (event.subject_type, event.subject_id) == ("accounts.user", str(ines.pk))
    assert event.details == {"inputs": [1, 2]}
    assert event.at is not None


def test_the_trail_of_one_thing_is_newest_first_in_one_query(ines, django_assert_num_queries):
    for verb in ("case.draft", "case.refer", "case.accept"):
        trail.record(actor=ines, verb=verb, about="case:7")
    trail.record(actor=None, verb="case.refer", about="case:70")
    with django_assert_num_queries(1):
        told = [(event.verb, event.actor.display_name) for event in trail.of("case:7")]
    assert told == [(verb, "Dr I. Duarte") for verb in ("case.accept", "case.refer", "case.draft")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET verb = 'case.withdraw'",
        "UPDATE audit_auditevent SET details = '{}'",
        "DELETE FROM audit_auditevent",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(ines, statement):
    trail.record(actor=ines, verb="case.refer", about="case:7", to="REFERRED")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        connection.cursor().execute(statement)
    assert trail.of("case:7").get().details == {"to": "REFERRED"}


def test_with_the_rights_for_the_application_the_trail_can_only_grow(ines, weaker_role):
    trail.record(actor=ines, verb="case.refer", about="case:7")
    call_command("audit_rights", weaker_role, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {weaker_role}")
        trail.record(actor=ines, verb="case.accept", about="case:7")
        board(name="Liver board")  # keeps its past
        for table in ("audit_auditevent", "audit_rowchange"):
            for change in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    cursor.execute(change)
        cursor.execute("RESET ROLE")
    assert trail.of("case:7").count() == 2
    assert RowChange.objects.exists()


def test_whoever_has_done_something_cannot_be_deleted(ines):
    trail.record(actor=ines, verb="case.refer")
    with pytest.raises(IntegrityError):
        ines.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("DELETE FROM accounts_user; SET CONSTRAINTS ALL IMMEDIATE")


def test_what_was_rolled_back_was_not_done(ines):
    with transaction.atomic():
        trail.record(actor=ines, verb="case.refer", about="case:7")
        transaction.set_rollback(True)
    assert not trail.of("case:7").exists()


def test_an_event_without_a_verb_or_with_half_a_subject_is_refused(ines):
    with pytest.raises(IntegrityError, match="audit_event_has_a_verb"), transaction.atomic():
        trail.record(actor=ines, verb="")
    with pytest.raises(IntegrityError, match="audit_subject_type_and_id_together"), transaction.atomic():
        AuditEvent.objects.create(verb="case.refer", subject_type="cases.case")


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_other():
    """Two open transactions, each with an event of the same case: neither is held up."""
    second_is_through = threading.Event()

    def write_meanwhile():
        trail.record(actor=None, verb="case.read", about="case:7")
        connection.close()
        second_is_through.set()

    with transaction.atomic():
        trail.record(actor=None, verb="case.read", about="case:7")
        other = threading.Thread(target=write_meanwhile)
        other.start()
        assert second_is_through.wait(timeout=10)
    other.join()
    assert trail.of("case:7").count() == 2


# -- signing in -------------------------------------------------------------------------------------------


def verbs(person) -> list[str]:
    return [event.verb for event in trail.of(f"user:{person.pk}")][::-1]


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_signing_in_and_out_is_in_the_trail(client, ines):
    sign_in(client, ines.email, "wrong")
    sign_in(client, ines.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_logout"))
    assert verbs(ines) == ["sign_in.failed", "sign_in.done", "sign_in.confirmed", "sign_in.ended"]
    failed, done, *_ = trail.of(f"user:{ines.pk}").reverse()
    assert failed.actor is None, "nobody knows who that was"
    assert done.actor == ines
    assert done.details == {"address": "127.0.0.1"}


def test_a_lock_and_a_reset_are_in_the_trail(client, ines):
    for _ in range(6):
        sign_in(client, ines.email, "wrong")
    client.post(reverse("account_reset_password"), {"email": ines.email})
    assert verbs(ines) == ["sign_in.failed"] * 5 + ["sign_in.locked", "password.reset_requested"]


def test_what_a_stranger_types_is_not_kept(client):
    sign_in(client, "my-secret-password@typed.in.the.wrong.field", "not-it")
    [event] = AuditEvent.objects.filter(verb="sign_in.failed")
    assert (event.actor, event.about, event.subject_id) == (None, "", "")
    assert "secret" not in str(event.details)


def test_no_names_or_passwords_in_the_trail(client, ines):
    admin = get_user_model().objects.create_superuser("admin@example.org", PASSWORD)
    sign_in(client, ines.email, "wrong-password")
    sign_in(client, ines.email)
    client.logout()
    client.force_login(admin)
    client.post(
        f"/admin/accounts/user/{ines.pk}/change/",
        {"email": ines.email, "given_name": "Ana", "family_name": "Duarte", "is_active": "on"},
    )
    changed = trail.of(f"user:{ines.pk}").first()
    assert (changed.verb, changed.actor) == ("person.changed", admin)
    assert changed.details == {"fields": ["given_name", "title"]}
    everything = " ".join(f"{e.verb} {e.about} {e.subject_id} {e.details}" for e in AuditEvent.objects.all())
    for secret in ("Duarte", "Inês", "Ana", "example.org", "wrong-password", PASSWORD):
        assert secret not in everything


def test_administrators_read_the_trail_and_cannot_write_it(client, ines):
    admin = get_user_model().objects.create_superuser("admin@example.org", PASSWORD)
    client.force_login(admin)
    event = trail.record(actor=ines, verb="case.refer", about="case:7")
    assert "case.refer" in client.get("/admin/audit/auditevent/?q=case:7").text
    for page in ("add/", f"{event.pk}/delete/"):
        assert client.get(f"/admin/audit/auditevent/{page}").status_code == 403
    assert client.post(f"/admin/audit/auditevent/{event.pk}/change/", {"verb": "x"}).status_code == 403
