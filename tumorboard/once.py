"""Was this very form sent before?

A form that was pressed twice, or gone back to and sent again, makes what it makes once. Each page that is
shown carries a token of its own (Django's against forgery, masked anew each time): with the address and all
that was typed it tells one sending from the next. A mark of it is written in the transaction of the work, so
that it is there exactly if the work is: PostgreSQL lets whoever comes second wait for the first, and they are
led to where the first was led.

For views that make something new; what changes something that is there carries a version.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

KEPT = 15 * 60  # seconds
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of the field
HERE = "here"  # of an answer that leads nowhere: a part of the page
WAITING = "This form is being worked on. See whether it is there before you send it once more."


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around a view that writes in transactions only: it becomes one with the mark."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mark = _mark(request) if request.method == "POST" else ""
        if not mark:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if not cache.add(mark, HERE, KEPT):
                return _led_there(cache.get(mark))
            answer = view(request, *args, **kwargs)
            _remember(mark, answer)
        return answer

    return guarded


def _mark(request: HttpRequest) -> str:
    """Empty where it cannot be told: no page has shown it, or a script of ours sends one after another."""
    token = request.POST.get(TOKEN)
    if not token or request.headers.get("X-Requested-With") == "fetch":
        return ""
    files = sorted((name, one.name, one.size) for name, many in request.FILES.lists() for one in many)
    said = (request.user.pk, request.get_full_path(), token, sorted(request.POST.lists()), files)
    return f"once:{hashlib.sha256(repr(said).encode()).hexdigest()}"


def _remember(mark: str, answer: HttpResponse) -> None:
    """What was refused was not done, and may be sent once more."""
    if answer.status_code >= 400:
        cache.delete(mark)
    elif where := answer.headers.get("Location"):
        cache.set(mark, where, KEPT)


def _led_there(where: str | None) -> HttpResponse:
    if where is None:  # the first has not ended within the time that one waits for a lock
        return HttpResponse(WAITING, status=409, content_type="text/plain")
    if where == HERE:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(where)
