"""Which sorts of e-mail are there? One row each: what it is called, who gets it, and when it may wait.

A sort that is not in this table cannot be owed.
"""

from dataclasses import dataclass

from cases.notices import audiences
from cases.notices.audiences import Audience


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`for_seats`: only for people with a seat on the board, asked once more just before it leaves.

    `to_deputy`: while its recipient is away, whoever stands in gets it too. `may_wait`: it can stand in a
    summary with others, once a day for who wants it so. `in_quiet_hours`: it cannot wait for the morning.
    `when` may name a rule of the board in braces, such as {reminders}: cases.queries.mail_rules has them.
    """

    label: str
    group: str
    to: Audience = audiences.SITTING
    when: str = ""
    for_seats: bool = False
    to_deputy: bool = False
    may_wait: bool = True
    in_quiet_hours: bool = False

    @property
    def why(self) -> str:
        return self.to.why


KINDS: dict[str, Kind] = {
    "case.referred": Kind(
        label="New referral",
        group="Cases",
        to=audiences.COORDINATORS,
        when="At once, when a case is referred or sent in again.",
        for_seats=True,
    ),
    "case.returned": Kind(
        label="Referral returned",
        group="Cases",
        to=audiences.REFERRER,
        when="At once, when the referral is sent back for completing.",
    ),
    "case.accepted": Kind(
        label="Referral accepted",
        group="Cases",
        to=audiences.REFERRER,
        when="At once, when the referral is accepted.",
    ),
    "case.pulled_back": Kind(
        label="Pulled back into the discussion",
        group="Meetings",
        to=audiences.COORDINATORS,
        when="At once, when a member wants to discuss a case that was to be recorded only.",
        for_seats=True,
    ),
    "case.re_presented": Kind(
        label="Back before the board",
        group="Cases",
        to=audiences.INVOLVED,
        when="In the morning of a day that the board had set, when the case has come back.",
    ),
    "case.not_re_presented": Kind(
        label="Could not come back",
        group="Cases",
        to=audiences.COORDINATORS,
        when="In the morning, when a case should have come back and could not.",
        for_seats=True,
    ),
    "input.asked": Kind(
        label="Input asked",
        group="Inputs",
        to=audiences.ASKED,
        when="At once, when an input is asked for.",
        for_seats=True,
        to_deputy=True,
    ),
    "input.reminder": Kind(
        label="Reminder of input",
        group="Inputs",
        to=audiences.ASKED,
        when="{reminders}, to those who still owe an input; all that one person owes stands in one e-mail.",
        for_seats=True,
        to_deputy=True,
        may_wait=False,
    ),
    "input.chased": Kind(
        label="Chased",
        group="Inputs",
        to=audiences.ASKED,
        when="When a coordinator chases: everything that one person still owes stands in one e-mail.",
        to_deputy=True,
        may_wait=False,
    ),
    "addendum.asked": Kind(
        label="Addendum asked",
        group="Inputs",
        to=audiences.REFERRER,
        when="At once, when the board asks another hospital for an addendum.",
        to_deputy=True,
    ),
    "addendum.answered": Kind(
        label="Addendum answered",
        group="Inputs",
        to=audiences.ASKER,
        when="At once, when the addendum has come.",
        for_seats=True,
    ),
    "meeting.invited": Kind(
        label="Invitation",
        group="Meetings",
        to=audiences.SITTING,
        when="{invite}; not when the agenda was sent before.",
        for_seats=True,
        may_wait=False,
    ),
    "cutoff.passed": Kind(
        label="Cut-off passed",
        group="Meetings",
        to=audiences.COORDINATORS,
        when="{cut_off} before a meeting: what is listed, and how much each case lacks.",
        for_seats=True,
        to_deputy=True,
        may_wait=False,
    ),
    "reading.list": Kind(
        label="Reading list",
        group="Meetings",
        to=audiences.DISCIPLINES,
        when="{reading}; once, also when the list changes later.",
        for_seats=True,
        to_deputy=True,
    ),
    "agenda.published": Kind(
        label="Agenda",
        group="Meetings",
        to=audiences.SITTING,
        when="At once, when the agenda is published, and again each time it is published anew.",
        for_seats=True,
        may_wait=False,
    ),
    "agenda.cancelled": Kind(
        label="Meeting cancelled",
        group="Meetings",
        to=audiences.SITTING,
        when="At once, also at night, when the meeting is cancelled.",
        for_seats=True,
        may_wait=False,
        in_quiet_hours=True,
    ),
    "meeting.moved": Kind(
        label="Meeting moved",
        group="Meetings",
        to=audiences.SITTING,
        when="At once, also at night, when a meeting gets another time or place; to those told before.",
        for_seats=True,
        may_wait=False,
        in_quiet_hours=True,
    ),
    "letter.sent": Kind(
        label="Outcome letter",
        group="Decisions",
        to=audiences.READER,
        when="At once, when the letter is sent.",
    ),
    "action.handed_over": Kind(
        label="Actions handed over",
        group="Actions",
        to=audiences.OWNER,
        when="At once, when the decision is signed.",
        to_deputy=True,
    ),
    "action.withdrawn": Kind(
        label="Actions no longer needed",
        group="Actions",
        to=audiences.OWNER,
        when="At once, when an amendment takes the action out.",
    ),
    "action.condition_met": Kind(
        label="Condition met",
        group="Actions",
        to=audiences.OWNER,
        when="At once, when the condition is reported as met.",
        to_deputy=True,
    ),
    "action.plan_b": Kind(
        label="Plan B has its turn",
        group="Actions",
        to=audiences.OWNER,
        when="At once, when the first plan has failed.",
        to_deputy=True,
    ),
    "action.due": Kind(
        label="Actions due",
        group="Actions",
        to=audiences.OWNER,
        when="{mornings}, while something is due or overdue; all that one person owes in one e-mail.",
        to_deputy=True,
        may_wait=False,
    ),
    "action.escalated": Kind(
        label="Overdue actions",
        group="Actions",
        to=audiences.COORDINATORS,
        when="{mornings}, while an action is {escalate_after} overdue, declined or without an owner.",
        for_seats=True,
        to_deputy=True,
        may_wait=False,
    ),
    "action.not_now": Kind(
        label="Not to be done for now",
        group="Actions",
        to=audiences.OWNER,
        when="At once, when a report that gave the action its turn is corrected.",
    ),
    "action.crossed": Kind(
        label="Plan turned after it was begun",
        group="Actions",
        to=audiences.COORDINATORS,
        when="At once, when a correction turns a plan that somebody had begun.",
        for_seats=True,
    ),
    "action.overtaken": Kind(
        label="Earlier plan has its turn",
        group="Actions",
        to=audiences.COORDINATORS,
        when="At once, when an earlier plan has its turn though the board has decided again since.",
        for_seats=True,
    ),
    "action.ownerless": Kind(
        label="Owner has left",
        group="Actions",
        to=audiences.COORDINATORS,
        when="At once, when an action has its turn and its owner has left.",
        for_seats=True,
        to_deputy=True,
    ),
    "ratification.asked": Kind(
        label="Asked to ratify",
        group="Decisions",
        to=audiences.ASKED,
        when="At once, when a decision is signed without a discipline that should have been there.",
        for_seats=True,
        to_deputy=True,
    ),
    "ratification.reminder": Kind(
        label="Reminder to ratify",
        group="Decisions",
        to=audiences.ASKED,
        when="{mornings}, the working day before an answer is due ({ratify_days} after the decision).",
        for_seats=True,
        to_deputy=True,
    ),
    "ratification.unfilled": Kind(
        label="Nobody to ratify",
        group="Decisions",
        to=audiences.LEAD,
        when="At once, when nobody sits on the board for the discipline that was missing.",
        for_seats=True,
    ),
    "ratification.overdue": Kind(
        label="Not ratified in time",
        group="Decisions",
        to=audiences.LEAD,
        when="In the morning after the day by which to answer, {ratify_days} after the decision.",
        for_seats=True,
    ),
    "ratification.objected": Kind(
        label="Objection",
        group="Decisions",
        to=audiences.LEAD,
        when="At once, when the discipline objects.",
        for_seats=True,
        may_wait=False,
    ),
    "absence.stands_in": Kind(
        label="Stands in",
        group="People",
        to=audiences.DEPUTY,
        when="At once, when a colleague enters an absence or withdraws it.",
        for_seats=True,
    ),
    "reply.deputy": Kind(
        label="Comes to a meeting for somebody",
        group="People",
        to=audiences.DEPUTY,
        when="At once, when a colleague names who comes for them, or names somebody else.",
        for_seats=True,
    ),
}
