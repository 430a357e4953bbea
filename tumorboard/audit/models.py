"""What was done, by whom, and when?"""

import pgtrigger
from django.conf import settings
from django.db import models


class ThisTransaction(models.Func):
    """The number of the running transaction: what joins a row's change to the event that explains it."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class ClockTime(models.Func):
    """The moment itself; now() would be the moment at which the transaction began."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


def never_emptied(name: str) -> pgtrigger.Trigger:
    """TRUNCATE passes by the triggers of rows; only the table itself can refuse it."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot empty table %', TG_TABLE_NAME;",
    )


class AuditEvent(models.Model):
    """One line of the trail. Written by `trail.record` only; the database refuses to change or delete it.

    `details` holds ids and codes: no names, no clinical text. Whoever may read the trail need not be
    someone who may read the case.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=ClockTime())
    transaction = models.BigIntegerField(db_default=ThisTransaction())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,  # the system itself: a deadline that passed, a sign-in that failed
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    verb = models.TextField()  # no choices: a new verb must not need a migration
    subject_type = models.TextField(blank=True)
    subject_id = models.TextField(blank=True)
    about = models.TextField(blank=True)  # what gathers events on one page: "case:<uuid>"
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at", "-id"], name="audit_about_newest_first"),
            models.Index(fields=["actor", "-at"], name="audit_actor_newest_first"),
            models.Index(fields=["-at"], name="audit_newest_first"),
            models.Index(fields=["transaction"], name="audit_by_transaction"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="audit_event_has_a_verb"),
            models.CheckConstraint(
                condition=models.Q(subject_type="", subject_id="")
                | (~models.Q(subject_type="") & ~models.Q(subject_id="")),
                name="audit_subject_type_and_id_together",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("trail_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}".strip()


class RowChangeQuerySet(models.QuerySet):
    def of(self, rows):
        """Changes of rows named as (table, primary key as text)."""
        wanted = models.Q(pk__in=[])
        by_table: dict[str, list[str]] = {}
        for table, key in rows:
            by_table.setdefault(table, []).append(key)
        for table, keys in by_table.items():
            wanted |= models.Q(table=table, row__in=keys)
        return self.filter(wanted)


class RowChange(models.Model):
    """What a statement did to one row of a tracked table; written by the database, never by the application.

    `before` and `after` hold the columns that changed. This is clinical text: it is read through the
    record it belongs to, by who may read that record.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=ClockTime())
    transaction = models.BigIntegerField(db_default=ThisTransaction())
    table = models.TextField(db_column="table_name")
    row = models.TextField(db_column="row_key")
    operation = models.TextField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = RowChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "row", "id"], name="past_of_a_row")]
        triggers = [
            pgtrigger.Protect(name="past_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("past_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.row}"


class Link(models.Model):
    """One line, tied to the line before it. Written by the database as a transaction commits, never by us.

    There are several strands so that those who commit at once do not wait for each other. A digest is made
    of the one before it in its strand and of every column of its line.
    """

    STRANDS = 16

    pk = models.CompositePrimaryKey("strand", "number")
    strand = models.SmallIntegerField()
    number = models.BigIntegerField()
    event = models.BigIntegerField(null=True)
    change = models.BigIntegerField(null=True)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event=None, change__isnull=False)
                | models.Q(event__isnull=False, change=None),
                name="a_link_holds_one_line",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="links_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("links_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"link {self.strand}.{self.number}"


class ChainHead(models.Model):
    """The newest seal; its row is the lock that gives seals their order."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="the_chain_has_one_head")]
        triggers = [pgtrigger.Protect(name="head_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"seal {self.number}"


class ChainEntry(models.Model):
    """One sealed line of the trail. Written by `trail.seal` only."""

    number = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="+")
    previous = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "chain entries"
        triggers = [
            pgtrigger.Protect(name="chain_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("seals_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"
