"""How does the browser of a meeting room get its meeting, cover it, and go on?"""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import permissions
from cases.domain.errors import DomainError
from cases.domain.room_screen import in_groups
from cases.exchange.qr import qr_image
from cases.forms.room_screen import NewRoomForm, ResumeForm, RoomCodeForm
from cases.models import Meeting, RoomSession
from cases.permissions import Permission
from cases.queries.room_screen import rooms_of
from cases.services import room_screen as service
from cases.views._room import KEY, screen_here
from tumorboard.signed_in.limits import by_itself

WRONG = "wrong_room_code"  # its limit stands in the settings
TOO_MANY = "Too many wrong codes from here. Wait five minutes."


# -- in the room: nobody is signed in ---------------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def room_screen(request):
    """The code is asked for; or the PIN, while the screen is covered; or the meeting is there already."""
    screen = screen_here(request)
    if screen and screen.is_locked:
        return _locked(request, screen, ResumeForm())
    if screen:
        return redirect("cases:hold-meeting", pk=screen.room.meeting_id)
    if request.method == "GET":
        return render(request, "room/enter.html", {"form": RoomCodeForm()})
    return _enter(request, RoomCodeForm(request.POST))


def _enter(request, form: RoomCodeForm) -> HttpResponse:
    if not ratelimit.consume(request, action=WRONG, dry_run=True):
        form.add_error("code", TOO_MANY)
        return render(request, "room/enter.html", {"form": form}, status=429)
    if form.is_valid():
        try:
            room = service.enter(**form.cleaned_data)
        except DomainError as error:
            ratelimit.consume(request, action=WRONG)
            form.refuse(error, field="code")
        else:
            logout(request)  # whoever was signed in here is not, from now on
            request.session[KEY] = str(room.pk)
            return redirect("cases:hold-meeting", pk=room.meeting_id)
    return render(request, "room/enter.html", {"form": form}, status=422)


@login_not_required
@require_POST
def resume(request):
    screen = screen_here(request)
    form = ResumeForm(request.POST)
    if screen is None or not form.is_valid():
        return _locked(request, screen, form, status=422) if screen else redirect("cases:room-screen")
    try:
        service.resume(room=screen.room, **form.cleaned_data)
    except DomainError as error:
        if screen_here(request) is None:
            messages.error(request, str(error))
            return redirect("cases:room-screen")
        form.refuse(error, field="pin")
        return _locked(request, screen, form, status=422)
    return redirect("cases:hold-meeting", pk=screen.room.meeting_id)


def _locked(request, screen, form: ResumeForm, *, status: int = 200) -> HttpResponse:
    """Nothing of a meeting or a patient stands on this page, nor stays in the browser's memory."""
    page = render(request, "room/locked.html", {"form": form}, status=status)
    page.headers["Clear-Site-Data"] = '"cache"'
    return page


@login_not_required
@require_POST
def lock_here(request):
    if screen := screen_here(request):
        service.lock(room=screen.room)
    return redirect("cases:room-screen")


@login_not_required
@require_POST
def leave_here(request):
    if screen := screen_here(request):
        service.end(room=screen.room)
        request.session.flush()
    return redirect("cases:room-screen")


@by_itself
@login_not_required
@never_cache
@require_safe
def room_state(request):
    """The screen asks whether it may go on. Nothing is said of the meeting."""
    screen = screen_here(request)
    is_open = screen is not None and not screen.is_locked
    return JsonResponse({"is": "open" if is_open else "locked" if screen else "over"})


# -- whoever runs the meeting -----------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def show_in_room(request, pk):
    found = Meeting.objects.visible_to(request.user).select_related("board__hospital")
    meeting = get_object_or_404(found, pk=pk)
    permissions.require(request.user, Permission.RUN_MEETING, board=meeting.board)
    if request.method == "GET":
        return _page(request, meeting, form=NewRoomForm())
    form = NewRoomForm(request.POST)
    if form.is_valid():
        try:
            _, code = service.open_room(meeting=meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error, field="pin")
        else:
            link = f"{request.build_absolute_uri(reverse('cases:room-screen'))}#{code}"
            return _page(request, meeting, code=in_groups(code), picture=qr_image(link))
    return _page(request, meeting, form=form, status=422)


@require_POST
def lock_room(request, pk):
    room = _room_of(request, pk)
    service.lock(room=room, by=request.user)
    return redirect("cases:show-in-room", pk=room.meeting_id)


@require_POST
def end_room(request, pk):
    room = _room_of(request, pk)
    service.end(room=room, by=request.user)
    messages.success(request, "The screen in the room is closed.")
    return redirect("cases:show-in-room", pk=room.meeting_id)


def _room_of(request, pk) -> RoomSession:
    visible = RoomSession.objects.visible_to(request.user).standing()
    return get_object_or_404(visible.select_related("meeting__board"), pk=pk)


def _page(request, meeting: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "meeting": meeting,
        "board": meeting.board,
        "rooms": rooms_of(meeting, now=timezone.now()),
        "address": request.build_absolute_uri(reverse("cases:room-screen")),
        **more,
    }
    return render(request, "room/show.html", context, status=status)
