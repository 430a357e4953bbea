"""Who from outside is there for one case, and when do they go?"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.domain.errors import Refused
from cases.models import AgendaItem, Guest
from cases.permissions import Permission
from cases.services.meeting.attending import announce, require_running
from cases.vocabulary import ItemStatus
from tumorboard.audit import trail


@transaction.atomic
def admit_guest(
    *, item: AgendaItem, name: str, comes_as: str = "", specialty: str = "", account=None, by
) -> Guest:
    """Somebody is there for the case before the board; a discipline they speak for counts for it alone.

    With an account they may read the case, and nothing else, until they leave or the case is closed.
    """
    permissions.require(by, Permission.RUN_MEETING, board=item.meeting.board)
    require_running(item.meeting)
    if not AgendaItem.objects.filter(pk=item.pk, status=ItemStatus.OPEN).exists():
        raise Refused("A guest is recorded for the case before the board. Open the case first.")
    said = " ".join(name.split())
    if not said:
        raise Refused("Give the guest’s name.")
    if found := item.guests.present().filter(name__iexact=said).first():
        return found
    guest = Guest.objects.create(
        item=item,
        name=said,
        comes_as=comes_as.strip(),
        specialty=specialty,
        account=account,
        joined_at=timezone.now(),
        created_by=by,
    )
    _told("meeting.guest_joined", guest, item, by=by)
    return guest


@transaction.atomic
def guest_leaves(*, guest: Guest, by) -> None:
    item = guest.item
    permissions.require(by, Permission.RUN_MEETING, board=item.meeting.board)
    require_running(item.meeting)
    if Guest.objects.present().filter(pk=guest.pk).update(left_at=timezone.now()):
        _told("meeting.guest_left", guest, item, by=by)


def guests_leave(*, item: AgendaItem, at: datetime | None = None) -> None:
    """Whoever came for this case goes with it. Called by whatever ends its discussion."""
    Guest.objects.present().filter(item=item).update(left_at=at or timezone.now())


def _told(verb: str, guest: Guest, item: AgendaItem, *, by) -> None:
    """The name of a guest may say something of the patient, so that the trail carries the id alone."""
    about = f"case:{item.case_id}"
    trail.record(actor=by, verb=verb, subject=guest, about=about, meeting=str(item.meeting_id))
    announce(item.meeting)
