"""Has this row become a case before, and is it still the same row?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cases.domain.referral import normal_number


@dataclass(frozen=True)
class Known:
    fingerprint: str
    number: str  # of the case

    def objection(self, fingerprint: str) -> str:
        if fingerprint == self.fingerprint:
            return ""
        return (
            f"Already imported as {self.number}, and the row differs now. The case is not changed;"
            " correct it on its own page."
        )


def record_key(record: str) -> str:
    """The same for the same record number, however it is spaced and capitalised."""
    return normal_number(record).casefold()


def fingerprint(cells: Mapping[str, str]) -> str:
    """Of what the file says, not of what was answered: a new answer is not a new row."""
    said = {header: text for header, text in cells.items() if text}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
