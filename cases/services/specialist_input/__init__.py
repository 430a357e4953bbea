"""How is a discipline asked, how does it answer, and how is it reminded?"""

from cases.services.specialist_input.addendum import (
    answer_addendum,
    ask_addendum,
    may_answer_addendum,
    may_ask_addendum,
)
from cases.services.specialist_input.answering import (
    amend,
    give_up_amendment,
    may_answer,
    save_draft,
    sign,
)
from cases.services.specialist_input.asking import ask, ask_all, mark_not_needed, request_all, seats
from cases.services.specialist_input.reminding import remind_awaiting

__all__ = [
    "amend",
    "answer_addendum",
    "ask",
    "ask_addendum",
    "ask_all",
    "give_up_amendment",
    "mark_not_needed",
    "may_answer",
    "may_answer_addendum",
    "may_ask_addendum",
    "remind_awaiting",
    "request_all",
    "save_draft",
    "seats",
    "sign",
]
