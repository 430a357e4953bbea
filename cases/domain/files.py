"""May this file be opened, and how is what the scanner said put into words?"""

from datetime import timedelta

from cases.domain.errors import Refused
from cases.vocabulary import CaseStatus, ScanState

OPENABLE = frozenset({ScanState.CLEAN, ScanState.NOT_SCANNED})
RETRY_AFTER = timedelta(minutes=15)  # what the scanner could not judge is asked again

# How it looks: the word of a status, and what a reader is told beside it.
LOOKS = {
    ScanState.WAITING: ("due", "It can be opened as soon as the scanner has looked at it."),
    ScanState.CLEAN: ("done", ""),
    ScanState.INFECTED: ("block", "It is kept apart and cannot be opened."),
    ScanState.NOT_SCANNED: (
        "none",
        "This installation has no virus scanner. Open it only if you know where it is from.",
    ),
}


class FileRefused(Refused):
    """The file itself is the reason: said beside the field of the file."""


def require_open_for_files(status: str) -> None:
    if status == CaseStatus.WITHDRAWN:
        raise Refused("This case is withdrawn. No more files are added.")


def may_be_opened(scan: str, *, is_withdrawn: bool) -> bool:
    return scan in OPENABLE and not is_withdrawn


def why_not(scan: str, *, is_withdrawn: bool) -> str:
    """ "" where it may be opened."""
    if is_withdrawn:
        return "It is withdrawn and cannot be opened."
    return "" if scan in OPENABLE else LOOKS[ScanState(scan)][1]


def in_words(size: int) -> str:
    """812 B, 34 KB, 2.1 MB: as the person's own computer says it, in thousands."""
    if size < 1000:
        return f"{size} B"
    if size < 999_500:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"
