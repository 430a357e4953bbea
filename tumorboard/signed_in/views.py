"""Where am I signed in, how long does this sign-in hold, and how do I end one elsewhere?"""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.timesince import timesince
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from . import limits
from .browsers import in_words
from .ending import end_sessions


@dataclass(frozen=True)
class Row:
    session: UserSession
    is_this: bool

    @property
    def browser(self) -> str:
        return in_words(self.session.user_agent)

    @property
    def since(self) -> str:
        return _ago(self.session.created_at)

    @property
    def last_used(self) -> str:
        return _ago(self.session.last_seen_at)


def _ago(moment) -> str:
    """Nobody's time zone is asked for; minutes are as exact as the last use is noted."""
    told = timesince(moment, depth=1)
    return "just now" if told.startswith("0") else f"{told} ago"


@never_cache
@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    found = UserSession.objects.purge_and_list(request.user)
    rows = [Row(one, one.session_key == request.session.session_key) for one in found]
    rows.sort(key=lambda row: (not row.is_this, -row.session.last_seen_at.timestamp()))
    return render(request, "sessions/mine.html", {"rows": rows, "others": any(not r.is_this for r in rows)})


@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    if not end_sessions(request.user, by=request.user, only=pk):
        raise Http404
    messages.success(request, "That browser is signed out.")
    return redirect("my-sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    ended = end_sessions(request.user, by=request.user, but=request.session.session_key)
    messages.success(request, f"{ended} other browser{'' if ended == 1 else 's'} signed out.")
    return redirect("my-sessions")


@never_cache
@require_safe
@limits.by_itself
def state(request: HttpRequest) -> HttpResponse:
    """How much time is left. Asking does not add to it."""
    return _left(request)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is there: they pressed “Stay signed in”, or have been reading."""
    return _left(request)


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Signed in again in a second tab: the work is in the first."""
    return render(request, "sessions/back.html")


def who(user) -> str:
    """The same for the same person, and says nothing of them."""
    return salted_hmac("tumorboard.signed_in.who", str(user.pk)).hexdigest()[:20]


def _left(request: HttpRequest) -> JsonResponse:
    found = limits.left(request.session)
    return JsonResponse(
        {"idle": found.idle, "hours": found.hours, "who": who(request.user), "token": get_token(request)}
    )
