"""Did it arrive? The post of a board, each message of it, and every sort that there is."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from cases.domain.errors import DomainError
from cases.forms.messages import CloseMessageForm
from cases.notices.samples import SAMPLES
from cases.queries import mail_rules
from cases.queries import message_page as page_query
from cases.queries import messages as query
from cases.services import messages as service

# A mail in a frame: its own styles and nothing else. No script, no picture, no link leads anywhere.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": [True],
}
shows_a_mail = csp_update({"frame-src": [SELF]})


@require_GET
def messages(request):
    found = query.page(_require_post(request.user), asked=request.GET)
    return render(request, "messages/list.html", {"page": found})


@require_GET
@shows_a_mail
def message(request, pk):
    return _shown(request, _found(request, pk), CloseMessageForm())


@require_GET
@xframe_options_sameorigin
@csp(MAIL_POLICY)
def message_html(request, pk):
    """The mail as its reader sees it, for a frame on our own page."""
    found = get_object_or_404(query.visible_to(request.user), pk=pk)
    return HttpResponse(page_query.masked(found.html))


@require_POST
def resend(request, pk):
    found = get_object_or_404(query.visible_to(request.user), pk=pk)
    try:
        again = service.resend(message=found, by=request.user)
    except DomainError as error:
        notes.error(request, str(error))
        return redirect("cases:message", pk)
    notes.success(request, "It is on its way again.")
    if request.POST.get("back") == "list":
        return redirect("cases:messages")
    return redirect("cases:message", again.pk)


@require_POST
@shows_a_mail
def close(request, pk):
    found = _found(request, pk)
    form = CloseMessageForm(request.POST)
    if form.is_valid():
        try:
            service.close(message=found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            notes.success(request, "Closed.")
            return redirect("cases:messages")
    return _shown(request, found, form, status=422)


@require_GET
@shows_a_mail
def kinds(request):
    boards, board, name = _asked(request)
    sample = SAMPLES[name](board, request.user)
    context = {
        "board": board,
        "boards": boards,
        "groups": mail_rules.grouped(board),
        "in_general": mail_rules.in_general(board),
        "shown": mail_rules.sort_of(name, board),
        "sample": sample,
        "files": [page_query.File.of(one) for one in sample.attachments],
        "html_url": reverse("cases:message-kind-html", query={"board": board.pk, "kind": name}),
    }
    return render(request, "messages/kinds.html", context)


@require_GET
@xframe_options_sameorigin
@csp(MAIL_POLICY)
def kind_html(request):
    _, board, name = _asked(request)
    return HttpResponse(SAMPLES[name](board, request.user).html)


def _asked(request):
    """One's boards, and the board and the sort that the address names; without any, the first of each."""
    boards = _require_post(request.user)
    by_id = {str(board.pk): board for board in boards}
    board = by_id.get(request.GET.get("board", str(boards[0].pk)))
    name = request.GET.get("kind", next(iter(SAMPLES)))
    if board is None or name not in SAMPLES:
        raise Http404
    return boards, board, name


def _require_post(user):
    boards = query.boards_of(user)
    if not boards:
        raise PermissionDenied("Messages are looked after by coordinators and chairs.")
    return boards


def _found(request, pk):
    people = query.visible_to(request.user).select_related(
        "recipient", "resent_by", "closed_by", "gathered_in"
    )
    return get_object_or_404(people, pk=pk)


def _shown(request, found, form, status=200):
    context = {"page": page_query.page_of(found, request.user), "form": form}
    return render(request, "messages/message.html", context, status=status)
