"""Is a meeting at another time, not at all, or together with another? First what follows, then the step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.domain.errors import DomainError
from cases.forms.moving import CallOffForm, MergeForm, MoveForm
from cases.models import Meeting
from cases.permissions import Permission, require
from cases.queries.moving import afterwards, moving, targets
from cases.services import meeting as service
from cases.views._agenda import meeting_of


@require_http_methods(["GET", "POST"])
def move(request, pk):
    shown = _changeable(request, pk)
    form = MoveForm(request.POST or None, board=shown.board, initial=_as_it_is(shown))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        starts_at, ends_at = said["span"]
        more = {name: said[name] for name in ("place", "reason", "version")}
        try:
            service.move(meeting=shown, starts_at=starts_at, ends_at=ends_at, by=request.user, **more)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "The meeting is moved.")
            return redirect("cases:meeting", pk=shown.pk)
    context = {"meeting": shown, "page": moving(shown), "form": form}
    return render(request, "meeting/move.html", context, status=422 if form.is_bound else 200)


@require_POST
def look(request, pk):
    """What the typed time would mean; nothing is written."""
    shown = _changeable(request, pk)
    form = MoveForm(request.POST, board=shown.board)
    page = moving(shown)
    after = None
    if form.is_valid():
        after = afterwards(page, *form.cleaned_data["span"], now=timezone.now())
    return render(request, "meeting/move_after.html", {"meeting": shown, "page": page, "after": after})


def _as_it_is(shown: Meeting) -> dict:
    start, end = (at.astimezone(shown.board.zone) for at in (shown.starts_at, shown.ends_at))
    times = {"day": start.date(), "starts": start.time(), "ends": end.time()}
    return {**times, "place": shown.place, "version": shown.version}


@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    return _ended(request, pk, CallOffForm, service.cancel, to="carry_to", said="The meeting is called off.")


@require_http_methods(["GET", "POST"])
def merge(request, pk):
    return _ended(request, pk, MergeForm, service.merge, to="into", said="The two are one meeting now.")


def _ended(request, pk, form_of: Callable[..., Any], step: Callable[..., None], *, to: str, said: str):
    """Called off or merged: `to` names the field with the meeting to which its cases go."""
    shown = _changeable(request, pk)
    page = moving(shown, until=timezone.now())
    form = form_of(request.POST or None, targets=targets(shown, now=timezone.now()), minutes=page.minutes)
    if request.method == "POST" and form.is_valid():
        try:
            step(meeting=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return _gone_to(request, form.cleaned_data[to], said)
    context = {"meeting": shown, "page": page, "form": form}
    return render(request, f"meeting/{step.__name__}.html", context, status=422 if form.is_bound else 200)


def _gone_to(request, other: Meeting | None, said: str):
    """To the list that has the cases now."""
    if other is None:
        messages.success(request, f"{said} Its cases are in preparation again.")
        return redirect("cases:meetings")
    messages.success(request, f"{said} Its cases stand at the end of this list.")
    return redirect("cases:meeting", pk=other.pk)


def _changeable(request, pk) -> Meeting:
    shown = meeting_of(request, pk)
    require(request.user, Permission.SCHEDULE_MEETING, board=shown.board)
    return shown
