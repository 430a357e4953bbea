"""Which sorts of e-mail are there? One row each: what it is called, who gets it, and when it may wait.

A sort that is not in this table cannot be owed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`for_seats`: only for people with a seat on the board, asked once more just before it leaves.

    `to_deputy`: while its recipient is away, whoever stands in gets it too. `may_wait`: it can stand in a
    summary with others, once a day for who wants it so. `in_quiet_hours`: it cannot wait for the morning.
    """

    label: str
    group: str
    for_seats: bool = False
    to_deputy: bool = False
    may_wait: bool = True
    in_quiet_hours: bool = False


KINDS: dict[str, Kind] = {
    "case.referred": Kind(label="New referral", group="Cases", for_seats=True),
    "case.returned": Kind(label="Referral returned", group="Cases"),
    "case.accepted": Kind(label="Referral accepted", group="Cases"),
    "case.pulled_back": Kind(label="Pulled back into the discussion", group="Meetings", for_seats=True),
    "case.re_presented": Kind(label="Back before the board", group="Cases"),
    "case.not_re_presented": Kind(label="Could not come back", group="Cases", for_seats=True),
    "input.asked": Kind(label="Input asked", group="Inputs", for_seats=True, to_deputy=True),
    "input.reminder": Kind(
        label="Reminder of input", group="Inputs", for_seats=True, to_deputy=True, may_wait=False
    ),
    "addendum.asked": Kind(label="Addendum asked", group="Inputs", to_deputy=True),
    "addendum.answered": Kind(label="Addendum answered", group="Inputs", for_seats=True),
    "agenda.published": Kind(label="Agenda", group="Meetings", for_seats=True, may_wait=False),
    "agenda.cancelled": Kind(
        label="Meeting cancelled", group="Meetings", for_seats=True, may_wait=False, in_quiet_hours=True
    ),
    "letter.sent": Kind(label="Outcome letter", group="Decisions"),
    "action.handed_over": Kind(label="Actions handed over", group="Actions", to_deputy=True),
    "action.withdrawn": Kind(label="Actions no longer needed", group="Actions"),
    "action.condition_met": Kind(label="Condition met", group="Actions", to_deputy=True),
    "action.plan_b": Kind(label="Plan B has its turn", group="Actions", to_deputy=True),
    "action.due": Kind(label="Actions due", group="Actions", to_deputy=True, may_wait=False),
    "action.escalated": Kind(
        label="Overdue actions", group="Actions", for_seats=True, to_deputy=True, may_wait=False
    ),
    "action.not_now": Kind(label="Not to be done for now", group="Actions"),
    "action.crossed": Kind(label="Plan turned after it was begun", group="Actions", for_seats=True),
    "action.overtaken": Kind(label="Earlier plan has its turn", group="Actions", for_seats=True),
    "action.ownerless": Kind(label="Owner has left", group="Actions", for_seats=True, to_deputy=True),
    "ratification.asked": Kind(label="Asked to ratify", group="Decisions", for_seats=True, to_deputy=True),
    "ratification.reminder": Kind(
        label="Reminder to ratify", group="Decisions", for_seats=True, to_deputy=True
    ),
    "ratification.unfilled": Kind(label="Nobody to ratify", group="Decisions", for_seats=True),
    "ratification.overdue": Kind(label="Not ratified in time", group="Decisions", for_seats=True),
    "ratification.objected": Kind(label="Objection", group="Decisions", for_seats=True, may_wait=False),
}
