"""Did it happen? Actions handed over, answered, reported, reminded of and taken to the coordinators."""

from cases.services.follow_up.answering import NotAsked, answer, asked_of
from cases.services.follow_up.chasing import escalate, remind_due
from cases.services.follow_up.closing import close_when_all_ended
from cases.services.follow_up.reporting import may_report, report
from cases.services.follow_up.telling import hand_over

__all__ = [
    "NotAsked",
    "answer",
    "asked_of",
    "close_when_all_ended",
    "escalate",
    "hand_over",
    "may_report",
    "remind_due",
    "report",
]
