"""How is a discipline asked, how does it answer, and how is it reminded?"""

from cases.services.specialist_input.answering import (
    amend,
    give_up_amendment,
    may_answer,
    save_draft,
    sign,
)
from cases.services.specialist_input.asking import ask, mark_not_needed, request_all, seats
from cases.services.specialist_input.reminding import remind_awaiting

__all__ = [
    "amend",
    "ask",
    "give_up_amendment",
    "mark_not_needed",
    "may_answer",
    "remind_awaiting",
    "request_all",
    "save_draft",
    "seats",
    "sign",
]
