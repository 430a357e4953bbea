"""Through whose seat does a screen look at a meeting: a person's own, or that of who opened it for a room?

A room's browser has nobody signed in. Its session names one screen; what it may read is the live screen of
that meeting, seen as whoever opened it sees it, as long as they sit on the board, and without any right of
theirs. Every other address asks it to sign in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.models import RoomSession
from cases.queries.room_screen import Screen, is_locked, is_over, standing_room
from cases.services import room_screen as service
from tumorboard.database import identity
from tumorboard.signed_in.answers import is_in_background, to_sign_in

KEY = "room_screen"


@dataclass(frozen=True)
class Viewer:
    user: Any
    room: RoomSession | None = None

    @property
    def person(self) -> Any:
        """Whoever is really there: nobody in a room."""
        return None if self.room else self.user


def viewer_of(request) -> Viewer:
    return getattr(request, "viewer", None) or Viewer(request.user)


def screen_here(request) -> Screen | None:
    """The screen that this browser shows. One whose time has come ends here."""
    key = request.session.get(KEY)
    room = standing_room(key) if key and not request.user.is_authenticated else None
    if room is None:
        return None
    with identity.as_person(room.opened_by_id):
        now = timezone.now()
        if is_over(room, now=now):
            service.end(room=room, why="over")
            return None
        return Screen(room, is_locked(room, now=now))


def may_still(room: RoomSession) -> bool:
    """Whether a stream goes on: asked again and again, while the screen is open."""
    found = standing_room(room.pk)
    if found is None:
        return False
    with identity.as_person(found.opened_by_id):
        now = timezone.now()
        return not is_over(found, now=now) and not is_locked(found, now=now)


def also_in_the_room(view: Callable) -> Callable:
    """Read by people with a seat, and by a room's screen for its own meeting while it is not covered."""

    @login_not_required
    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        if request.user.is_authenticated:
            request.viewer = Viewer(request.user)
            return view(request, pk, *args, **kwargs)
        screen = screen_here(request)
        if screen is None:
            return to_sign_in(request)
        if screen.room.meeting_id != pk:
            raise Http404
        if screen.is_locked:
            return _to_the_lock(request)
        request.viewer = Viewer(screen.room.opened_by, screen.room)
        with identity.as_person(screen.room.opened_by_id):
            return view(request, pk, *args, **kwargs)

    guarded.also_for_people = True  # whoever is signed in has to be let in as everywhere else
    return guarded


def _to_the_lock(request) -> HttpResponse:
    address = reverse("cases:room-screen")
    if is_in_background(request):
        return HttpResponse(
            "Locked.", status=401, content_type="text/plain", headers={"HX-Redirect": address}
        )
    return redirect(address)
