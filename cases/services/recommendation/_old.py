"""How was a whole decision written at once?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from cases import permissions
from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import (
    ActionLesion,
    AgendaItem,
    Dissent,
    Recommendation,
    RecommendedAction,
)
from cases.permissions import Permission
from cases.queries.decision import possible_dissenters, possible_owners
from cases.services import draft as draft_room
from cases.services.recommendation.said import PlannedAction
from cases.vocabulary import ItemStatus
from tumorboard.audit import trail

FORM = "decision"  # under which the unfinished typing is kept


@dataclass(frozen=True)
class DissentSaid:
    """`who` is None for the minutes."""

    reason: str
    who: Any = None


@transaction.atomic
def draft(
    *,
    item: AgendaItem,
    version: int,
    fields: Mapping[str, str],
    actions: Sequence[PlannedAction],
    dissents: Sequence[DissentSaid],
    by,
) -> Recommendation:
    """Keep the decision as it stands now; version 0 when nothing had been kept before."""
    permissions.require(by, Permission.DRAFT_DECISION, board=item.meeting.board)
    _require_discussed(item)
    _require_known(item, actions, dissents)
    recommendation = _begun(item, fields, by=by) if version == 0 else _changed(item, version, fields)
    _write_actions(recommendation, actions, by=by)
    _write_dissents(recommendation, dissents, by=by)
    draft_room.discard(form=FORM, key=str(item.pk), by=by)
    trail.record(
        actor=by,
        verb="decision.drafted",
        subject=recommendation,
        about=item.case.about,
        version=recommendation.version,
        actions=len(actions),
    )
    return recommendation


def _require_discussed(item: AgendaItem) -> None:
    if item.status not in {ItemStatus.OPEN, ItemStatus.DISCUSSED}:
        raise Refused("This case is not before the board. Open it in the meeting first.")


def _require_known(item: AgendaItem, actions, dissents) -> None:
    if len(actions) > rules.MOST_ACTIONS:
        raise Refused(f"A decision has at most {rules.MOST_ACTIONS} actions.")
    owners = set(possible_owners(item.case).values_list("pk", flat=True))
    if any(action.owner and action.owner.pk not in owners for action in actions):
        raise Refused("An action is owned by somebody of this board, or by the referrer.")
    if any(lesion.case_id != item.case_id for action in actions for lesion in action.lesions):
        raise Refused("An action is meant for lesions of this patient.")
    members = set(possible_dissenters(item).values_list("pk", flat=True))
    if any(dissent.who and dissent.who.pk not in members for dissent in dissents):
        raise Refused("Dissent is recorded of somebody who sits on this board or was at the meeting.")
    if any(not dissent.reason.strip() for dissent in dissents):
        raise Refused("Say what the one who disagrees would do instead, and why.")


def _begun(item: AgendaItem, fields: Mapping[str, str], *, by) -> Recommendation:
    try:
        with transaction.atomic():
            return Recommendation.objects.create(item=item, case_id=item.case_id, created_by=by, **fields)
    except IntegrityError as error:
        raise SomeoneWasFaster("Someone else has just begun this decision. Compare it with yours.") from error


def _changed(item: AgendaItem, version: int, fields: Mapping[str, str]) -> Recommendation:
    mine = Recommendation.objects.filter(item=item, version=version, signed_at=None)
    if not mine.update(version=F("version") + 1, **fields):
        raise SomeoneWasFaster("Someone else has changed this decision meanwhile. Compare it with yours.")
    return Recommendation.objects.get(item=item)


def _write_actions(recommendation: Recommendation, actions: Sequence[PlannedAction], *, by) -> None:
    """An unsigned list is written anew; the row history keeps what it was."""
    recommendation.actions.exclude(parent=None).delete()
    recommendation.actions.all().delete()
    rows = RecommendedAction.objects.bulk_create(
        RecommendedAction(
            recommendation=recommendation,
            position=position,
            kind=action.kind,
            detail=action.detail,
            owner=action.owner,
            due_on=action.due_on,
            condition=action.condition,
            plan_b=action.plan_b,
            created_by=by,
        )
        for position, action in enumerate(actions, start=1)
    )
    ActionLesion.objects.bulk_create(
        ActionLesion(action=row, lesion=lesion)
        for row, action in zip(rows, actions, strict=True)
        for lesion in action.lesions
    )


def _write_dissents(recommendation: Recommendation, dissents: Sequence[DissentSaid], *, by) -> None:
    recommendation.dissents.all().delete()
    Dissent.objects.bulk_create(
        Dissent(recommendation=recommendation, who=said.who, reason=said.reason.strip(), created_by=by)
        for said in dissents
    )
