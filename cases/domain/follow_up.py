"""What may be said of an action, and how does it stand, in words?"""

from dataclasses import dataclass
from datetime import date

from cases.domain.deadlines import Due, due
from cases.domain.errors import Refused
from cases.domain.plan_state import PlanState
from cases.vocabulary import ActionReport, ActionRole, NotDoneReason

R = ActionReport

NEEDS_REASON = frozenset({R.DECLINED, R.PARTLY, R.NOT_DONE})
MAY_HAVE_REASON = NEEDS_REASON | {R.FAILED}  # of a condition too it can be said that the patient died
HAPPENED = frozenset({R.DONE, R.PARTLY})
MAY_BE_PLANNED = frozenset({R.ACCEPTED, R.PARTLY})

OF_A_CONDITION = frozenset({R.ACCEPTED, R.DECLINED, R.MET, R.FAILED})
OF_AN_ACTION = frozenset({R.ACCEPTED, R.DECLINED, R.DONE, R.PARTLY, R.NOT_DONE})
# Before its turn an owner can say whether they would do it; and that it will never be done.
BEFORE_ITS_TURN = {
    PlanState.WAITING: frozenset({R.ACCEPTED, R.DECLINED, R.NOT_DONE}),
    PlanState.DORMANT: frozenset({R.ACCEPTED, R.DECLINED}),
}
# From a link in an e-mail, without signing in: whether it is taken on, and nothing that needs words.
BY_LINK = (R.ACCEPTED, R.DECLINED)
STILL_ASKED = frozenset({PlanState.ACTIVE, PlanState.WAITING, PlanState.DORMANT})


@dataclass(frozen=True)
class Said:
    """A report as somebody gives it."""

    report: str
    reason: str = ""
    note: str = ""
    happened_on: date | None = None
    planned_on: date | None = None


def reports_open_to(role: str, state: PlanState) -> tuple[ActionReport, ...]:
    """What there is to choose from, in the order in which it is asked."""
    wanted = OF_A_CONDITION if role == ActionRole.CONDITION else OF_AN_ACTION
    if state == PlanState.DROPPED:
        return ()
    return tuple(one for one in R if one in wanted & BEFORE_ITS_TURN.get(state, wanted))


def check_report(said: Said, *, role: str, state: PlanState, met_on: date, today: date) -> None:
    _check_turn(said.report, role, state)
    _check_reason(said)
    _check_days(said, met_on=met_on, today=today)
    if said.report == R.ACCEPTED and state == PlanState.ACTIVE and said.planned_on is None:
        raise Refused("Say for which day it is planned.")


def _check_turn(report: str, role: str, state: PlanState) -> None:
    if report in reports_open_to(role, state):
        return
    if state == PlanState.DROPPED:
        raise Refused("This is no longer needed, so there is nothing to report.")
    if report in {R.MET, R.FAILED}:
        raise Refused("Only of a condition one can say that it is met or not met.")
    if role == ActionRole.CONDITION:
        raise Refused("Of a condition say whether it is met, or decline to find out.")
    if state == PlanState.WAITING:
        raise Refused("Its condition is still open. Report first whether that is met.")
    raise Refused("This is only to be done if the first plan fails. Report on that first.")


def _check_reason(said: Said) -> None:
    if said.report in NEEDS_REASON and not said.reason:
        raise Refused("Choose the reason.")
    if said.report not in MAY_HAVE_REASON and said.reason:
        raise Refused("A reason belongs only to what was declined, partly done, not done or not met.")
    if said.reason == NotDoneReason.OTHER and not said.note.strip():
        raise Refused("Say in the note what the other reason is.")


def _check_days(said: Said, *, met_on: date, today: date) -> None:
    if said.report in HAPPENED and said.happened_on is None:
        raise Refused("Say on which day it was done.")
    if said.happened_on and said.happened_on > today:
        raise Refused("This day is still to come. Report it once it has happened.")
    if said.happened_on and said.happened_on < met_on:
        raise Refused("This day is before the board recommended it. Check the date.")
    if said.planned_on and said.report not in MAY_BE_PLANNED:
        raise Refused("A day in the future belongs to what is accepted or partly done.")
    if said.planned_on and said.planned_on < today:
        raise Refused("This day is past. Say for which day it is planned now.")


# -- in words ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How an action stands today: what was said of it, and the sign that this carries."""

    state: PlanState
    due: Due
    said: str
    sign: str  # due, done, draft, ask, none
    is_plan_b: bool = False

    @property
    def is_late(self) -> bool:
        return self.due == Due.OVERDUE

    @property
    def words(self) -> str:
        return "Overdue" if self.is_late else self.said

    @property
    def detail(self) -> str:
        """The second line."""
        plan_b = "Plan B now" if self.is_plan_b else ""
        when = self.said if self.is_late else "due soon" if self.due == Due.SOON else ""
        told = ", ".join(part for part in (plan_b, when) if part)
        return told[:1].upper() + told[1:]


def standing(
    *,
    role: str,
    state: PlanState,
    report: str,
    reason: str,
    due_on: date,
    planned_on: date | None,
    today: date,
) -> Standing:
    declined = report == R.DECLINED  # it is with the coordinators already, and not late as well
    is_now = state == PlanState.ACTIVE
    when = due(due_on=due_on, today=today, is_open=is_now and not declined)
    said, sign = _words(state, report, reason, planned_on)
    return Standing(
        state=state,
        due=when,
        said=said,
        sign="due" if when == Due.OVERDUE else sign,
        is_plan_b=role == ActionRole.PLAN_B and is_now,
    )


def _words(state: PlanState, report: str, reason: str, planned_on: date | None) -> tuple[str, str]:
    because = f": {NotDoneReason(reason).label.lower()}" if reason else ""
    if state == PlanState.WAITING:
        return "Waits for its condition", "ask"
    if state == PlanState.DORMANT:
        return "Only if the first plan fails", "none"
    if state == PlanState.DROPPED:
        return "No longer needed", "none"
    if report == R.ACCEPTED and planned_on:
        return f"Planned for {planned_on:%d-%b-%Y}", "draft"
    if not report:
        return "No answer yet", "ask"
    return f"{R(report).label}{because}", SIGNS[R(report)]


SIGNS = {
    R.ACCEPTED: "draft",
    R.DECLINED: "due",
    R.DONE: "done",
    R.PARTLY: "draft",
    R.NOT_DONE: "none",
    R.MET: "done",
    R.FAILED: "none",
}
