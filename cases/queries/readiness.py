"""Which of these cases are ready on the day of their meeting?

One query for the inputs and those of the clinical picture, however many cases.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from cases.domain.picture import Picture
from cases.domain.readiness import Around, Awaited, Lack, Readiness, assess
from cases.domain.shelf_life import Limits
from cases.models import Case, SpecialistInput, TumorBoard
from cases.queries.picture import drawn, link
from cases.queries.recorded import Recorded, recorded, with_inputs
from cases.vocabulary import InputStatus, Specialty, Urgency

AWAITED = frozenset({InputStatus.ASKED, InputStatus.DRAFT})


def readiness_of(case: Case, *, on: date, now: datetime | None = None) -> Readiness:
    return readiness_of_all([case], days={case.pk: on}, now=now)[case.pk]


def readiness_of_all(
    cases: Iterable[Case], *, days: Mapping[UUID, date], now: datetime | None = None
) -> dict[UUID, Readiness]:
    """Readiness of each case on its own day; a case without a day is judged today."""
    now = now or timezone.now()
    found = recorded(with_inputs(Case.objects.filter(pk__in=[case.pk for case in cases])))
    on = {pk: days.get(pk) or now.astimezone(one.case.board.zone).date() for pk, one in found.items()}
    return judged(found, on=on, now=now)


def judged(
    found: Mapping[UUID, Recorded], *, on: Mapping[UUID, date], now: datetime
) -> dict[UUID, Readiness]:
    """Of what a page has loaded already."""
    return {pk: judge(one.case, drawn(one, on=on[pk]), now=now) for pk, one in found.items()}


def judge(case: Any, picture: Picture, *, now: datetime) -> Readiness:
    """Of a case that `recorded` has loaded, on the day of its picture."""
    return _with_addresses(assess(picture, _around(case), now=now), case, picture)


def limits_of(board: TumorBoard) -> Limits:
    return Limits(board.imaging_days, board.blood_days, board.marker_days)


def counting(case: Any) -> list[SpecialistInput]:
    """One input of each discipline for this presentation: while an amendment is written, the signed one."""
    found: dict[str, SpecialistInput] = {}
    for one in sorted(case.current_inputs, key=lambda one: (one.status == InputStatus.SIGNED, one.revision)):
        if one.presentation == case.presentation:
            found[one.specialty] = one
    return [found[specialty] for specialty in Specialty.values if specialty in found]


def _around(case: Any) -> Around:
    inputs = counting(case)
    return Around(
        not_required=frozenset(case.board.items_not_required),
        limits=limits_of(case.board),
        referrer=case.referred_by.display_name,
        asked_of={one.specialty: one.asked_of.display_name for one in inputs if one.asked_of},
        awaited=tuple(_awaited(one) for one in inputs if one.status in AWAITED),
        emergency=case.urgency == Urgency.EMERGENCY,
    )


def _awaited(one: SpecialistInput) -> Awaited:
    specialty = Specialty(one.specialty)
    return Awaited(
        name=specialty.label,
        short=specialty.short,
        asked_of=one.asked_of.display_name if one.asked_of else "",
        due_at=one.due_at,
        begun=one.status == InputStatus.DRAFT,
        link=reverse("cases:input", args=[one.pk]),
    )


def _with_addresses(readiness: Readiness, case: Case, picture: Picture) -> Readiness:
    def told(lacks: tuple[Lack, ...]) -> tuple[Lack, ...]:
        return tuple(replace(one, link=link(one.link, case, picture)) for one in lacks)

    return replace(
        readiness,
        blocking=told(readiness.blocking),
        stale=told(readiness.stale),
        waived=told(readiness.waived),
    )
