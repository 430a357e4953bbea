"""Which code of which vocabulary stands for a coded choice, and where there is none, why?

A code belongs to its vocabulary and edition; the same illness has different codes in two of them. Codes that
are not confirmed were written from knowledge or seen in one source: to be checked before they are sent.
"""

from cases.domain.codes.book import codes_of, mapped, reason_for_none
from cases.domain.codes.disease import liver_disease, primary
from cases.domain.codes.mcode import PROFILES
from cases.domain.codes.systems import SYSTEMS, Code, NoCode

__all__ = [
    "PROFILES",
    "SYSTEMS",
    "Code",
    "NoCode",
    "codes_of",
    "liver_disease",
    "mapped",
    "primary",
    "reason_for_none",
]
