"""What does each sort of e-mail look like? One invented example each; nothing here is stored or sent."""

from cases.notices.samples import of_actions, of_cases, of_meetings, of_people  # each fills the table
from cases.notices.samples._invented import SAMPLES

__all__ = ["SAMPLES", "of_actions", "of_cases", "of_meetings", "of_people"]
