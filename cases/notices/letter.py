"""What may an e-mail say of an outcome letter? That it is there, and where; never what it says."""

from django.urls import reverse

from cases.models import Letter
from cases.notices._render import at, entry
from tumorboard.notifications.outbox import Entry


def sent(letter: Letter) -> Entry:
    return entry(
        kind="letter.sent",
        about=letter.about,
        version=letter.number,
        recipient=letter.recipient,
        board=letter.case.board,
        title=f"The board’s recommendation for {letter.case.number}",
        link=at(reverse("cases:letter", args=[letter.pk])),
        context={"case": letter.case, "is_amended": letter.number > 1},
    )
