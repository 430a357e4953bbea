"""Which files does a case have, may this person open them, and what is told beside each?"""

from dataclasses import dataclass
from typing import Any

from cases.domain import files as rules
from cases.models import Case, CaseFile
from cases.vocabulary import ScanState
from tumorboard.files.kinds import KINDS


@dataclass(frozen=True)
class FileLine:
    """One file as it is listed."""

    file: CaseFile

    @property
    def size(self) -> str:
        return rules.in_words(self.file.size)

    @property
    def is_withdrawn(self) -> bool:
        return self.file.withdrawn_at is not None

    @property
    def may_be_opened(self) -> bool:
        return rules.may_be_opened(self.file.scan, is_withdrawn=self.is_withdrawn)

    @property
    def why_not(self) -> str:
        return rules.why_not(self.file.scan, is_withdrawn=self.is_withdrawn)

    @property
    def look(self) -> str:
        return rules.LOOKS[ScanState(self.file.scan)][0]

    @property
    def advice(self) -> str:
        return rules.LOOKS[ScanState(self.file.scan)][1]

    @property
    def can_be_shown(self) -> bool:
        return self.may_be_opened and KINDS[self.file.kind].shown


@dataclass(frozen=True)
class Sheet:
    """One page of a file, with what is before and behind it."""

    page: int
    of: int

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def behind(self) -> int | None:
        return self.page + 1 if self.page < self.of else None


def files_of(case: Case) -> list[FileLine]:
    """The newest first; withdrawn ones last."""
    files = CaseFile.objects.filter(case=case).select_related("created_by", "withdrawn_by")
    ordered = sorted(files.order_by("-created_at"), key=lambda one: one.withdrawn_at is not None)
    return [FileLine(one) for one in ordered]


def listed(case: Case) -> list[FileLine]:
    """For the page of the case: what is not withdrawn."""
    return [line for line in files_of(case) if not line.is_withdrawn]


def sheet_of(line: FileLine, asked: str) -> Sheet | None:
    if not line.can_be_shown:
        return None
    of = line.file.pages or 1
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return Sheet(min(max(page, 1), of), of)


def visible(user: Any) -> Any:
    return CaseFile.objects.visible_to(user).select_related("case__board", "case__patient", "created_by")
