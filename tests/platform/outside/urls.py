"""The ordinary addresses, one for each way in which an answer can be an error, and some that tell."""

import threading

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cases.views.attachments import bounded
from tests.platform.urls_that_collide import ENDS
from tumorboard.urls import urlpatterns as ordinary

said_go_on = threading.Event()


def fails(request):
    return HttpResponse(f"{1 / 0}")


def forbidden(request):
    raise PermissionDenied


@require_POST
def posted(request):
    return HttpResponse("taken")


@bounded
def large(request):
    return HttpResponse("taken")


def often(request):
    return ratelimit.respond_429(request)


def slow(request):
    """PostgreSQL ends the statement, with its own code for it."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS.format("57014"))


@csrf_exempt
def came(request):
    """What arrived here."""
    asked_by = request.META.get("HTTP_X_FORWARDED_FOR")
    return JsonResponse(
        {
            "by": asked_by,
            "secure": request.is_secure(),
            "host": request.get_host(),
            "bytes": len(request.body),
        }
    )


def drips(request):
    """A line now, and the next when somebody has said so."""

    def lines():
        yield b"data: one\n\n"
        said_go_on.wait(20)
        yield b"data: two\n\n"

    return StreamingHttpResponse(lines(), content_type="text/event-stream")


def go_on(request):
    said_go_on.set()
    return HttpResponse("gone on")


VIEWS = (fails, forbidden, posted, large, often, slow, came, drips, go_on)
urlpatterns = [*(path(f"{view.__name__}/", login_not_required(view)) for view in VIEWS), *ordinary]
