"""How is something written into the audit trail, and read back?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from . import chain
from .models import AuditEvent


def record(*, actor: Any, verb: str, subject: Any = None, about: str = "", **details: Any) -> AuditEvent:
    """Add one event, in the caller's transaction: what is rolled back was not done.

    actor    the person, or None when the system acted by itself
    verb     what was done, as "case.refer"
    subject  the row it was done to, already saved
    about    the key that gathers events, as "case:<uuid>"
    details  ids, codes, numbers and dates as text; never names or clinical text
    """
    return AuditEvent.objects.create(
        actor=actor,
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        about=about,
        details=details,
    )


def record_each(*, actor: Any, verb: str, subjects: Iterable[Any], **details: Any) -> None:
    """The same of several rows at once, each with an `about` of its own: one statement."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            actor=actor,
            verb=verb,
            subject_type=one._meta.label_lower,
            subject_id=str(one.pk),
            about=one.about,
            details=details,
        )
        for one in subjects
    )


def seal(event: AuditEvent, content: Mapping[str, Any]) -> str:
    """Chain one event, with what it is about, to all that was sealed before; returns the seal."""
    return chain.append(event, content)


def of(about: str) -> "models.QuerySet[AuditEvent]":
    """Everything about one thing, newest first."""
    return AuditEvent.objects.filter(about=about).select_related("actor").order_by("-at", "-id")
