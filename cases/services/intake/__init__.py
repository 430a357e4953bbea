"""How do the rows of a file become cases? Checked, asked about, asked for, and stored row by row."""

from cases.services.intake.checking import check, decide, discard, forget_abandoned, match_columns
from cases.services.intake.working import Work, go_on, resume, start, work

__all__ = [
    "Work",
    "check",
    "decide",
    "discard",
    "forget_abandoned",
    "go_on",
    "match_columns",
    "resume",
    "start",
    "work",
]
