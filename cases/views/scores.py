"""On which pages is a score explained: one of one case, and all that there are?"""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases import permissions
from cases.domain.score_catalogue import catalogue
from cases.models import Case, SpecialistInput
from cases.permissions import Permission
from cases.queries.input_stands import stands
from cases.queries.meeting_day import day_of
from cases.queries.panel import RULES, is_known
from cases.queries.recorded import OF_THE_CASE, recorded_of
from cases.queries.score_page import score_page
from cases.views._computed import from_data
from cases.views._looking import looked_at
from cases.vocabulary import CaseStatus


@require_GET
def score(request, pk, score_id):
    """Whoever does not sit on the board is shown no rule: rules are made of what disciplines judge."""
    visible = Case.objects.visible_to(request.user).select_related("board", "patient", "diagnosis")
    found = get_object_or_404(visible, pk=pk)
    granted = permissions.granted(request.user, board=found.board)
    sits = Permission.VIEW_BOARD in granted
    if not is_known(score_id) or (score_id in RULES and not sits):
        raise Http404
    looked_at(request, found)
    page = score_page(found, score_id, user=request.user, sits=sits, now=timezone.now())
    may_record = Permission.RECORD_FACTS in granted and found.status != CaseStatus.WITHDRAWN
    return render(request, "case/score.html", {"page": page, "may_record": may_record})


@require_GET
def registry(request):
    return render(request, "case/scores.html", {"families": catalogue()})


@require_POST
def as_typed(request, pk):
    """What the scores of a discipline say with what is in its form now. Nothing is kept."""
    visible = SpecialistInput.objects.visible_to(request.user).select_related(
        *(f"case__{one}" for one in OF_THE_CASE)
    )
    asked = get_object_or_404(visible, pk=pk)
    found, day = recorded_of(asked.case), day_of(asked.case, timezone.now())
    said = from_data(asked, request.POST, stands=stands(asked, found=found), found=found, day=day)
    return render(request, "specialist_input/computed.html", {"computed": said, "input": asked})
