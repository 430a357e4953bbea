"""What does the liver map show of a lesion, and with which mark?"""

from dataclasses import dataclass
from enum import StrEnum

from cases.domain import anatomy
from cases.vocabulary import ActionKind, Opinion


class Mark(StrEnum):
    """How a plan is drawn: told apart by shape, so that colour may fail."""

    RESECT = "resect"
    ABLATE = "ablate"
    EMBOLISE = "embolise"
    IRRADIATE = "irradiate"
    WATCH = "watch"
    OTHER = "other"
    NONE = "none"
    TREATED = "treated"
    GONE = "gone"


MARKS: dict[str, Mark] = {
    ActionKind.RESECTION: Mark.RESECT,
    ActionKind.TRANSPLANT_EVALUATION: Mark.OTHER,
    ActionKind.ABLATION: Mark.ABLATE,
    ActionKind.EMBOLISATION: Mark.EMBOLISE,
    ActionKind.RADIOEMBOLISATION: Mark.EMBOLISE,
    ActionKind.SBRT: Mark.IRRADIATE,
    ActionKind.SURVEILLANCE: Mark.WATCH,
    ActionKind.SUPPORTIVE: Mark.WATCH,
    Opinion.RESECT: Mark.RESECT,
    Opinion.RESECT_AFTER_DOWNSIZING: Mark.RESECT,
    Opinion.ABLATE: Mark.ABLATE,
    Opinion.EMBOLISE: Mark.EMBOLISE,
    Opinion.RADIOEMBOLISE: Mark.EMBOLISE,
    Opinion.HAI_PUMP: Mark.EMBOLISE,
    Opinion.SUPPORTIVE_ONLY: Mark.WATCH,
}

PLAN_WORDS = {
    Mark.RESECT: "resect",
    Mark.ABLATE: "ablate",
    Mark.EMBOLISE: "embolise",
    Mark.IRRADIATE: "irradiate",
    Mark.WATCH: "watch",
    Mark.OTHER: "other plan",
    Mark.NONE: "no plan",
    Mark.TREATED: "treated, no longer viable",
    Mark.GONE: "no longer seen",
}


@dataclass(frozen=True)
class Lesion:
    """What the map needs to know of one lesion."""

    number: int | str
    segments: tuple[str, ...] = ()
    size_mm: float | None = None
    plan: str = ""
    viable: bool = True
    treated: bool = False
    new: bool = False
    gone: bool = False
    plan_words: str = ""
    note: str = ""

    @property
    def mark(self) -> Mark:
        """A lesion that is no longer viable needs no plan; a treated one that lives does.

        One that is no longer seen keeps its place and last size: whoever operates looks for it there.
        """
        if self.gone and not self.plan:
            return Mark.GONE
        if not self.viable:
            return Mark.TREATED
        return MARKS.get(self.plan.upper(), Mark.OTHER) if self.plan else Mark.NONE

    @property
    def plan_label(self) -> str:
        return self.plan_words or PLAN_WORDS[self.mark]

    @property
    def sentence(self) -> str:
        """The lesion in words: what a screen reader hears and a pointer sees."""
        where = anatomy.label(self.segments) or "segment not stated"
        size = f"{self.size_mm:g} mm" if self.size_mm is not None else "size not stated"
        size = f"no longer seen, last {size}" if self.gone else size
        parts = [f"Lesion {self.number}", where, size]
        parts += ["new"] if self.new else []
        parts += ["treated before"] if self.treated and self.viable else []
        return ", ".join([*parts, self.plan_label])
