"""What does each sort of e-mail look like? One invented example each; nothing here is stored or sent."""

from cases.notices.samples import (  # each fills the table
    of_actions,
    of_cases,
    of_meetings,
    of_people,
    of_planned,
    of_privacy,
)
from cases.notices.samples._invented import SAMPLES

__all__ = ["SAMPLES", "of_actions", "of_cases", "of_meetings", "of_people", "of_planned", "of_privacy"]
