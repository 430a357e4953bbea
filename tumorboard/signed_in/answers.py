"""What is answered to whoever has to sign in first, and where do they go on afterwards?"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

WORDS = "You are signed out. Sign in again."


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page for a browser; for a script 401, and the address at which htmx leaves the page."""
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page_of(request)}, safe='/')}"
    if is_in_background(request):
        return HttpResponse(WORDS, status=401, content_type="text/plain", headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def is_in_background(request: HttpRequest) -> bool:
    """A script asks, not the address line: browsers say so, and older ones at least what they accept."""
    sent = request.headers
    if "HX-Request" in sent or "X-Requested-With" in sent:
        return True
    if "Sec-Fetch-Mode" in sent:
        return sent["Sec-Fetch-Mode"] != "navigate"
    return sent.get("Accept", "").startswith(("application/json", "text/event-stream"))


def page_of(request: HttpRequest) -> str:
    """The page that the person has before them: what was sent is not repeated, its page is shown again."""
    if "HX-Current-URL" in request.headers:
        return _own(request, request.headers["HX-Current-URL"])
    if request.method in ("GET", "HEAD") and not is_in_background(request):
        return request.get_full_path()
    return _own(request, request.headers.get("Referer", ""))


def _own(request: HttpRequest, address: str) -> str:
    """Path and question of an address of ours; of any other the first page."""
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, here, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(address)
    path = parts.path or "/"
    if not path.startswith("/") or path.startswith("//"):
        return "/"
    return f"{path}?{parts.query}" if parts.query else path
