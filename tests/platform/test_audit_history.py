"""Does a tracked model keep every state of its rows, and can people read what changed?"""

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from tumorboard.audit import trail
from tumorboard.audit.history import changes_of, tracked
from tumorboard.audit.models import AuditEvent, RowChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def Specimen(db):
    """A model of this test only: in a registry of its own, its table gone with the transaction."""
    with isolate_apps("tumorboard.audit", "tumorboard.accounts"):

        @tracked
        class Specimen(models.Model):  # noqa: DJ008
            class Margin(models.TextChoices):
                CLEAR = "R0", "clear"
                INVOLVED = "R1", "involved"

            size_mm = models.IntegerField("size (mm)")
            margin = models.CharField(max_length=2, choices=Margin, blank=True)
            frozen = models.BooleanField(default=False)
            taken_on = models.DateField(null=True)
            read_by = models.ForeignKey(
                get_user_model(), null=True, on_delete=models.PROTECT, related_name="+"
            )
            note = models.TextField(blank=True)

            class Meta:
                app_label = "audit"

        with connection.schema_editor() as schema:
            schema.create_model(Specimen)
            for trigger in Specimen._meta.triggers:
                schema.execute(trigger.compile(Specimen).install_sql)
        yield Specimen
        for trigger in Specimen._meta.triggers:
            trigger.unregister(Specimen)


@pytest.fixture
def people():
    create = get_user_model().objects.create_user
    return [create(f"p{n}@example.org", title="Dr", family_name=name) for n, name in enumerate("AB")]


def test_bulk_updates_and_plain_sql_are_seen(Specimen):
    specimens = Specimen.objects.bulk_create([Specimen(size_mm=n) for n in (10, 20)])
    Specimen.objects.update(size_mm=30)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Specimen._meta.db_table} SET frozen = true")
    Specimen.objects.update(size_mm=30)  # changes nothing
    Specimen.objects.all().delete()
    for specimen in specimens:
        past = RowChange.objects.of([(Specimen._meta.db_table, str(specimen.pk))]).order_by("id")
        assert [change.operation for change in past] == ["INSERT", "UPDATE", "UPDATE", "DELETE"]
        assert past[1].before == {"size_mm": specimen.size_mm}
        assert past[1].after == {"size_mm": 30}


def test_the_past_cannot_be_changed(Specimen):
    Specimen.objects.create(size_mm=10)
    for statement in ("UPDATE audit_rowchange SET after = '{}'", "DELETE FROM audit_rowchange"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(statement)


def test_changes_are_readable(Specimen, people):
    reader, corrector = people
    specimen = Specimen.objects.create(size_mm=31, margin="R0", taken_on="2026-11-02", read_by=reader)
    trail.record(actor=reader, verb="specimen.read")
    Specimen.objects.filter(pk=specimen.pk).update(
        size_mm=13, margin="R1", frozen=True, read_by=corrector, note="misread"
    )
    trail.record(actor=corrector, verb="specimen.correct")
    changes = changes_of(specimen, leaving_out=["note"])
    told = [
        {(c.by, c.label, c.before, c.after) for c in changes if c.kind == kind}
        for kind in ("changed", "added")
    ]
    assert told == [
        {
            (corrector, "Size (mm)", "31", "13"),
            (corrector, "Margin", "clear", "involved"),
            (corrector, "Frozen", "no", "yes"),
            (corrector, "Read by", "Dr A", "Dr B"),
        },
        {
            (reader, "Size (mm)", "", "31"),
            (reader, "Margin", "", "clear"),
            (reader, "Frozen", "", "no"),
            (reader, "Taken on", "", "02-Nov-2026"),
            (reader, "Read by", "", "Dr A"),
        },
    ]
    assert changes[0].kind == "changed", "newest first"


def test_what_was_done_outside_the_application_shows_as_such(Specimen):
    specimen = Specimen.objects.create(size_mm=31)
    assert {(change.outside, change.by) for change in changes_of(specimen)} == {(True, None)}
    trail.record(actor=None, verb="specimen.import")
    assert {(change.outside, change.by) for change in changes_of(specimen)} == {(False, None)}


def test_a_restored_database_does_not_blame_somebody_of_long_ago(Specimen, people):
    """Its transactions are counted anew, so that numbers return."""
    specimen = Specimen.objects.create(size_mm=31)
    past = RowChange.objects.get(row=str(specimen.pk), table=Specimen._meta.db_table)
    long_ago = past.at.replace(year=2020)
    AuditEvent.objects.create(actor=people[0], verb="x", transaction=past.transaction, at=long_ago)
    assert all(change.outside for change in changes_of(specimen))


def test_a_long_past_takes_no_more_queries_than_a_short_one(Specimen, people, django_assert_num_queries):
    def specimen_with(states):
        specimen = Specimen.objects.create(size_mm=0, read_by=people[0])
        for n in range(states):
            Specimen.objects.filter(pk=specimen.pk).update(size_mm=n + 1, read_by=people[(n + 1) % 2])
            trail.record(actor=people[0], verb="specimen.correct")
        return specimen

    for states in (1, 12):
        specimen = specimen_with(states)
        with django_assert_num_queries(3):
            assert len([c for c in changes_of(specimen) if c.kind == "changed"]) == 2 * states
