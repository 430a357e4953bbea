"""What was a browser kept from doing on our pages? It says so here, and a log line keeps three words of it.

Which rule, on which route, from which host: never the address, which holds keys, nor the sample of a script,
which may be what somebody typed. Whoever sends it need not be signed in, and is believed nothing.
"""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from csp.utils import DEFAULT_DIRECTIVES
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tumorboard.signed_in.limits import by_itself

LARGEST, MOST = 16_384, 10  # bytes of a report, and complaints in it
HOST = re.compile(r"[a-z0-9.-]{1,100}")
NO_HOST = {
    "inline",
    "eval",
    "wasm-eval",
    "data",
    "blob",
    "self",
    "trusted-types-policy",
    "trusted-types-sink",
}

log = logging.getLogger("tumorboard.csp")


@csrf_exempt  # a browser sends it by itself and knows no token; nothing is changed by it
@login_not_required
@by_itself
@require_POST
def csp_report(request) -> HttpResponse:
    if not ratelimit.consume(request, app="allauth.account", action="csp_report"):
        return HttpResponse(status=429)
    for complaint in complaints(_body(request)):
        log.warning("a browser refused", extra=complaint)
    return HttpResponse(status=204)


def _body(request) -> Any:
    """None when it is too long, or no JSON."""
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def complaints(said: Any) -> Iterator[dict[str, str]]:
    """Browsers say it in two ways: one of the first in an object, several of the second in a list."""
    for one in (said if isinstance(said, list) else [said])[:MOST]:
        told = one.get("body", one.get("csp-report")) if isinstance(one, dict) else None
        if isinstance(told, dict):
            yield {
                "directive": _directive(told.get("effectiveDirective", told.get("effective-directive"))),
                "route": _route(told.get("documentURL", told.get("document-uri"))),
                "blocked": _host(told.get("blockedURL", told.get("blocked-uri"))),
            }


def _directive(said: Any) -> str:
    return said if isinstance(said, str) and said in DEFAULT_DIRECTIVES else "other"


def _route(address: Any) -> str:
    try:
        return resolve(urlsplit(address).path).route if isinstance(address, str) else "other"
    except (Resolver404, ValueError):
        return "other"


def _host(address: Any) -> str:
    if not isinstance(address, str):
        return "other"
    if address in NO_HOST:
        return address
    try:
        parts = urlsplit(address)
        host = (parts.hostname or parts.scheme).lower()
    except ValueError:
        return "other"
    return host if HOST.fullmatch(host) else "other"
