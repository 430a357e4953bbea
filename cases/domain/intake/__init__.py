"""How does a table of patients become cases without being believed blindly? Rules only."""

from cases.domain.intake.decisions import Decisions
from cases.domain.intake.headings import Headings, match
from cases.domain.intake.holders import Holder, refuse_contradictions
from cases.domain.intake.known import Known, record_key
from cases.domain.intake.mapping import fitted, units_of, whole
from cases.domain.intake.plan import Plan, Question, Refusal, RowPlan, Settled, plan, plan_row
from cases.domain.intake.profile import BadProfile, Profile, profile_from
from cases.domain.intake.report import Group, as_json, group

__all__ = [
    "BadProfile",
    "Decisions",
    "Group",
    "Headings",
    "Holder",
    "Known",
    "Plan",
    "Profile",
    "Question",
    "Refusal",
    "RowPlan",
    "Settled",
    "as_json",
    "fitted",
    "group",
    "match",
    "plan",
    "plan_row",
    "profile_from",
    "record_key",
    "refuse_contradictions",
    "units_of",
    "whole",
]
