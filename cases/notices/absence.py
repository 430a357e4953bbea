"""What may an e-mail say to somebody who stands in for a colleague? Who is away, until when, and a link."""

from django.conf import settings
from django.urls import reverse

from cases.domain.absences import span
from cases.models import Absence, TumorBoard
from cases.notices._render import entry
from tumorboard.notifications.outbox import Entry


def stands_in(absence: Absence, *, board: TumorBoard) -> Entry:
    return _message(absence, board, f"You stand in for {absence.user}", version=1)


def no_longer(absence: Absence, *, board: TumorBoard) -> Entry:
    return _message(absence, board, f"{absence.user} is not away after all", version=2, over=True)


def _message(absence: Absence, board: TumorBoard, title: str, *, version: int, over: bool = False) -> Entry:
    return entry(
        kind="absence.stands_in",
        title=title,
        recipient=absence.deputy,
        board=board,
        link=settings.SITE_URL + reverse("cases:absences"),
        about=absence.about,
        version=version,
        context={
            "absence": absence,
            "days": span(absence.first_day, absence.last_day),
            "over": over,
        },
    )
