"""How often may one person ask for what is costly, or tells much at once?

The limits stand in tumorboard/limits.py. Who asks too often is told so, and how long it lasts.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.shortcuts import render

TOO_OFTEN = 429


def limited(action: str, *, method: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Each person has a share of their own. With a method, only requests of that method count."""

    def around(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def counted(request, *args, **kwargs):
            if method in ("", request.method) and not _is_within(request, action):
                return render(request, "too_often.html", status=TOO_OFTEN)
            return view(request, *args, **kwargs)

        return counted

    return around


def _is_within(request, action: str) -> bool:
    # The public function of allauth lets every GET pass; a document is asked for by one.
    key = str(request.user.pk)
    return bool(ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True))
