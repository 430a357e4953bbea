"""Who is there: the list over the live screen, with deputies and guests."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.domain.errors import DomainError
from cases.forms.attending import DeputyForm, GuestForm
from cases.models import AgendaItem, Guest, Meeting
from cases.permissions import Permission, granted
from cases.queries.attendance import absent_speakers, is_large, not_there, possible_deputies
from cases.queries.hold import stage_of
from cases.services import meeting as service

FORMS = "meeting/attendance_forms.html"


@never_cache
@require_GET
def attendance(request, pk):
    """A page of its own; over the live screen the list alone, or the forms below it once they are wanted."""
    shown = _meeting(request, pk)
    typed = request.GET.get("q", "").replace("\0", "")
    found = {"found": not_there(shown, typed), "typed": typed}
    if not request.htmx or request.htmx.history_restore_request:
        return _page(request, shown, _forms(request, shown) | found)
    if "q" in request.GET:
        return render(request, "meeting/attendance_found.html", _context(request, shown) | found)
    if "forms" in request.GET:
        return render(request, FORMS, _context(request, shown) | _forms(request, shown))
    return _list(request, shown)


@require_POST
def join(request, pk):
    return _tick(request, pk, service.join)


@require_POST
def leave(request, pk):
    return _tick(request, pk, service.leave)


def _tick(request, pk, say: Callable[..., Any]) -> HttpResponse:
    shown = _meeting(request, pk)
    posted = request.POST.get("user", "")
    number = int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 19 else 0
    user = get_object_or_404(get_user_model().objects.active(), pk=number)
    return _pressed(request, shown, lambda: say(meeting=shown, user=user, by=request.user))


@require_POST
def deputy(request, pk):
    """Somebody has come in another's place."""
    shown = _meeting(request, pk)
    form = _deputy_form(request, shown, request.POST)

    def come() -> None:
        service.join(meeting=shown, by=request.user, **form.cleaned_data)

    return _handed_in(request, shown, come, deputising=form)


@require_POST
def admit_guest(request, pk):
    """Somebody is there for the case before the board."""
    visible = AgendaItem.objects.visible_to(request.user).select_related("meeting__board", "case")
    item = get_object_or_404(visible, pk=pk)
    form = GuestForm(request.POST)

    def come() -> None:
        service.admit_guest(item=item, by=request.user, **form.cleaned_data)

    return _handed_in(request, item.meeting, come, inviting=form)


@require_POST
def guest_leaves(request, pk):
    visible = Guest.objects.visible_to(request.user).select_related("item__meeting__board", "item__case")
    guest = get_object_or_404(visible, pk=pk)
    shown = guest.item.meeting
    return _pressed(request, shown, lambda: service.guest_leaves(guest=guest, by=request.user))


# -- answers ----------------------------------------------------------------------------------------------


def _pressed(request, shown: Meeting, press: Callable[[], Any]) -> HttpResponse:
    """A button without a form: the list answers, and says why if it was refused."""
    refused = ""
    try:
        press()
    except DomainError as error:
        refused = str(error)
    if request.htmx:
        return _list(request, shown, status=409 if refused else 200, refused=refused)
    if refused:
        messages.error(request, refused)
    return _back(shown)


def _handed_in(
    request, shown: Meeting, press: Callable[[], None], **form: DeputyForm | GuestForm
) -> HttpResponse:
    """A form: done, it is empty again; refused, it says why and keeps what was typed."""
    (said,) = form.values()
    if said.is_valid():
        try:
            press()
        except DomainError as error:
            said.refuse(error)
        else:
            if not request.htmx:
                return _back(shown)
            return _list(request, shown, renews_forms=True, **_forms(request, shown))
    forms = _forms(request, shown) | form
    if not request.htmx:
        return _page(request, shown, forms, status=422)
    return _list(request, shown, status=422, renews_forms=True, **forms)


def _back(shown: Meeting) -> HttpResponse:
    return redirect(f"{reverse('cases:hold-meeting', args=[shown.pk])}?attendance=1")


def _list(request, shown: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "meeting/attendance.html", _context(request, shown) | more, status=status)


def _page(request, shown: Meeting, forms: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = _context(request, shown) | forms
    return render(request, "meeting/attendance_page.html", context, status=status)


def _context(request, shown: Meeting) -> dict[str, Any]:
    stage = stage_of(shown, user=request.user, now=timezone.now())
    room = stage.room
    return {"page": stage, "meeting": shown, "board": shown.board, "item": stage.item, "room": room}


def _forms(request, shown: Meeting) -> dict[str, Any]:
    return {"deputising": _deputy_form(request, shown), "inviting": GuestForm()}


def _deputy_form(request, shown: Meeting, data=None) -> DeputyForm:
    runs = Permission.RUN_MEETING in granted(request.user, board=shown.board)
    return DeputyForm(
        data,
        absent=absent_speakers(shown),
        coming=possible_deputies(shown),
        me=None if runs else request.user,
        address=reverse("cases:people-found", args=[shown.pk]) if is_large(shown) else "",
    )


def _meeting(request, pk) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("board"), pk=pk)
