"""Which opinions are sealed from this person, and how far do those that were given agree?

The seal blanks what was loaded, so that no page can show by mistake what its reader may not know yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from cases.domain.agreement import Agreement, agreement
from cases.domain.sealing import Reader, Standing, is_sealed
from cases.models import AgendaItem, Case, Membership, SpecialistInput
from cases.vocabulary import InputStatus

SEALED = ("opinion", "confidence", "opinion_reason")
NOTHING = Standing(board_seals=False, is_opened=True)


@dataclass(frozen=True)
class Seal:
    """What one person may not know yet of one case."""

    standing: Standing
    reader: Reader
    user_id: Any
    presentation: int

    def hides(self, one: SpecialistInput) -> bool:
        """Earlier presentations have been before the board: they are open."""
        if one.presentation != self.presentation or self.user_id in {one.signed_by_id, one.asked_of_id}:
            return False
        return is_sealed(one.specialty, standing=self.standing, reader=self.reader)

    def apply(self, inputs: Iterable[Any]) -> None:
        """Blank what is hidden in rows that were loaded to be read, and mark it."""
        for one in inputs:
            one.is_sealed = self.hides(one)
            if one.is_sealed:
                for name in SEALED:
                    setattr(one, name, "")

    @property
    def is_on(self) -> bool:
        """Whether anything at all may be hidden."""
        return self.standing.board_seals and not self.standing.is_opened and not self.reader.has_given


def seal_of(case: Case, *, user) -> Seal:
    """No query for a board that does not seal, three for one that does."""
    if not case.board.seals_opinions:
        return Seal(NOTHING, Reader(frozenset(), has_given=True), user.pk, case.presentation)
    seats = Membership.objects.current().filter(user=user, board=case.board).exclude(specialty="")
    given = SpecialistInput.objects.filter(
        case=case, presentation=case.presentation, signed_by=user, status=InputStatus.SIGNED
    )
    reader = Reader(frozenset(seats.values_list("specialty", flat=True)), has_given=given.exists())
    return Seal(Standing(True, _is_opened(case)), reader, user.pk, case.presentation)


def _is_opened(case: Case) -> bool:
    """Once the board has begun to talk of it, or has decided without a talk; a draft opens nothing."""
    now = AgendaItem.objects.filter(case=case, presentation=case.presentation)
    begun = Q(opened_at__isnull=False) | ~Q(stood_before={}) | Q(recommendations__signed_at__isnull=False)
    return now.filter(begun).exists()


def agreements_of(cases: Iterable[Case]) -> Mapping[UUID, Agreement]:
    """One query for all: of each case, how far the opinions on its present question agree."""
    found = {case.pk: case for case in cases}
    wanted = SpecialistInput.objects.current().filter(case__in=found).exclude(status=InputStatus.NOT_NEEDED)
    said: dict[UUID, dict[str, str]] = {pk: {} for pk in found}
    for one in wanted.only("case_id", "presentation", "specialty", "status", "opinion", "signed_at"):
        if one.presentation == found[one.case_id].presentation:
            signed = one.opinion if one.status == InputStatus.SIGNED else ""
            # While an amendment is written, what was signed counts.
            said[one.case_id][one.specialty] = signed or said[one.case_id].get(one.specialty, "")
    return {pk: agreement(by.values()) for pk, by in said.items()}


def agreement_of(case: Case) -> Agreement:
    return agreements_of([case])[case.pk]
