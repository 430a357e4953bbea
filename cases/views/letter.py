"""How is an outcome letter read, edited, approved and sent?"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases.domain.errors import DomainError, SomeoneWasFaster
from cases.domain.reading_level import reading
from cases.forms.letter import ApproveForm, LeftForm, ParagraphForm, PractitionerForm
from cases.models import Letter, Recommendation
from cases.queries.letter_page import letter_page, line_of
from cases.services import letter as letter_room
from cases.views._looking import looked_at
from cases.views.letter_paper import FOR_LETTER
from cases.vocabulary import LetterKind, LetterStatus


@require_GET
def letter(request, pk):
    """Where a letter stands; while it is a draft, paragraph by paragraph, each with where it comes from."""
    shown = _letter(request, pk)
    looked_at(request, shown.case)
    return _page(request, shown)


@require_POST
def edit(request, pk):
    """One paragraph; whoever was overtaken sees both texts and decides."""
    shown = _letter(request, pk)
    form = ParagraphForm(request.POST)
    if form.is_valid():
        try:
            letter_room.edit(letter=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
            form.was_overtaken = isinstance(error, SomeoneWasFaster)
        else:
            return _kept(request, pk, key=form.cleaned_data["key"])
    return _again(request, pk, form)


@require_POST
def check(request, pk):
    """What a text being typed states beyond the record, and how hard it is to read; nothing is kept."""
    shown = _letter(request, pk)
    text = request.POST.get("text", "")[:4000]
    line = line_of(shown, request.POST.get("key", ""), text=text)
    context = {
        "line": line,
        "reading": reading(text) if shown.kind == LetterKind.PATIENT else None,
    }
    return render(request, "letter/_checked.html", context)


@require_POST
def renew(request, pk):
    return _step(request, _letter(request, pk), letter_room.renew, "The draft says what the record says now.")


@require_POST
def again(request, pk):
    shown = _letter(request, pk)
    try:
        made = letter_room.write_again(letter=shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("cases:letter", pk=pk)
    return redirect("cases:letter", pk=made.pk)


@require_POST
def approve(request, pk):
    shown = _letter(request, pk)
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            letter_room.approve(letter=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "The letter is approved. It is not sent yet.")
            return redirect("cases:letter", pk=pk)
    return _page(request, _letter(request, pk), approving=form, status=422)


@require_POST
def send(request, pk):
    shown = _letter(request, pk)
    return _step(request, shown, letter_room.send, f"{shown.recipient} is told that the letter is here.")


@require_POST
def left(request, pk):
    """A letter on paper is on its way."""
    shown = _letter(request, pk)
    form = LeftForm(request.POST)
    if form.is_valid():
        try:
            letter_room.mark_sent(letter=shown, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, "It is kept that the letter has left.")
            return redirect("cases:letter", pk=pk)
    return _page(request, shown, leaving=form, status=422)


@require_POST
def to_gp(request, pk):
    """Somebody found out who the general practitioner is: a letter to them is drafted."""
    visible = Recommendation.objects.visible_to(request.user).select_related("case__board", "item")
    recommendation = get_object_or_404(visible, pk=pk)
    form = PractitionerForm(request.POST)
    if form.is_valid():
        try:
            made = letter_room.draft_to_gp(
                recommendation=recommendation, by=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("cases:letter", pk=made.pk)
    beside = Letter.objects.filter(recommendation=recommendation, kind=LetterKind.REFERRER).order_by(
        "-number"
    )
    return _page(request, _letter(request, beside[:1].get().pk), naming=form, status=422)


def _step(request, shown: Letter, step, done: str) -> HttpResponse:
    try:
        step(letter=shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("cases:letter", pk=shown.pk)


def _kept(request, pk, *, key: str) -> HttpResponse:
    if request.htmx:
        return _paragraph(request, _letter(request, pk), key)
    messages.success(request, "The paragraph is kept.")
    return redirect(f"{reverse('cases:letter', args=[pk])}#p-{key}")


def _again(request, pk, form: ParagraphForm) -> HttpResponse:
    shown = _letter(request, pk)
    if request.htmx:
        return _paragraph(request, shown, request.POST.get("key", ""), editing=form, status=422)
    return _page(request, shown, editing=form, status=422)


def _paragraph(request, shown: Letter, key: str, *, status: int = 200, **more) -> HttpResponse:
    """The paragraph alone, and beside it what approving would now take."""
    if (line := line_of(shown, key)) is None:
        raise Http404
    context = _context(request, shown) | {"line": line, "aside": True, **more}
    return render(request, "letter/_line.html", context, status=status)


def _letter(request, pk) -> Letter:
    visible = Letter.objects.visible_to(request.user).defer("pdf").select_related(*FOR_LETTER)
    return get_object_or_404(visible, pk=pk)


def _page(request, shown: Letter, *, status: int = 200, **more) -> HttpResponse:
    return render(request, "letter/letter.html", _context(request, shown) | more, status=status)


def _context(request, shown: Letter) -> dict:
    return {
        "page": letter_page(shown, user=request.user),
        "letter": shown,
        "case": shown.case,
        "is_draft": shown.status == LetterStatus.DRAFT,
        "approving": ApproveForm(initial={"version": shown.version}),
        "leaving": LeftForm(),
        "naming": PractitionerForm(),
    }
