"""May a letter be approved as it stands, and what has to be stood by knowingly?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cases.domain import letters_body as body
from cases.domain.errors import NotReady, Refused
from cases.domain.letters_body import Paragraph
from cases.domain.reading_level import Reading, reading


@dataclass(frozen=True)
class Judged:
    """What stands between a draft and its approval."""

    missing: tuple[str, ...]  # keys of paragraphs that somebody has yet to write
    overtaken: tuple[str, ...] = ()  # keys of paragraphs edited before the record changed
    strange: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: Reading | None = None  # of a letter for a patient
    is_current: bool = True
    is_superseded: bool = False

    @property
    def is_hard(self) -> bool:
        return self.reading is not None and self.reading.is_too_hard

    @property
    def stops(self) -> str:
        """Why nobody may approve it now; "" when the chair may."""
        if self.is_superseded:
            return "The decision was amended after this letter. Approve the newer one."
        if not self.is_current:
            return "This draft is not what the record says now. Bring it up to date first."
        if self.missing:
            number = len(self.missing)
            return f"{number} paragraph{' is' if number == 1 else 's are'} still to be written."
        if self.overtaken:
            number = len(self.overtaken)
            return (
                f"{number} paragraph{' was' if number == 1 else 's were'} edited before the record changed. "
                "Read what stands there now and keep your words once more, or change them."
            )
        return ""


def judged(
    paragraphs: Sequence[Paragraph],
    *,
    facts: Iterable[str],
    is_current: bool,
    is_superseded: bool,
    for_patient: bool,
) -> Judged:
    return Judged(
        missing=tuple(one.key for one in paragraphs if one.is_missing),
        overtaken=tuple(one.key for one in paragraphs if one.is_overtaken),
        strange=body.strange(paragraphs, facts),
        reading=reading("\n".join(one.final for one in paragraphs)) if for_patient else None,
        is_current=is_current,
        is_superseded=is_superseded,
    )


def require_approvable(found: Judged, *, stands_by_strange: bool, stands_by_hard: bool) -> None:
    if found.stops:
        raise NotReady(found.stops)
    if found.strange and not stands_by_strange:
        named = ", ".join(dict.fromkeys(words for some in found.strange.values() for words in some))
        raise Refused(f"Not in the record: {named}. Tick that you stand by this, or change the letter.")
    if found.is_hard and not stands_by_hard:
        raise Refused(
            "This letter is hard to read. Tick that you approve it all the same, or make it simpler."
        )
