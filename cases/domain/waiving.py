"""Which items may be said to be not needed for a case, and what are they called?"""

from cases.domain.picture.names import NAMES
from cases.domain.scores import readiness_rule


def may_be_waived(item: str) -> bool:
    """What readiness or a score asks for. The question to the board is what the case is for."""
    return item != "question_for_board" and (item in NAMES or item in readiness_rule.NAMES)


def words_of(item: str) -> str:
    """As within a sentence; a code that is no longer in use still reads."""
    return NAMES[item].label if item in NAMES else item.replace("_", " ")
