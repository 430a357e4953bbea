"""What was changed in these rows, by whom, from what to what?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime

from .models import AuditEvent, RowChange

# Columns that say nothing to a reader of the past.
SILENT = frozenset({"id", "version", "created_at", "created_by_id", "password", "last_login"})

# A database restored from a dump counts its transactions anew: an equal number of long ago is another one.
LONGEST_TRANSACTION = timedelta(hours=1)

KINDS = {"INSERT": "added", "UPDATE": "changed", "DELETE": "removed"}


@dataclass(frozen=True)
class Change:
    """One field of one change. `by` is None for the system and for what was done outside the application."""

    at: datetime
    by: Any
    outside: bool
    kind: str
    record: str
    field: str
    label: str
    before: str
    after: str
    transaction: int  # changes of one transaction were made together


def changes_of(*rows: models.Model, leaving_out: Collection[str] = ()) -> list[Change]:
    """The past of rows whose models are `@tracked`, field by field, newest first.

    Queries: one for the past, one for the events, one for each model that is referred to: however many
    rows, and however long their past.
    """
    named = {(row._meta.db_table, str(row.pk)): row for row in rows}
    past = list(RowChange.objects.of(named).order_by("-id"))
    events = _events_by_transaction({change.transaction for change in past})
    changed = [
        (change, field)
        for change in past
        for field in _changed_fields(change, named[change.table, change.row], SILENT | set(leaving_out))
    ]
    referred = _referred_to(changed)
    lines = (_line(change, field, _event(change, events), referred) for change, field in changed)
    return [line for line in lines if line.before or line.after]  # not the empty fields of a new row


def _events_by_transaction(transactions: Iterable[int]) -> dict[int, list[AuditEvent]]:
    found: dict[int, list[AuditEvent]] = {}
    for event in (
        AuditEvent.objects.filter(transaction__in=transactions).select_related("actor").order_by("id")
    ):
        found.setdefault(event.transaction, []).append(event)
    return found


def _event(change: RowChange, events: dict[int, list[AuditEvent]]) -> AuditEvent | None:
    """The event that followed the change, else the last one of its transaction."""
    same = [
        event
        for event in events.get(change.transaction, [])
        if abs(event.at - change.at) <= LONGEST_TRANSACTION
    ]
    following = [event for event in same if event.at >= change.at]
    return next(iter(following or same[-1:]), None)


def _changed_fields(change: RowChange, row: models.Model, silent: Collection[str]) -> list[models.Field]:
    return [
        field
        for field in row._meta.concrete_fields
        if field.column not in silent
        and field.name not in silent
        and change.before.get(field.column) != change.after.get(field.column)
    ]


def _referred_to(changed: Iterable[tuple[RowChange, models.Field]]) -> dict[type[models.Model], dict]:
    """The rows that foreign keys point or pointed at, by key as text, found together."""
    wanted: dict[type[models.Model], set] = {}
    for change, field in changed:
        if field.related_model:
            keys = {part[field.column] for part in (change.before, change.after) if part.get(field.column)}
            wanted.setdefault(field.related_model, set()).update(keys)
    return {
        model: {str(pk): row for pk, row in model._base_manager.in_bulk(keys).items()}
        for model, keys in wanted.items()
    }


def _line(change: RowChange, field: models.Field, event: AuditEvent | None, referred: dict) -> Change:
    return Change(
        at=change.at,
        by=event.actor if event else None,
        outside=event is None,
        kind=KINDS[change.operation],
        record=str(field.model._meta.verbose_name),
        field=field.name,
        label=_label(field),
        before=_readable(field, change.before.get(field.column), referred),
        after=_readable(field, change.after.get(field.column), referred),
        transaction=change.transaction,
    )


def _label(field: models.Field) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _readable(field: models.Field, value: Any, referred: dict) -> str:
    if value in (None, "", [], {}):
        return ""
    if field.is_relation:
        return str(referred[field.related_model].get(str(value), value))
    return _plain(field, value)


def _plain(field: models.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_plain(getattr(field, "base_field", field), item) for item in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return date_format(localtime(datetime.fromisoformat(value)), "d-M-Y H:i")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value), "d-M-Y")
    return str(value)
