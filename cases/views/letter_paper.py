"""How does a letter come out on paper?"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Letter
from cases.queries.letter_document import as_pdf
from cases.views._limits import limited
from cases.views._looking import marked
from tumorboard.audit import trail

FOR_LETTER = (
    "case__board",
    "case__patient",
    "case__referred_by",
    "recipient",
    "approved_by",
    "sent_by",
    "recommendation__item__meeting__board",
    "recommendation__signed_by",
)


@require_GET
@limited("document")
def letter_pdf(request, pk):
    """What was approved, byte for byte; before that, a preview that says so."""
    visible = Letter.objects.visible_to(request.user).select_related(*FOR_LETTER)
    shown = get_object_or_404(visible, pk=pk)
    marks = marked(request, shown.case_id)
    trail.record(actor=request.user, verb="letter.read", subject=shown, about=shown.case.about, **marks)
    name = f"{shown.case.number}-{shown.kind.lower()}-letter-{shown.number}.pdf"
    return paper(bytes(shown.pdf) if shown.pdf is not None else _preview(request, shown), name=name)


def paper(content: bytes, *, name: str) -> HttpResponse:
    """A PDF that no shared computer keeps."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _preview(request, shown: Letter) -> bytes:
    made_for = request.user.get_full_name()
    return as_pdf(shown, made_for=made_for, made_at=timezone.now(), approved=False)
