"""How is a decision written by several people at once, confirmed, signed and amended?"""

from cases.services.recommendation.acting import move_action, remove_action, save_action
from cases.services.recommendation.amending import begin_amendment
from cases.services.recommendation.rows import remove_dissent, save_dissent, save_plan
from cases.services.recommendation.said import DissentSaid, PlannedAction, PlannedCondition, PlannedPlanB
from cases.services.recommendation.sections import begin, save_section
from cases.services.recommendation.signing import confirm_read_back, sign
from cases.services.recommendation.suggesting import take_suggestion
from cases.services.recommendation.writing import FORM, key_of, require_before_the_board

__all__ = [
    "FORM",
    "DissentSaid",
    "PlannedAction",
    "PlannedCondition",
    "PlannedPlanB",
    "begin",
    "begin_amendment",
    "confirm_read_back",
    "key_of",
    "move_action",
    "remove_action",
    "remove_dissent",
    "require_before_the_board",
    "save_action",
    "save_dissent",
    "save_plan",
    "save_section",
    "sign",
    "take_suggestion",
]
