"""How does somebody want to be written to, and which boards' mornings and quiet hours are theirs?"""

from dataclasses import dataclass

from cases.models import MailSettings, Membership, TumorBoard
from cases.models.board import SITTING
from cases.notices.kinds import KINDS


@dataclass(frozen=True)
class MailSettingsPage:
    chosen: MailSettings
    boards: list[TumorBoard]

    @property
    def at_once(self) -> str:
        """What comes by itself whatever one chooses."""
        labels = [kind.label.lower() for kind in KINDS.values() if not kind.may_wait]
        return ", ".join(dict.fromkeys(labels))


def settings_of(user) -> MailSettings:
    """Who never chose has the usual."""
    return MailSettings.objects.filter(user=user).first() or MailSettings(user=user)


def mail_settings_page(user) -> MailSettingsPage:
    seats = Membership.objects.current().with_role(*SITTING).filter(user=user).select_related("board")
    boards = [seat.board for seat in seats.order_by("board__name")]
    return MailSettingsPage(chosen=settings_of(user), boards=boards)
