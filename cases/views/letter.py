"""How is an outcome letter read, edited, approved and sent?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.domain.errors import DomainError
from cases.exchange import pdf
from cases.forms.letter import LetterForm
from cases.models import Letter
from cases.queries.letter_document import letter_document
from cases.queries.letter_page import letter_page
from cases.services import letter as letter_room
from cases.vocabulary import LetterStatus
from tumorboard.audit import trail


@require_http_methods(["GET", "POST"])
def letter(request, pk):
    """Where a letter stands; while it is a draft, its words can be changed here."""
    shown = _letter(request, pk)
    if request.method == "GET":
        _viewed(request, shown)
        return _page(request, shown, LetterForm(initial=_initial(shown)))
    form = LetterForm(request.POST)
    if form.is_valid():
        try:
            letter_room.edit(letter=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "The letter is kept.")
            return redirect("cases:letter", pk=pk)
    return _page(request, shown, form, status=422)


@require_POST
def approve(request, pk):
    shown = _letter(request, pk)
    return _step(
        request,
        shown,
        letter_room.approve,
        "The letter is approved. It is not sent yet.",
        version=_version(request),
    )


@require_POST
def send(request, pk):
    shown = _letter(request, pk)
    return _step(request, shown, letter_room.send, f"{shown.recipient} is told that the letter is here.")


@require_http_methods(["GET"])
def as_pdf(request, pk):
    """What was approved, byte for byte; before that, a preview that says so."""
    shown = _letter(request, pk)
    _viewed(request, shown, verb="letter.read")
    content = bytes(shown.pdf) if shown.pdf is not None else _preview(request, shown)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{shown.case.number}-letter-{shown.number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _preview(request, shown: Letter) -> bytes:
    made_for = request.user.get_full_name()
    return pdf.letter(letter_document(shown, made_for=made_for, made_at=timezone.now(), approved=False))


def _step(request, shown: Letter, step, done: str, **more) -> HttpResponse:
    try:
        step(letter=shown, by=request.user, **more)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("cases:letter", pk=shown.pk)


def _letter(request, pk) -> Letter:
    visible = (
        Letter.objects.visible_to(request.user)
        .defer("pdf")
        .select_related(
            "case__board",
            "case__patient",
            "recipient",
            "approved_by",
            "sent_by",
            "recommendation__item__meeting__board",
            "recommendation__signed_by",
        )
    )
    return get_object_or_404(visible, pk=pk)


def _viewed(request, shown: Letter, *, verb: str = "case.viewed") -> None:
    subject = shown if verb == "letter.read" else shown.case
    trail.record(actor=request.user, verb=verb, subject=subject, about=shown.case.about)


def _page(request, shown: Letter, form: LetterForm, *, status: int = 200) -> HttpResponse:
    context = {
        "page": letter_page(shown, user=request.user),
        "letter": shown,
        "case": shown.case,
        "form": form,
        "is_draft": shown.status == LetterStatus.DRAFT,
    }
    return render(request, "letter/letter.html", context, status=status)


def _initial(shown: Letter) -> dict:
    return {"version": shown.version, "opening": shown.opening, "closing": shown.closing}


def _version(request) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
