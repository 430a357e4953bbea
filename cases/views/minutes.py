"""How are the minutes of a meeting read?"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from cases.models import Meeting
from cases.queries.minutes import minutes_of
from cases.views._limits import limited
from cases.views.letter_paper import paper
from cases.vocabulary import MeetingStatus
from tumorboard.audit import trail


@require_GET
@limited("document")
def minutes_pdf(request, pk):
    """A draft while the meeting runs; before it there is nothing to read."""
    visible = Meeting.objects.visible_to(request.user).select_related("board")
    shown = get_object_or_404(visible, pk=pk)
    if shown.status not in (MeetingStatus.RUNNING, MeetingStatus.CLOSED):
        raise Http404
    trail.record(actor=request.user, verb="minutes.read", subject=shown, about=shown.about)
    name = f"minutes-{shown.starts_at.astimezone(shown.board.zone):%Y-%m-%d}.pdf"
    return paper(minutes_of(shown, user=request.user), name=name)
