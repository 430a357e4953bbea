"""Which e-mails are of no use any more once somebody no longer owes an input?"""

from cases.models import SpecialistInput
from cases.services._post import withdraw
from cases.services._settled import withdraw_settled


def no_longer_owed(wanted: SpecialistInput, *, recipient, reason: str) -> None:
    """Withdraw the asking; and what speaks of several things once nothing of it is owed."""
    withdraw(about=wanted.case.about, kinds=["input.asked"], recipient=recipient, reason=reason)
    withdraw_settled(wanted.case.board, [recipient], reason=reason)
