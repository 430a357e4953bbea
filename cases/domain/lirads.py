"""Does the radiologist's LI-RADS category agree with the diagnostic table? Neither replaces the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cases.domain import scores
from cases.vocabulary import Absent, Known, LiRads

FEATURES = {
    "nonrim_aphe": "arterial hyperenhancement",
    "washout": "washout",
    "capsule": "capsule",
    "threshold_growth": "threshold growth",
}
# What the table can answer; all other categories come from the radiologist alone.
OF_THE_TABLE = (LiRads.LR3, LiRads.LR4, LiRads.LR5)


class Verdict(StrEnum):
    NOTHING = ""
    AGREES = "agrees"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Category:
    """Both readings of one look at a lesion."""

    own: str
    computed: str
    missing: tuple[str, ...]  # in words; empty when the table answers
    was_begun: bool

    @property
    def verdict(self) -> Verdict:
        if not self.computed or self.own not in OF_THE_TABLE:
            return Verdict.NOTHING
        return Verdict.AGREES if self.own == self.computed else Verdict.DIFFERS

    @property
    def in_short(self) -> str:
        """For a narrow column: only what a reader must not miss."""
        if self.verdict == Verdict.DIFFERS:
            return f"table: {self.computed}"
        return f"by the table {self.computed}" if self.computed and not self.own else ""

    @property
    def words(self) -> str:
        """The second line beside the radiologist's category."""
        if self.computed:
            return self._against_the_table()
        return f"for the table: {', '.join(self.missing)} not recorded" if self.was_begun else ""

    def _against_the_table(self) -> str:
        if self.verdict == Verdict.AGREES:
            return "the table agrees"
        if self.verdict == Verdict.NOTHING:
            return f"the table gives {self.computed}"
        return f"the table gives {self.computed}: {self._why_it_may_differ()}"

    def _why_it_may_differ(self) -> str:
        apart = abs(int(self.own[-1]) - int(self.computed[-1]))
        if apart == 1 and self.own != LiRads.LR5:
            return "ancillary features may explain one step"
        return "check the features; ancillary features never lead to LR-5 and shift by one step at most"


def category(
    *, size_mm: Decimal | None, own: str, features: Mapping[str, str], is_treated: bool = False
) -> Category:
    """`features` are answers in the record's codes; only yes and no reach the table.

    Of a lesion after its treatment the diagnostic table says nothing.
    """
    if is_treated:
        return Category("" if own in set(Absent) else own, "", (), was_begun=False)
    answers = {name: _truth(features.get(name, "")) for name in FEATURES}
    inputs = {**answers, "size_mm": size_mm if size_mm else None}
    result = scores.compute("lirads_2018", inputs)
    missing = tuple(FEATURES.get(name, "size") for name in result.get("missing", ()))
    begun = any(answer is not None for answer in answers.values())
    known = "" if own in set(Absent) else own
    return Category(known, result.get("category", ""), missing, was_begun=begun)


def _truth(answer: str) -> bool | None:
    return {Known.YES: True, Known.NO: False}.get(answer)  # type: ignore[call-overload]
