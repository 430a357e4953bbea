"""Which disciplines are asked about a case, whom of each, until when, and what if one is not needed?"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from cases import permissions
from cases.domain import wall_clock
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.domain.inputs import require_open
from cases.domain.sending import working_days_after
from cases.models import Absence, Case, Membership, SpecialistInput, TumorBoard
from cases.notices import specialist_input as notices
from cases.permissions import Permission
from cases.queries.board_days import rules_of
from cases.services._post import owe
from cases.services.specialist_input.settling import no_longer_owed
from cases.vocabulary import InputStatus, Specialty
from tumorboard.audit import trail

WORKING_DAYS = 5  # to answer in, while no meeting is in sight


@transaction.atomic
def request_all(*, case: Case, by) -> list[SpecialistInput]:
    """Ask every discipline that the board wants and that this presentation has not been asked yet."""
    permissions.require(by, Permission.ASK_FOR_INPUT, board=case.board)
    return ask_all(case=case, by=by)


@transaction.atomic
def ask_all(*, case: Case, by) -> list[SpecialistInput]:
    """The same without asking for a seat: for `returning`, on a date that the board itself has signed."""
    # The case's row is the lock: two who ask at once ask once.
    Case.objects.select_for_update().get(pk=case.pk)
    asked = set(_of_presentation(case).values_list("specialty", flat=True))
    wanted = [Specialty(code) for code in case.board.input_specialties if code not in asked]
    due_at = usual_due(case.board)
    whom = {one: least_busy(case.board, one, due_at=due_at) for one in wanted}
    return [_ask_anew(case, one, asked_of, due_at, by=by) for one, asked_of in whom.items()]


@transaction.atomic
def ask(*, case: Case, specialty: str, asked_of, due_at: datetime | None, by) -> SpecialistInput:
    """Ask a discipline, or ask again: the same person, or another one of it."""
    permissions.require(by, Permission.ASK_FOR_INPUT, board=case.board)
    require_open(case.status)
    if asked_of is not None and not sits_for(asked_of, case.board, specialty):
        raise Refused(f"{asked_of} does not sit for {Specialty(specialty).label.lower()} on this board.")
    Case.objects.select_for_update().get(pk=case.pk)
    standing = _of_presentation(case).current().filter(specialty=specialty).order_by("revision").first()
    due_at = due_at or usual_due(case.board)
    if standing is None:
        return _ask_anew(case, specialty, asked_of, due_at, by=by)
    return _ask_again(standing, asked_of, due_at, by=by)


def _ask_anew(case: Case, specialty: str, asked_of, due_at: datetime, *, by) -> SpecialistInput:
    wanted = SpecialistInput.objects.create(
        case=case,
        presentation=case.presentation,
        specialty=specialty,
        asked_of=asked_of,
        asked_at=timezone.now(),
        due_at=due_at,
        created_by=by,
    )
    _tell(wanted, by=by)
    return wanted


def _ask_again(wanted: SpecialistInput, asked_of, due_at: datetime, *, by) -> SpecialistInput:
    if wanted.status == InputStatus.SIGNED:
        raise Refused("This input is signed already. Its author can amend it.")
    before = wanted.asked_of
    changed = SpecialistInput.objects.filter(pk=wanted.pk, version=wanted.version).update(
        asked_of=asked_of,
        asked_at=timezone.now(),
        due_at=due_at,
        status=InputStatus.DRAFT if wanted.status == InputStatus.DRAFT else InputStatus.ASKED,
        not_needed_reason="",
        version=F("version") + 1,
    )
    if not changed:
        raise SomeoneWasFaster("Someone else has just changed this input. Reload the page.")
    wanted.refresh_from_db()
    if before and before != asked_of:
        no_longer_owed(wanted, recipient=before, reason="Somebody else was asked.")
    _tell(wanted, by=by)
    return wanted


@transaction.atomic
def mark_not_needed(*, specialist_input: SpecialistInput, reason: str, by) -> None:
    """Do without a discipline for this presentation, and say why."""
    case = specialist_input.case
    permissions.require(by, Permission.ASK_FOR_INPUT, board=case.board)
    require_open(case.status)
    if not reason.strip():
        raise Refused("Say why this input is not needed.")
    if specialist_input.status == InputStatus.SIGNED or specialist_input.amendment_reason:
        raise Refused("This input is signed already; it stays in the record.")
    changed = (
        SpecialistInput.objects.awaited()
        .filter(pk=specialist_input.pk, version=specialist_input.version)
        .update(status=InputStatus.NOT_NEEDED, not_needed_reason=reason.strip(), version=F("version") + 1)
    )
    if not changed:
        raise SomeoneWasFaster("Someone else has just changed this input. Reload the page.")
    specialist_input.refresh_from_db()
    if specialist_input.asked_of:
        no_longer_owed(specialist_input, recipient=specialist_input.asked_of, reason="No longer needed.")
    trail.record(actor=by, verb="input.not_needed", subject=specialist_input, about=case.about)


def usual_due(board: TumorBoard, *, now: datetime | None = None) -> datetime:
    """The cut-off of the first meeting that can still be prepared for, or some working days from now."""
    now = now or timezone.now()
    starts = board.meetings.upcoming(now=now).order_by("starts_at").values_list("starts_at", flat=True)
    cut_offs = (wall_clock.hours_before(at, board.cut_off_hours, zone=board.zone) for at in starts)
    coming = next((at for at in cut_offs if at > now), None)
    return coming or working_days_after(now, WORKING_DAYS, rules_of(board))


def seats(board: TumorBoard, specialty: str):
    """Who may answer for a discipline on this board."""
    return Membership.objects.current().filter(
        board=board, specialty=specialty, role__in=permissions.roles_granting(Permission.GIVE_INPUT)
    )


def sits_for(user, board: TumorBoard, specialty: str) -> bool:
    return seats(board, specialty).filter(user=user).exists()


def least_busy(board: TumorBoard, specialty: str, *, due_at: datetime):
    """Whoever of the discipline is not away when it is due, and owes the fewest inputs now.

    Of equals, who has sat here longest. Are all away, one is asked all the same: somebody may stand in.
    """
    away = Absence.objects.on(due_at.astimezone(board.zone).date()).filter(user=OuterRef("user"))
    owed = Count(
        "user__asked_inputs",
        filter=Q(
            user__asked_inputs__status__in=[InputStatus.ASKED, InputStatus.DRAFT],
            user__asked_inputs__superseded_at=None,
        ),
    )
    found = seats(board, specialty).select_related("user").annotate(owed=owed, is_away=Exists(away))
    free = found.order_by("is_away", "owed", "pk").first()
    return free.user if free else None


def _of_presentation(case: Case):
    return SpecialistInput.objects.filter(case=case, presentation=case.presentation)


def _tell(wanted: SpecialistInput, *, by) -> None:
    trail.record(
        actor=by,
        verb="input.asked",
        subject=wanted,
        about=wanted.case.about,
        specialty=wanted.specialty,
        asked_of=str(wanted.asked_of_id or ""),
    )
    if wanted.asked_of and wanted.asked_of != by:
        # Each asking is a message of its own, also when the same person is asked again.
        times = trail.of(wanted.case.about).filter(verb="input.asked").count()
        owe([notices.asked(wanted, version=times)])
