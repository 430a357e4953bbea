"""How does a decision come to stand: read back to the room, confirmed, and signed?"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cases import permissions
from cases.domain import recommendation as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.read_back import read_back
from cases.models import Recommendation
from cases.permissions import Permission
from cases.queries.decision import decision_of, viable_labels
from cases.queries.hearing import heard
from cases.queries.sealed_decision import content_of
from cases.queries.second_person import WAITS, may_sign_alone
from cases.queries.snapshot import room_snapshot, snapshot
from cases.services.recommendation.writing import announce, require_before_the_board
from tumorboard.audit import trail

CHANGED = "This decision has been signed or changed meanwhile. Reload the page and read it."
UNCONFIRMED = "Read the decision back to the room first, and confirm that it says what was decided."

OTHERS_THERE = (
    "Somebody has come or gone since this was read back, so that it says something else of the quorum. "
    "Read it back once more, and confirm."
)


@transaction.atomic
def confirm_read_back(*, recommendation: Recommendation, version: int, by) -> None:
    """The chair says that the room has heard this version and that it is what was decided."""
    standing = _held(recommendation, version, by=by)
    now = timezone.now()
    decision = decision_of(standing)
    rules.require_signable(decision, today=_today(standing, now), viable=viable_labels(standing.case_id))
    room = heard(standing.item, standing, now=now)
    Recommendation.objects.filter(pk=standing.pk).update(
        confirmed_version=version,
        confirmed_at=now,
        confirmed_by=by,
        read_back=read_back(decision, quorum_missing=room.missing),
    )
    recommendation.refresh_from_db()
    trail.record(
        actor=by,
        verb="decision.confirmed",
        subject=standing,
        about=standing.item.case.about,
        version=version,
    )
    announce(standing.item)


@transaction.atomic
def sign(*, recommendation: Recommendation, version: int, by) -> None:
    """The chair's signature. From here on the decision stands, with what was known of the case that day."""
    standing = _held(recommendation, version, by=by)
    item = standing.item
    if not may_sign_alone(standing, by=by):
        raise Refused(WAITS)
    if standing.confirmed_version != version:
        raise Refused(UNCONFIRMED)
    now = timezone.now()
    decision = decision_of(standing)
    rules.require_signable(decision, today=_today(standing, now), viable=viable_labels(standing.case_id))
    room = heard(item, standing, now=now)
    said = read_back(decision, quorum_missing=room.missing)
    if said != standing.read_back:
        raise Refused(OTHERS_THERE)
    _supersede(standing, now)
    seen = {
        "quorum_missing": room.missing,
        "read_back": said,
        "snapshot": snapshot(item.case) | room_snapshot(item, room.there, standing),
    }
    Recommendation.objects.filter(pk=standing.pk).update(**seen)
    # Read anew, so that the seal is over what the database holds, and stands with the signature in one row.
    standing.refresh_from_db(fields=list(seen))
    seal = _sealed(standing, now, by=by)
    Recommendation.objects.filter(pk=standing.pk).update(signed_at=now, signed_by=by, seal=seal)
    recommendation.refresh_from_db()
    announce(item)


def _sealed(standing: Recommendation, now: datetime, *, by) -> str:
    signed = trail.record(
        actor=by,
        verb="decision.signed",
        subject=standing,
        about=standing.item.case.about,
        version=standing.version,
        number=standing.number,
        quorum_missing=standing.quorum_missing,
    )
    return trail.seal(signed, content_of(standing, signed_at=now, signed_by_id=by.pk))


def _held(recommendation: Recommendation, version: int, *, by) -> Recommendation:
    """The row of the decision, kept until the transaction ends: nobody signs what has changed."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related(
        "item__meeting__board", "item__case__board"
    )
    standing = rows.get(pk=recommendation.pk)
    permissions.require(by, Permission.SIGN_DECISION, board=standing.item.meeting.board)
    if standing.signed_at is not None or standing.version != version:
        raise SomeoneWasFaster(CHANGED)
    if standing.number == 1:
        require_before_the_board(standing.item)
    return standing


def _today(standing: Recommendation, now: datetime) -> date:
    return now.astimezone(standing.item.meeting.board.zone).date()


def _supersede(standing: Recommendation, now: datetime) -> None:
    earlier = Recommendation.objects.in_force().filter(item=standing.item_id).exclude(pk=standing.pk)
    earlier.update(superseded_at=now)
