"""What is pressed on the live screen: open, write down, go on, put off, close?"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.forms.meeting import DiscussionForm, ReasonForm
from cases.models import AgendaItem, Meeting
from cases.queries.hold import Said, said_of
from cases.services import meeting as service
from cases.views.hold import screen, the_item, the_meeting


@require_POST
def open_meeting(request, pk):
    shown = the_meeting(request, pk)
    return _pressed(request, shown, lambda: service.open_meeting(meeting=shown, by=request.user))


@require_POST
def close_meeting(request, pk):
    shown = the_meeting(request, pk)
    try:
        service.close_meeting(meeting=shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:hold-meeting", pk=shown.pk)
    messages.success(request, "The meeting is closed.")
    return redirect("cases:meeting", pk=shown.pk)


@require_POST
def open_case(request, pk):
    item = the_item(request, pk)
    return _pressed(request, item.meeting, lambda: service.open_case(item=item, by=request.user))


@require_POST
def save_discussion(request, pk):
    """Typed a moment ago. 409: somebody else has written meanwhile, and here is what."""
    item = the_item(request, pk)
    words = request.POST.get("discussion", "").replace("\r\n", "\n").replace("\0", "")
    try:
        version = service.save_discussion(
            item=item, version=_number(request.POST.get("version")), discussion=words, by=request.user
        )
    except SomeoneWasFaster as error:
        item.refresh_from_db()
        theirs = said_of(item, user=request.user)
        return JsonResponse(_told(item, theirs) | {"error": str(error), "words": theirs.words}, status=409)
    except DomainError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"version": version, "saved": _clock(item, timezone.now())})


def _told(item: AgendaItem, said: Said) -> dict:
    return {"version": said.version, "by": said.by, "at": _clock(item, said.at) if said.at else ""}


def _clock(item: AgendaItem, at) -> str:
    return f"{at.astimezone(item.meeting.board.zone):%H:%M}"


@require_POST
def record_discussion(request, pk):
    item = the_item(request, pk)
    form = DiscussionForm(request.POST)
    if form.is_valid():
        try:
            service.record_discussion(item=item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect(f"{reverse('cases:hold-meeting', args=[item.meeting_id])}?seen={item.pk}")
    return screen(request, item.meeting, chosen=item.pk, form=form, status=422)


@require_POST
def defer(request, pk):
    item = the_item(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            service.defer(item=item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{item.case} is in preparation again.")
            return redirect("cases:hold-meeting", pk=item.meeting_id)
    return screen(request, item.meeting, chosen=item.pk, postponing=form, status=422)


def _pressed(request, shown: Meeting, press: Callable[[], None]) -> HttpResponse:
    try:
        press()
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("cases:hold-meeting", pk=shown.pk)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
