"""The meeting itself: one screen for each case, the same for everybody in the room."""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.domain.errors import DomainError
from cases.forms.meeting import DiscussionForm, ReasonForm
from cases.models import AgendaItem, Meeting
from cases.queries.hold import hold_page
from cases.queries.hold_pulse import pulse_of
from cases.services import meeting as service
from tumorboard.audit import trail


@never_cache
@require_GET
def hold(request, pk):
    return _screen(request, _meeting(request, pk))


@never_cache
@require_GET
def pulse(request, pk):
    """Asked for every few seconds: who is there, and is another case before the board?"""
    shown = _meeting(request, pk)
    beat = pulse_of(
        shown,
        user=request.user,
        seen=_id(request.GET.get("item")),
        version=_number(request.GET.get("version")),
        goes_along="along" in request.GET,
    )
    if beat.follows:
        return HttpResponse(headers={"HX-Redirect": reverse("cases:hold-meeting", args=[shown.pk])})
    return render(request, "meeting/hold_pulse.html", {"beat": beat, "room": beat.room, "meeting": shown})


@require_POST
def open_meeting(request, pk):
    shown = _meeting(request, pk)
    return _pressed(request, shown, lambda: service.open_meeting(meeting=shown, by=request.user))


@require_POST
def close_meeting(request, pk):
    shown = _meeting(request, pk)
    try:
        service.close_meeting(meeting=shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:hold-meeting", pk=shown.pk)
    messages.success(request, "The meeting is closed.")
    return redirect("cases:meeting", pk=shown.pk)


@require_POST
def join(request, pk):
    return _attendance(request, pk, service.join)


@require_POST
def leave(request, pk):
    return _attendance(request, pk, service.leave)


@require_POST
def open_case(request, pk):
    item = _item(request, pk)
    return _pressed(request, item.meeting, lambda: service.open_case(item=item, by=request.user))


@require_POST
def record_discussion(request, pk):
    item = _item(request, pk)
    form = DiscussionForm(request.POST)
    if form.is_valid():
        try:
            service.record_discussion(item=item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return _to(item)
    return _screen(request, item.meeting, chosen=item.pk, form=form, status=422)


@require_POST
def defer(request, pk):
    item = _item(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            service.defer(item=item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{item.case} is in preparation again.")
            return redirect("cases:hold-meeting", pk=item.meeting_id)
    return _screen(request, item.meeting, chosen=item.pk, postponing=form, status=422)


def _meeting(request, pk) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("board"), pk=pk)


def _item(request, pk) -> AgendaItem:
    visible = AgendaItem.objects.visible_to(request.user).select_related("case__board", "meeting__board")
    return get_object_or_404(visible, pk=pk)


def _attendance(request, pk, say) -> HttpResponse:
    """Tick somebody in or out; the list answers, and the lamp asks anew."""
    shown = _meeting(request, pk)
    user = get_object_or_404(get_user_model().objects.active(), pk=_number(request.POST.get("user")))
    refused = ""
    try:
        say(meeting=shown, user=user, by=request.user)
    except DomainError as error:
        refused = str(error)
    if not request.htmx:
        if refused:
            messages.error(request, refused)
        return redirect(f"{reverse('cases:hold-meeting', args=[shown.pk])}?attendance=1")
    page = hold_page(shown, user=request.user, now=timezone.now())
    context = {"page": page, "meeting": shown, "refused": refused}
    response = render(request, "meeting/hold.html#attendance", context, status=409 if refused else 200)
    response["HX-Trigger"] = json.dumps({"attendance": True})
    return response


def _pressed(request, shown: Meeting, press) -> HttpResponse:
    try:
        press()
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("cases:hold-meeting", pk=shown.pk)


def _to(item: AgendaItem) -> HttpResponse:
    return redirect(f"{reverse('cases:hold-meeting', args=[item.meeting_id])}?item={item.pk}")


def _screen(request, shown: Meeting, *, chosen=None, status: int = 200, **more) -> HttpResponse:
    chosen = chosen or _id(request.GET.get("item"))
    page = hold_page(shown, user=request.user, now=timezone.now(), chosen=chosen)
    if page.shown:
        case = page.shown.case
        trail.record(
            actor=request.user, verb="case.viewed", subject=case, about=case.about, meeting=str(shown.pk)
        )
    context = {
        "page": page,
        "meeting": shown,
        "board": shown.board,
        "postponing": ReasonForm(),
        "opens": "attendance" if "attendance" in request.GET else "",
        **more,
    }
    return render(request, "meeting/hold.html", context, status=status)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
