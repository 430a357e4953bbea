"""What does a visitor of the demonstration see of its mail? Reachable only when DEMO is on."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from .letters import Letter, letter, letters

PER_PAGE = 50


@login_not_required
def index(request):
    to = request.GET.get("to", "").strip()
    page = Paginator(letters(settings.MAILBOX, to=to), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mailbox/index.html", {"page": page, "to": to})


@login_not_required
def detail(request, key):
    return render(request, "mailbox/letter.html", {"letter": _letter_or_404(key)})


@login_not_required
def enclosure(request, key, number):
    """Always as a download: what came by mail never runs as a page of ours."""
    for part in _letter_or_404(key).enclosures:
        if part.number == number:
            response = HttpResponse(part.content, content_type="application/octet-stream")
            response.headers["Content-Disposition"] = f'attachment; filename="{_plain(part.name)}"'
            return response
    raise Http404


def _letter_or_404(key: str) -> Letter:
    found = letter(settings.MAILBOX, key)
    if found is None:
        raise Http404
    return found


def _plain(name: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "-" for sign in name)
