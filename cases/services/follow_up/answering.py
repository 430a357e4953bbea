"""What does an owner answer from the link in their e-mail, without signing in?"""

from datetime import date
from typing import Any

from django.db import transaction

from cases.domain.errors import Refused
from cases.domain.follow_up import BY_LINK, STILL_ASKED, Said
from cases.models import ActionUpdate
from cases.models.follow_up import actions as all_actions
from cases.notices.answer_link import NotOurs, read
from cases.queries.decision import possible_owners
from cases.services.follow_up.reporting import take_down


class NotAsked(Exception):
    """The link is not ours, too old, or what it asks is no longer asked of this person."""


def asked_of(token: str) -> Any:
    """The action as it stands now, with its state; only for the one whom the board asks today."""
    try:
        thread, owner = read(token)
    except NotOurs as error:
        raise NotAsked from error
    mine = all_actions().in_force().filter(thread=thread, owner=owner, owner__is_active=True)
    found = mine.with_state().select_related("owner", "recommendation__case__board").first()
    # The board must still be able to ask them: whoever has left it reads nothing from an old e-mail.
    if found is None or not possible_owners(found.recommendation.case).filter(pk=owner).exists():
        raise NotAsked
    return found


@transaction.atomic
def answer(*, token: str, report: str, reason: str = "", planned_on: date | None = None) -> ActionUpdate:
    """Taken on or declined, in the owner's name: the link was sent to nobody else."""
    if report not in BY_LINK:
        raise Refused("Sign in to report what became of it.")
    action = asked_of(token)
    if action.state not in STILL_ASKED:
        raise Refused("This is not asked of you any more. Sign in to correct what was reported.")
    said = Said(report=report, reason=reason, planned_on=planned_on)
    return take_down(action=action, said=said, by=action.owner, by_link=True)
