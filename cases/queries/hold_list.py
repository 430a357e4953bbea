"""What is on the list of this meeting, how far is each case, and what arises from earlier decisions?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cases.models import AgendaItem, Matter, Recommendation
from cases.queries.hold import Stage
from cases.vocabulary import ItemStatus, Lane

SIGNS = {
    ItemStatus.OPEN: "ask",
    ItemStatus.DISCUSSED: "done",
    ItemStatus.DEFERRED: "due",
    ItemStatus.PLANNED: "none",
}


@dataclass(frozen=True)
class Row:
    """One case with its place and how far it has come."""

    item: AgendaItem
    number: int
    is_signed: bool

    @property
    def is_standard(self) -> bool:
        return self.item.lane == Lane.STANDARD

    @property
    def is_waiting(self) -> bool:
        return self.item.status == ItemStatus.PLANNED

    @property
    def may_be_opened(self) -> bool:
        return self.is_waiting and not self.is_standard

    @property
    def may_be_pulled_back(self) -> bool:
        return self.is_waiting and self.is_standard

    @property
    def sign(self) -> str:
        return "done" if self.is_signed else SIGNS[ItemStatus(self.item.status)]

    @property
    def words(self) -> str:
        if self.is_signed:
            return "decided"
        if self.is_standard and self.is_waiting:
            return "recorded, not discussed"
        return {ItemStatus.PLANNED: "waiting", ItemStatus.DEFERRED: "postponed"}.get(
            ItemStatus(self.item.status), str(self.item.get_status_display()).lower()
        )


@dataclass(frozen=True)
class TheList:
    lanes: Sequence[tuple[str, Sequence[Row]]]
    matters: Sequence[Matter]

    @property
    def unsettled(self) -> int:
        return sum(matter.settled_at is None for matter in self.matters)


def list_of(stage: Stage) -> TheList:
    """Two queries beside what the screen has loaded."""
    signed = set(
        Recommendation.objects.in_force()
        .filter(item__in=[item.pk for item in stage.items])
        .values_list("item_id", flat=True)
    )
    rows = [Row(item, number, item.pk in signed) for number, item in enumerate(stage.items, start=1)]
    lanes = [
        (str(Lane(lane).label), list(group)) for lane, group in groupby(rows, key=lambda row: row.item.lane)
    ]
    matters = Matter.objects.filter(meeting=stage.meeting).select_related(
        "case__patient", "action__owner", "ratification", "settled_by"
    )
    return TheList(lanes, list(matters.order_by("settled_at", "created_at", "pk")))
