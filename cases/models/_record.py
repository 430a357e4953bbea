"""What do all records of the pathway share? An id that says nothing, and who wrote them when."""

import uuid
from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.vocabulary import Absent, or_absent

PERCENT = (0, 100)


def person(*, null: bool = False, related_name: str = "+") -> models.ForeignKey:
    """A person whose name stays on the record for ever."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, blank=null, related_name=related_name
    )


def coded_list(choices) -> ArrayField:
    return ArrayField(models.TextField(choices=choices), default=list, blank=True)


def coded(label: str, choices, *, help_text: str = "") -> models.TextField:
    """A coded answer that may also say why there is none."""
    return models.TextField(label, choices=or_absent(choices), blank=True, help_text=help_text)


def number(label: str, bounds: tuple[int, int], *, places: int = 1, help_text: str = ""):
    """A measured number within its bounds; whole when it has no decimal places. Empty: not recorded."""
    least, most = bounds
    common: dict[str, Any] = {
        "null": True,
        "blank": True,
        "help_text": help_text,
        "validators": [MinValueValidator(least), MaxValueValidator(most)],
    }
    if not places:
        return models.SmallIntegerField(label, **common)
    digits = max(len(str(abs(least))), len(str(most))) + places
    return models.DecimalField(label, max_digits=digits, decimal_places=places, **common)


def words(label: str, *, help_text: str = "") -> models.CharField:
    return models.CharField(label, max_length=300, blank=True, help_text=help_text)


class Record(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()

    class Meta:
        abstract = True


def codes(model: str, field: str, choices, *, blank: bool = False) -> models.CheckConstraint:
    """The column holds one of the known codes, whoever writes it."""
    allowed = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}), name=f"{model}_{field}_is_a_known_code"
    )


def all_codes(model: str, choices, *fields: str) -> list[models.CheckConstraint]:
    """Each of the columns holds a code, says why there is none, or nothing yet."""
    allowed = ["", *choices.values, *Absent.values]
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__in": allowed}), name=f"{model}_{field}_is_a_known_code"
        )
        for field in fields
    ]


def ranges(model: str, **bounds: tuple[int, int]) -> list[models.CheckConstraint]:
    """Each of the columns is empty or within its bounds."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": least, f"{field}__lte": most}),
            name=f"{model}_{field}_is_in_range",
        )
        for field, (least, most) in bounds.items()
    ]


def code_list(model: str, field: str, choices) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__contained_by": list(choices.values)}),
        name=f"{model}_{field}_are_known_codes",
    )


def together(model: str, what: str) -> models.CheckConstraint:
    """A moment and the person go together: both known or both not."""
    at, by = f"{what}_at__isnull", f"{what}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}),
        name=f"{model}_{what}_at_and_by_together",
    )


def frozen_when(name: str, *, old: str, but: Iterable[str] = ()) -> list[pgtrigger.Trigger]:
    """Once `old` holds, the row neither changes (but for the named columns) nor goes."""
    ignored = "".join(f" - '{column}'" for column in but)
    changed = f"(to_jsonb(OLD){ignored}) IS DISTINCT FROM (to_jsonb(NEW){ignored})"
    return [
        pgtrigger.Protect(
            name=f"{name}_stays",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(f"{old} AND {changed}"),
        ),
        pgtrigger.Protect(
            name=f"{name}_is_kept", operation=pgtrigger.Delete, condition=pgtrigger.Condition(old)
        ),
    ]


def frozen_with_parent(name: str, *, table: str, column: str) -> pgtrigger.Trigger:
    """Rows below a signed record share its fate: no new ones, no changes, none removed."""
    return pgtrigger.Trigger(
        name=f"{name}_signed_with_parent",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        # Table and column are names that our own models give.
        func=f"""
            IF EXISTS (
                SELECT 1 FROM {table} WHERE signed_at IS NOT NULL AND id =
                COALESCE((to_jsonb(OLD) ->> '{column}')::uuid, (to_jsonb(NEW) ->> '{column}')::uuid)
            ) THEN
                RAISE EXCEPTION 'pgtrigger: {name} belongs to a signed record';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608
    )
