"""What was known of the case when the board decided, and what has changed since?

The picture of that day is kept with the decision, with what scores and rules said; nothing in it says who the
patient is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from cases.domain import kept
from cases.domain.picture import Picture
from cases.domain.what_changed import Change, changes, grouped, in_short
from cases.models import AgendaItem, Attendance, Case, PatientWish, Recommendation, SpecialistInput
from cases.queries.panel import results_for_snapshot
from cases.queries.picture import picture_of


@dataclass(frozen=True)
class Since:
    """What differs from the day of a decision; the groups in the order in which a board asks."""

    on: date
    groups: list[tuple[str, list[Change]]]
    short: str


def snapshot(case: Case) -> dict[str, Any]:
    on = timezone.now().astimezone(case.board.zone).date()
    beside = {
        "presentation": case.presentation,
        "question": case.question,
        "patient_wish": _wish(case),
        "inputs": _inputs(case),
    }
    return _as_stored(case, picture_of(case, on=on)) | _plain(beside)


def room_snapshot(
    item: AgendaItem, there: Iterable[Attendance], recommendation: Recommendation
) -> dict[str, Any]:
    """Who was in the room for which discipline, where they stood before, and the plan of each lesion."""
    plans = recommendation.plans.order_by("lesion__number").values_list("lesion__number", "plan", "detail")
    return {
        "there": [
            {"user": one.user_id, "specialty": one.specialty, "deputy_for": one.deputy_for_id}
            for one in there
        ],
        "guests": list(item.guests.order_by("joined_at").values_list("specialty", flat=True)),
        "stood_before": item.stood_before,
        "plans": [{"lesion": number, "plan": plan, "detail": detail} for number, plan, detail in plans],
    }


def since_last(decisions: Iterable[Recommendation], case: Case, picture: Picture) -> Since | None:
    """`decisions`: the newest first. None before the first, and for one whose picture was not kept."""
    last = next((one for one in decisions if one.signed_at), None)
    if last is None or last.signed_at is None:
        return None
    on = last.signed_at.astimezone(case.board.zone).date()
    then = kept.read(last.snapshot, on=on)
    now = kept.read(_as_stored(case, picture), on=picture.on)
    if then is None or now is None:
        return None
    found = changes(then=then, now=now)
    return Since(on, grouped(found), in_short(found))


def since_now(case: Case, *, user, on: date) -> Since | None:
    """For a page that has loaded neither the decisions nor the picture."""
    signed = Recommendation.objects.visible_to(user).signed().filter(case=case)
    return since_last(signed.order_by("-signed_at")[:1], case, picture_of(case, on=on))


def _as_stored(case: Case, picture: Picture) -> dict[str, Any]:
    return _plain(kept.keep(picture, results_for_snapshot(case, picture)))


def _plain(said: Any) -> Any:
    return json.loads(json.dumps(said, cls=DjangoJSONEncoder))


def _wish(case: Case) -> dict[str, Any] | None:
    standing = PatientWish.objects.standing().filter(case=case).order_by("-created_at")
    return standing.values("id", "words", "told_to", "told_on").first()


def _inputs(case: Case) -> list[dict[str, Any]]:
    signed = SpecialistInput.objects.current().filter(
        case=case, presentation=case.presentation, signed_at__isnull=False
    )
    return list(
        signed.order_by("specialty").values(
            "id", "specialty", "revision", "opinion", "confidence", "signed_at"
        )
    )
