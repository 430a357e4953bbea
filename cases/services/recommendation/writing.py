"""How do several scribes write one decision at once without writing over each other?

Each part carries a version of its own; the decision's version counts every change of any part, and is what
the chair confirms and signs. All writers of one decision take its row first, so that they queue.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F

from cases import permissions
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import AgendaItem, Recommendation
from cases.permissions import Permission
from cases.services import draft as draft_room
from cases.vocabulary import ItemStatus, Lane, MeetingStatus
from tumorboard import live
from tumorboard.audit import trail

FORM = "decision"  # under which the unfinished typing is kept
BEFORE_THE_BOARD = {ItemStatus.OPEN, ItemStatus.DISCUSSED}


def key_of(item_id, part: str) -> str:
    return f"{item_id}:{part}"


@contextmanager
def kept_when_slower(
    recommendation: Recommendation, part: str, *, version: int, typed: Mapping[str, Any], by
) -> Iterator[None]:
    """All or nothing; who was slower loses no words: they are kept as a draft beside the other's."""
    key = key_of(recommendation.item_id, part)
    try:
        with transaction.atomic():
            yield
            draft_room.discard(form=FORM, key=key, by=by)
    except SomeoneWasFaster:
        draft_room.save(form=FORM, key=key, payload=_as_typed(typed), base_version=version, by=by)
        raise


def opened(recommendation: Recommendation, *, by) -> Recommendation:
    """The decision for writing; its row is held until the transaction ends."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related(
        "item__meeting__board", "item__case__board"
    )
    standing = rows.filter(pk=recommendation.pk).first()
    if standing is None:
        raise SomeoneWasFaster("This decision was put aside meanwhile. Reload the page.")
    permissions.require(by, Permission.DRAFT_DECISION, board=standing.item.meeting.board)
    if standing.signed_at is not None:
        raise SomeoneWasFaster("This decision has been signed meanwhile. Reload the page and read it.")
    if standing.number == 1:
        require_before_the_board(standing.item)
    return standing


def changed(standing: Recommendation, part: str, *, by, **fields) -> int:
    """Write what belongs to the decision itself, count the change, tell the trail and the open screens."""
    Recommendation.objects.filter(pk=standing.pk).update(version=F("version") + 1, **fields)
    standing.refresh_from_db(fields=["version", *fields])
    trail.record(
        actor=by,
        verb="decision.drafted",
        subject=standing,
        about=standing.item.case.about,
        version=standing.version,
        part=part,
    )
    announce(standing.item)
    return standing.version


def announce(item: AgendaItem) -> None:
    live.announce(f"meeting:{item.meeting_id}", "decision")


def require_before_the_board(item: AgendaItem) -> None:
    standard = (
        item.lane == Lane.STANDARD
        and item.status == ItemStatus.PLANNED
        and item.meeting.status == MeetingStatus.RUNNING
    )
    if not standard and item.status not in BEFORE_THE_BOARD:
        raise Refused("This case is not before the board. Open it in the meeting first.")


def _as_typed(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: _texts(value) for name, value in typed.items()}


def _texts(value: Any) -> list[str]:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(one) for one in value]
    return ["" if value is None else str(value)]
