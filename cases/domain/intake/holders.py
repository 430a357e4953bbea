"""Is the record number of a row held by somebody who cannot be meant?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.domain.intake.known import record_key
from cases.domain.intake.plan import Plan, Refusal


@dataclass(frozen=True)
class Holder:
    """The patient who has this record number already."""

    sex: str
    birth_date: date | None = None
    open_case: str = ""  # the case that the board is working on

    def objection(self, values: Mapping, *, today: date) -> str:
        if self.open_case:
            return (
                f"The board is working on a case of this patient already: {self.open_case}. Add to that case."
            )
        said = values.get("patient.sex", "UNKNOWN")
        if "UNKNOWN" not in {said, self.sex} and said != self.sex:
            return "This record number belongs to a patient of another sex. Check the number."
        if self._was_not_yet_born(values.get("case.stated_age"), today):
            return "This record number belongs to a patient who has never been that old. Check the number."
        return ""

    def _was_not_yet_born(self, stated_age: int | None, today: date) -> bool:
        if self.birth_date is None or stated_age is None:
            return False
        birthday_to_come = (today.month, today.day) < (self.birth_date.month, self.birth_date.day)
        return stated_age > today.year - self.birth_date.year - birthday_to_come


def refuse_contradictions(plan: Plan, holders: Mapping[str, Holder], *, today: date) -> None:
    """Add a refusal to each row that contradicts whoever holds its record number; `holders` by record_key."""
    for row in plan.to_create:
        holder = holders.get(record_key(row.values["patient.record_number"]))
        why = holder.objection(row.values, today=today) if holder else ""
        if why:
            row.refused.append(Refusal(row.row, why))
