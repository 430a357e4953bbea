"""What may be said of an action in each of its states, and how it then stands, all written by hand."""

from datetime import date

import pytest

from cases.domain.errors import Refused
from cases.domain.follow_up import Said, check_report, reports_open_to, standing
from cases.domain.plan_state import PlanState as S

TODAY = date(2026, 11, 24)
MET_ON = date(2026, 11, 20)
SOON = date(2026, 12, 10)
OPEN_TO = {
    ("MAIN", S.ACTIVE): "ACCEPTED DECLINED DONE PARTLY NOT_DONE",
    ("MAIN", S.WAITING): "ACCEPTED DECLINED NOT_DONE",
    ("MAIN", S.DROPPED): "",
    ("MAIN", S.ENDED): "ACCEPTED DECLINED DONE PARTLY NOT_DONE",
    ("PLAN_B", S.ACTIVE): "ACCEPTED DECLINED DONE PARTLY NOT_DONE",
    ("PLAN_B", S.DORMANT): "ACCEPTED DECLINED",
    ("PLAN_B", S.DROPPED): "",
    ("PLAN_B", S.ENDED): "ACCEPTED DECLINED DONE PARTLY NOT_DONE",
    ("CONDITION", S.ACTIVE): "ACCEPTED DECLINED MET FAILED",
    ("CONDITION", S.DROPPED): "",
    ("CONDITION", S.ENDED): "ACCEPTED DECLINED MET FAILED",
}
EVERY = ("ACCEPTED", "DECLINED", "DONE", "PARTLY", "NOT_DONE", "MET", "FAILED")
WHOLE = {
    "ACCEPTED": {"planned_on": SOON},
    "DECLINED": {"reason": "LOGISTICS"},
    "DONE": {"happened_on": TODAY},
    "PARTLY": {"reason": "PROGRESSION", "happened_on": TODAY},
    "NOT_DONE": {"reason": "DIED"},
}


def check(report, *, role="MAIN", state=S.ACTIVE, **more):
    check_report(Said(report, **more), role=role, state=state, met_on=MET_ON, today=TODAY)


@pytest.mark.parametrize(("role", "state"), OPEN_TO)
@pytest.mark.parametrize("report", EVERY)
def test_what_may_be_said_in_each_state(role, state, report):
    open_to = OPEN_TO[role, state].split()

    assert [one.value for one in reports_open_to(role, state)] == open_to
    if report in open_to:
        check(report, role=role, state=state, **WHOLE.get(report, {}))
    else:
        with pytest.raises(Refused):
            check(report, role=role, state=state, **WHOLE.get(report, {}))


@pytest.mark.parametrize(
    ("report", "more", "words"),
    [
        ("ACCEPTED", {}, "for which day"),
        ("ACCEPTED", {"planned_on": date(2026, 11, 23)}, "This day is past"),
        ("DONE", {"happened_on": TODAY, "planned_on": SOON}, "A day in the future"),
        ("DECLINED", {}, "Choose the reason"),
        ("NOT_DONE", {}, "Choose the reason"),
        ("PARTLY", {"happened_on": TODAY}, "Choose the reason"),
        ("PARTLY", {"reason": "LOGISTICS"}, "on which day"),
        ("DONE", {"happened_on": TODAY, "reason": "LOGISTICS"}, "belongs only"),
        ("NOT_DONE", {"reason": "OTHER"}, "in the note"),
        ("NOT_DONE", {"reason": "OTHER", "note": "  "}, "in the note"),
        ("DONE", {}, "on which day"),
        ("DONE", {"happened_on": date(2026, 11, 25)}, "still to come"),
        ("DONE", {"happened_on": date(2026, 11, 19)}, "before the board"),
        ("MET", {}, "Only of a condition"),
    ],
)
def test_what_says_too_little_is_refused(report, more, words):
    with pytest.raises(Refused, match=words):
        check(report, **more)


@pytest.mark.parametrize(
    ("role", "state", "report", "words"),
    [
        ("CONDITION", S.ACTIVE, "DONE", "whether it is met"),
        ("MAIN", S.WAITING, "DONE", "condition is still open"),
        ("PLAN_B", S.DORMANT, "DONE", "if the first plan fails"),
        ("MAIN", S.DROPPED, "DONE", "no longer needed"),
    ],
)
def test_out_of_its_turn_it_says_what_to_report_first(role, state, report, words):
    with pytest.raises(Refused, match=words):
        check(report, role=role, state=state, happened_on=TODAY)


def test_before_its_turn_nobody_has_to_know_the_day():
    check("ACCEPTED", state=S.WAITING)
    check("ACCEPTED", role="PLAN_B", state=S.DORMANT)
    check("PARTLY", reason="LOGISTICS", happened_on=TODAY, planned_on=SOON)


@pytest.mark.parametrize(
    ("role", "state", "report", "reason", "due_on", "planned_on", "shown"),
    [
        ("MAIN", S.ACTIVE, "", "", SOON, None, ("No answer yet", "ask", "")),
        ("MAIN", S.ACTIVE, "", "", TODAY, None, ("No answer yet", "ask", "Due soon")),
        ("MAIN", S.ACTIVE, "", "", MET_ON, None, ("Overdue", "due", "No answer yet")),
        ("MAIN", S.ACTIVE, "ACCEPTED", "", SOON, SOON, ("Planned for 10-Dec-2026", "draft", "")),
        ("MAIN", S.ACTIVE, "ACCEPTED", "", MET_ON, SOON, ("Overdue", "due", "Planned for 10-Dec-2026")),
        ("MAIN", S.ACTIVE, "ACCEPTED", "", SOON, None, ("Accepted", "draft", "")),
        (
            "MAIN",
            S.ACTIVE,
            "DECLINED",
            "LOGISTICS",
            MET_ON,
            None,
            ("Declined: appointment or capacity", "due", ""),
        ),
        (
            "MAIN",
            S.ACTIVE,
            "PARTLY",
            "PROGRESSION",
            SOON,
            None,
            ("Partly done: the disease progressed", "draft", ""),
        ),
        ("MAIN", S.WAITING, "ACCEPTED", "", MET_ON, SOON, ("Waits for its condition", "ask", "")),
        ("MAIN", S.DROPPED, "", "", MET_ON, None, ("No longer needed", "none", "")),
        ("MAIN", S.ENDED, "DONE", "", MET_ON, None, ("Done", "done", "")),
        ("MAIN", S.ENDED, "NOT_DONE", "DIED", MET_ON, None, ("Not done: the patient died", "none", "")),
        ("CONDITION", S.ENDED, "MET", "", MET_ON, None, ("Condition met", "done", "")),
        ("CONDITION", S.ENDED, "FAILED", "", MET_ON, None, ("Condition not met", "none", "")),
        ("PLAN_B", S.DORMANT, "", "", MET_ON, None, ("Only if the first plan fails", "none", "")),
        ("PLAN_B", S.ACTIVE, "", "", SOON, None, ("No answer yet", "ask", "Plan B now")),
        ("PLAN_B", S.ACTIVE, "", "", MET_ON, None, ("Overdue", "due", "Plan B now, No answer yet")),
    ],
)
def test_how_an_action_stands(role, state, report, reason, due_on, planned_on, shown):
    stands = standing(
        role=role,
        state=state,
        report=report,
        reason=reason,
        due_on=due_on,
        planned_on=planned_on,
        today=TODAY,
    )

    assert (stands.words, stands.sign, stands.detail) == shown
