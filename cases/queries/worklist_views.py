"""Which views does the list of cases have, and how many cases are in each?"""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone

from cases.domain import lifecycle
from cases.models import Case
from cases.models.follow_up import actions
from cases.queries.kept import Kept
from cases.queries.shell import owed_inputs
from cases.vocabulary import CaseStatus


class View(StrEnum):
    OPEN = "open"
    OWED = "owed"
    TRIAGE = "triage"
    BLOCKED = "blocked"
    NOT_DONE = "not-done"
    WITH_REFERRER = "with-referrer"
    ENDED = "ended"


LABELS = {
    View.OPEN: "Open",
    View.OWED: "I owe",
    View.TRIAGE: "To triage",
    View.BLOCKED: "Blocked",
    View.NOT_DONE: "Decided, not done",
    View.WITH_REFERRER: "With the referrer",
    View.ENDED: "Closed",
}
# What is blocked is judged case by case.
COUNTED = tuple(view for view in View if view != View.BLOCKED)


def conditions(user) -> dict[View, Q]:
    owed = owed_inputs().filter(asked_of=user)
    unfinished = actions().in_force().unfinished()
    with_referrer = (CaseStatus.DRAFT, CaseStatus.RETURNED)
    return {
        View.OPEN: Q(status__in=lifecycle.OPEN - {CaseStatus.DRAFT, CaseStatus.RETURNED}),
        View.OWED: Q(pk__in=owed.values("case")),
        View.TRIAGE: Q(status=CaseStatus.REFERRED),
        View.NOT_DONE: Q(status=CaseStatus.DECIDED, pk__in=unfinished.values("recommendation__case")),
        View.WITH_REFERRER: Q(status__in=with_referrer),
        View.ENDED: Q(status__in=(CaseStatus.CLOSED, CaseStatus.WITHDRAWN)),
    }


def counts_of(user) -> dict[str, int]:
    """How many cases each view holds, in one query."""
    held = COUNTS.rows(user=user.pk, now=timezone.now())
    numbers = held[0][1:] if held else [0] * len(COUNTED)
    return {view.name.lower(): number for view, number in zip(COUNTED, numbers, strict=True)}


def _held(*, user: int, now: datetime) -> QuerySet:
    """One row; none for whoever sees no case."""
    person = get_user_model()(pk=user)
    holds = conditions(person)
    counted = {f"in_{view.name.lower()}": Count("pk", filter=holds[view], distinct=True) for view in COUNTED}
    together = Case.objects.visible_to(person, now=now).order_by().values(all=Value(1))
    return together.annotate(**counted).values_list("all", *counted)


COUNTS = Kept(_held)
