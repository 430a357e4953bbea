"""Whose rows does a request see, and what becomes of one that PostgreSQL could not finish?"""

import logging

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.template.loader import render_to_string

from . import identity

logger = logging.getLogger(__name__)

TRIES = 3
COLLIDED = {"40P01", "40001"}  # a deadlock, a serialisation failure: all that was done is undone
TOOK_TOO_LONG = {"55P03", "57014", "25P03"}  # a lock, a statement, a transaction left open


class IdentityMiddleware:
    """As soon as it is known who signed in. What runs before and after sees nobody's cases."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with identity.as_person(request.user.pk):  # None of somebody who has not signed in
            return self.get_response(request)


class _Unfinished(HttpResponse):
    """Stands for an answer while it is decided whether to begin again."""

    def __init__(self, code: str):
        super().__init__(status=503)
        self.code = code


class TryAgainMiddleware:
    """Outside the session: a request that begins again begins with everything.

    After a collision PostgreSQL has undone the whole transaction, so the request is run again, three times in
    all, as long as nothing of it was kept before. Otherwise, and where something took too long, a page
    says so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        before = _kept()
        for number in range(1, TRIES + 1):
            response = self.get_response(request)
            if not isinstance(response, _Unfinished):
                return response
            untouched = _kept() == before
            again = untouched and response.code in COLLIDED and number < TRIES
            logger.warning("not finished by the database", extra={"code": response.code, "count": number})
            if not again:
                break
            _rewind(request)
        return _page(untouched=untouched)

    def process_exception(self, request, exception):
        code = _code(exception)
        return _Unfinished(code) if code in COLLIDED | TOOK_TOO_LONG else None


def _kept() -> int:
    return connection.kept  # type: ignore[attr-defined]  # our own backend's


def _code(exception: BaseException) -> str:
    """PostgreSQL's word for what went wrong."""
    if not isinstance(exception, DatabaseError):
        return ""
    return getattr(exception.__cause__, "sqlstate", None) or ""


def _rewind(request) -> None:
    """What was typed is kept with the request; files were perhaps read to their end."""
    for files in request.FILES.values():
        files.seek(0)


def _page(*, untouched: bool) -> HttpResponse:
    page = render_to_string("503.html", {"untouched": untouched})
    return HttpResponse(page, status=503, headers={"Retry-After": "2"})
