"""When do we meet, and what is on the list?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.domain.agenda import LateReasonNeeded
from cases.domain.errors import DomainError
from cases.forms.meeting import ListForm, PlanForm, ScheduleForm, VersionForm
from cases.models import Case
from cases.notices import meeting as notices
from cases.permissions import Permission, require
from cases.queries.agenda_document import agenda_for_mail, agenda_for_reader
from cases.queries.meeting_page import meeting_page
from cases.queries.meetings import boards_to_schedule, meetings_of
from cases.queries.sitting import FEW, seats_of
from cases.services import meeting as service
from cases.views._agenda import done, item_of, meeting_of, page, pressed
from cases.views._limits import limited
from tumorboard.audit import trail


@require_GET
def meetings(request):
    return render(request, "meeting/list.html", {"page": meetings_of(request.user, now=timezone.now())})


@require_http_methods(["GET", "POST"])
def schedule(request):
    boards = boards_to_schedule(request.user)
    if not boards:
        raise PermissionDenied("Meetings are set by coordinators and chairs.")
    form = ScheduleForm(request.POST or None, boards=boards)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            starts_at, ends_at = said["span"]
            told = {"place": said["place"], "by": request.user}
            made = service.schedule(board=said["board"], starts_at=starts_at, ends_at=ends_at, **told)
        except DomainError as error:
            form.refuse(error, field="starts")
        else:
            return redirect("cases:meeting", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "meeting/schedule.html", {"form": form}, status=status)


@require_GET
def meeting(request, pk):
    return page(request, meeting_of(request, pk))


@require_POST
def list_case(request, pk):
    shown = meeting_of(request, pk)
    form = ListForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        cases = Case.objects.visible_to(request.user).select_related("board")
        case = get_object_or_404(cases, pk=said.pop("case"))
        try:
            service.list_case(case=case, meeting=shown, by=request.user, **said)
        except DomainError as error:
            form.refuse(error, field="late_reason" if isinstance(error, LateReasonNeeded) else None)
        else:
            return done(request, shown, f"{case} is on the list.")
    return page(request, shown, listing=form, status=422)


@require_POST
def plan_item(request, pk):
    item = item_of(request, pk)
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            service.plan_item(item=item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return done(request, item.meeting, f"{item.case}: {item.minutes} minutes.")
    return page(request, item.meeting, planning=form, planned=item, status=422)


@require_POST
def move_item(request, pk):
    item = item_of(request, pk)
    up = request.POST.get("direction") == "up"
    return pressed(request, item.meeting, lambda: service.move_item(item=item, up=up, by=request.user))


@require_POST
def take_off_item(request, pk):
    item = item_of(request, pk)
    return pressed(request, item.meeting, lambda: service.take_off(item=item, by=request.user))


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """First what will be sent and to whom; then, with the same button once more, it is sent."""
    shown = meeting_of(request, pk)
    require(request.user, Permission.PUBLISH_AGENDA, board=shown.board)
    form = VersionForm(request.POST or None, initial={"version": shown.version})
    if request.method == "POST" and form.is_valid():
        try:
            sent = service.publish_agenda(meeting=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            shown.refresh_from_db()
            form = VersionForm({"version": shown.version})
            form.is_valid()
            form.refuse(error)
        else:
            messages.success(request, f"Version {sent.agenda_version} is on its way.")
            return redirect("cases:meeting", pk=shown.pk)
    seats = seats_of([shown.board_id]).get(shown.board_id, [])
    context = {
        "page": meeting_page(shown, user=request.user, now=timezone.now()),
        "meeting": shown,
        "form": form,
        "seats": seats,
        "named": seats if len(seats) <= FEW else [],
        "words": notices.words(notices.as_next_version(shown), request.user),
    }
    return render(request, "meeting/publish.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
@limited("document")
def agenda_pdf(request, pk):
    """The agenda for whoever is signed in; `?mail` is the one that e-mails carry."""
    shown = meeting_of(request, pk)
    as_mailed = "mail" in request.GET
    content = agenda_for_mail(shown) if as_mailed else agenda_for_reader(shown, user=request.user)
    trail.record(
        actor=request.user,
        verb="agenda.read",
        subject=shown,
        about=shown.about,
        version=shown.agenda_version,
        as_mailed=as_mailed,
    )
    name = f"agenda-{shown.starts_at.astimezone(shown.board.zone):%Y-%m-%d}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store, private"},
    )
