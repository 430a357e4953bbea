"""What is the next thing to do with this case, for this person, and if they may not: why?"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from cases.domain import lifecycle
from cases.domain.readiness import Readiness
from cases.models import AgendaItem, Case, Meeting, Recommendation, SpecialistInput
from cases.permissions import Permission
from cases.vocabulary import CaseStatus as S
from cases.vocabulary import MeetingStatus, Specialty

P = Permission


@dataclass(frozen=True)
class Offer:
    """A button: a link, a form to post, or one that cannot be pressed, with the reason."""

    label: str
    url: str = ""
    posts: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Situation:
    """All that decides what may be done; nothing here asks the database."""

    case: Case
    granted: Set[Permission]
    is_referrer: bool
    readiness: Readiness
    item: AgendaItem | None = None  # where the case stands on a list
    recommendation: Recommendation | None = None  # of this presentation, as far as the person sees it
    last_item: AgendaItem | None = None  # where it was discussed
    next_meeting: Meeting | None = None
    my_input: SpecialistInput | None = None  # what this person still owes

    def may(self, permission: Permission) -> bool:
        return permission in self.granted


def primary(now: Situation) -> Offer | None:
    """The one thing that the page puts forward."""
    if now.my_input is not None:
        name = Specialty(now.my_input.specialty).label.lower()
        return Offer(f"Give the input: {name}", _url("input", now.my_input.pk))
    return _BY_STATUS.get(S(now.case.status), lambda _: None)(now)


def others(now: Situation) -> list[Offer]:
    """What else may be done, quietly."""
    found = []
    pk = now.case.pk
    if now.my_input is not None and (step := _BY_STATUS.get(S(now.case.status))) and (offer := step(now)):
        found.append(offer)
    if now.case.status in lifecycle.RETURN.before and now.may(P.TRIAGE_CASE):
        found.append(Offer("Return to the referrer", _url("return", pk)))
    if (
        now.case.status in lifecycle.RE_PRESENT.before
        and now.may(P.LIST_CASE)
        and now.case.status != S.CLOSED
    ):
        found.append(Offer("Bring it again", _url("re-present", pk)))
    own = now.is_referrer and now.case.status in lifecycle.NOT_YET_ACCEPTED
    if own or (now.case.status in lifecycle.WITHDRAW.before and now.may(P.WITHDRAW_CASE)):
        found.append(Offer("Withdraw", _url("withdraw", pk)))
    return [offer for offer in found if offer.url or offer.reason]


def _complete(now: Situation) -> Offer | None:
    if now.may(P.REFER_CASE if now.is_referrer else P.TRIAGE_CASE):
        return Offer("Complete the referral", _url("edit-referral", now.case.pk))
    return None


def _triage(now: Situation) -> Offer | None:
    if now.may(P.TRIAGE_CASE):
        return Offer("Accept", _url("accept", now.case.pk), posts=True)
    if now.may(P.VIEW_BOARD):
        return Offer("Accept", reason="The coordinator or the chair accepts a referral, or returns it.")
    return None


def _list(now: Situation) -> Offer | None:
    if not now.may(P.LIST_CASE):
        return None
    if not (now.case.board.lists_blocked_cases or now.readiness.may_be_listed):
        return Offer("List on a meeting", reason=f"{now.readiness.words}: {now.readiness.detail}.")
    if now.next_meeting is None:
        return Offer("Plan a meeting", _url("schedule-meeting") or _url("meetings"))
    return Offer("List on a meeting", _url("meeting", now.next_meeting.pk))


def _meet(now: Situation) -> Offer | None:
    if now.item is None or not now.may(P.VIEW_BOARD):
        return None
    meeting = now.item.meeting
    if meeting.status == MeetingStatus.RUNNING:
        return Offer("Go to the meeting", _url("hold-meeting", meeting.pk))
    return Offer("See the agenda", _url("meeting", meeting.pk))


def _decide(now: Situation) -> Offer | None:
    if now.last_item is None or not now.may(P.VIEW_BOARD):
        return None
    if not now.may(P.DRAFT_DECISION):
        return Offer(
            "Write the decision", reason="Members, the coordinator and the chair write the decision."
        )
    label = "Sign the decision" if now.recommendation and now.may(P.SIGN_DECISION) else "Write the decision"
    return Offer(label, _url("make-decision", now.last_item.pk))


def _read(now: Situation) -> Offer | None:
    if now.recommendation is None:
        return None
    return Offer("Read the decision", _url("decision", now.recommendation.pk))


def _again(now: Situation) -> Offer | None:
    if not now.may(P.LIST_CASE):
        return _read(now)
    return Offer("Bring it again", _url("re-present", now.case.pk))


_BY_STATUS = {
    S.DRAFT: _complete,
    S.RETURNED: _complete,
    S.REFERRED: _triage,
    S.PREPARING: _list,
    S.LISTED: _meet,
    S.DISCUSSED: _decide,
    S.DECIDED: _read,
    S.CLOSED: _again,
}


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(f"cases:{name}", args=args)
    except NoReverseMatch:
        return ""
