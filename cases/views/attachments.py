"""How are the files of a case listed, handed in, looked at, saved and withdrawn?

A file is handed out by these views alone, to whoever may see its case, as something to be saved and never
as a page of ours. What is shown in a page is a picture that we have drawn ourselves.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from cases.domain.errors import DomainError
from cases.domain.files import FileRefused
from cases.forms.attachments import FileForm, WithdrawFileForm
from cases.models import Case, CaseFile
from cases.queries.attachments import FileLine, files_of, sheet_of, visible
from cases.services import attachments
from cases.views._limits import limited
from cases.views._looking import looked_at, marked
from tumorboard.audit import trail
from tumorboard.files import apart, store
from tumorboard.files.errors import Busy, Gone, Rejected
from tumorboard.files.kinds import KINDS
from tumorboard.files.limits import PREVIEW_WIDTH, ZOOMED_WIDTH
from tumorboard.files.receiving import claims_too_much, too_large

TOO_LARGE, BUSY = 413, 503
# Whatever a browser is told to do with it, it runs nothing, loads nothing and keeps nothing.
CONFINED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Before a byte is read, and so before the token is looked for in what was sent."""

    @wraps(view)
    def first_the_length(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and claims_too_much(request.META.get("CONTENT_LENGTH")):
            return render(request, "attachments/too_large.html", {"words": too_large()}, status=TOO_LARGE)
        return csrf_protect(view)(request, *args, **kwargs)

    return csrf_exempt(first_the_length)


@bounded
@limited("upload", method="POST")
@require_http_methods(["GET", "POST"])
def files(request, pk):
    """What there is, and a form for one more."""
    case = get_object_or_404(_visible_cases(request), pk=pk)
    may_add = attachments.may_add(case, by=request.user)
    if request.method == "POST":
        return _add(request, case, may_add)
    looked_at(request, case)
    return _list(request, case, FileForm() if may_add else None)


def _add(request, case: Case, may_add: bool) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            file = attachments.add(case=case, upload=given["file"], title=given["title"], by=request.user)
        except FileRefused as error:
            form.refuse(error, field="file")
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Added: {file.title}.")
            return redirect("cases:files", pk=case.pk)
    return _list(request, case, form if may_add else None, status=422)


def _list(request, case: Case, form: FileForm | None, *, status: int = 200) -> HttpResponse:
    context = {"case": case, "lines": files_of(case), "form": form, "may_add": form is not None}
    return render(request, "attachments/list.html", context, status=status)


@require_GET
def file(request, pk):
    """One file: what is known of it, and its pages one at a time. `?zoom=1` shows the page larger."""
    found = get_object_or_404(visible(request.user).select_related("withdrawn_by"), pk=pk)
    line = FileLine(found)
    sheet = sheet_of(line, request.GET.get("page", "1"))
    _written_down(request, "file.viewed", found, sheet=sheet.page if sheet else 0)
    context = {
        "case": found.case,
        "file": found,
        "line": line,
        "sheet": sheet,
        "zoomed": request.GET.get("zoom") == "1",
        "may_withdraw": not line.is_withdrawn and attachments.may_withdraw(found, by=request.user),
    }
    return render(request, "attachments/file.html", context)


@require_GET
@limited("file")
def save_file(request, pk):
    """The file itself, to be saved."""
    found = _openable(request, pk)
    try:
        content = store.opened(found.stored_as)
    except Gone as error:
        messages.error(request, str(error))
        return redirect("cases:file", pk=found.pk)
    _written_down(request, "file.saved", found)
    answer = FileResponse(content, as_attachment=True, filename=found.name, content_type=_mime(found))
    return _confined(answer)


@require_GET
@limited("file")
def page_of_file(request, pk, page):
    """One page as a picture, drawn by a process of its own."""
    found = _openable(request, pk)
    kind = KINDS[found.kind]
    if not kind.shown or not 1 <= page <= (found.pages or 1):
        raise Http404
    width = ZOOMED_WIDTH if request.GET.get("zoom") == "1" else PREVIEW_WIDTH
    try:
        picture = _drawn(found, page, width)
    except (Busy, Gone, Rejected) as error:
        return _confined(HttpResponse(str(error), status=BUSY, content_type="text/plain; charset=utf-8"))
    _written_down(request, "file.viewed", found, sheet=page)
    return _confined(HttpResponse(picture, content_type="image/png"))


def _drawn(file: CaseFile, page: int, width: int) -> bytes:
    with apart.workplace() as folder:
        source, target = folder / "in", folder / "out"
        store.fetch(file.stored_as, source)
        apart.draw(KINDS[file.kind].family, source, target, page=page, width=width)
        return target.read_bytes()


@require_http_methods(["GET", "POST"])
def withdraw_file(request, pk):
    found = get_object_or_404(visible(request.user).standing(), pk=pk)
    if not attachments.may_withdraw(found, by=request.user):
        raise PermissionDenied("Who may not hand in files here does not withdraw them.")
    form = WithdrawFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            attachments.withdraw(file=found, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "The file is withdrawn and can no longer be opened.")
            return redirect(reverse("cases:files", args=[found.case_id]))
    if request.method == "GET":
        looked_at(request, found.case)
    context = {"case": found.case, "file": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "attachments/withdraw.html", context, status=status)


def _visible_cases(request):
    return Case.objects.visible_to(request.user).select_related("board", "patient", "referred_by")


def _openable(request, pk) -> CaseFile:
    return get_object_or_404(visible(request.user).openable(), pk=pk)


def _mime(file: CaseFile) -> str:
    return KINDS[file.kind].mime


def _confined(answer: Any) -> Any:
    for name, value in CONFINED.items():
        answer[name] = value
    return answer


def _written_down(request, verb: str, file: CaseFile, **details: Any) -> None:
    details |= marked(request, file.case_id)
    trail.record(actor=request.user, verb=verb, subject=file, about=file.case.about, **details)
