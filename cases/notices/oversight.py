"""What may an e-mail say of unusual looks at cases? How many by which rule; nobody's name, and no case."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from cases.models import TumorBoard, UnusualAccess
from cases.notices._render import at, entry
from cases.notices.emergency import officers_of
from cases.vocabulary import UnusualRule
from tumorboard.notifications.outbox import Entry


def weekly(board: TumorBoard, found: Iterable[UnusualAccess], *, week: date) -> list[Entry]:
    """None for a hospital without a privacy officer: who leads a board is not told of its own readers."""
    found = list(found)
    officers = [one for one in officers_of(board) if board.hospital in one.privacy_of.all()]
    return [weekly_to(one, board, found, week=week) for one in officers]


def weekly_to(officer, board: TumorBoard, found: Iterable[UnusualAccess], *, week: date) -> Entry:
    counts = Counter(one.rule for one in found)
    total = sum(counts.values())
    said = {0: "No unusual access", 1: "1 unusual access"}.get(total, f"{total} unusual accesses")
    return entry(
        kind="access.weekly",
        about=f"unusual:{board.hospital_id}",
        version=week.toordinal(),
        recipient=officer,
        board=board,
        title=f"{said} in the week from {week:%d-%b-%Y}",
        link=at(reverse("cases:trail-unusual")),
        context={
            "hospital": board.hospital,
            "first": week,
            "last": week + timedelta(days=6),
            "rows": [(UnusualRule(rule).label, counts[rule]) for rule in UnusualRule if counts[rule]],
        },
    )
