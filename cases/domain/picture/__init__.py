"""Everything recorded of a case, under the names that scores and rules use."""

from cases.domain.picture.from_inputs import items_of
from cases.domain.picture.lirads import Features
from cases.domain.picture.names import NAMES, name_for
from cases.domain.picture.parts import ABSENT, BOUND, STATE_WORDS, WAIVED, Gap, Item, Name
from cases.domain.picture.picture import Picture, assemble

__all__ = [
    "ABSENT",
    "BOUND",
    "NAMES",
    "STATE_WORDS",
    "WAIVED",
    "Features",
    "Gap",
    "Item",
    "Name",
    "Picture",
    "assemble",
    "items_of",
    "name_for",
]
