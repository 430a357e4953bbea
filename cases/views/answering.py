"""What does an owner see who opens the link in their e-mail, without signing in?

A case number, the kind of action, a date, the board: no patient, no lesion, no clinical words.
"""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.domain.errors import DomainError
from cases.domain.follow_up import STILL_ASKED
from cases.domain.plan_state import PlanState
from cases.forms.follow_up import AnswerForm
from cases.notices import answer_link
from cases.queries.action_standing import standing_of
from cases.services import follow_up
from cases.views._by_link import for_whom
from cases.vocabulary import ActionReport
from tumorboard.once import once


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@for_whom(answer_link.read, answer_link.NotOurs)
@once
def answer(request, token):
    """Recorded in the name of the one to whom the link was sent."""
    if not ratelimit.consume(request, action="answer_by_link", key=token):
        return ratelimit.respond_429(request)
    try:
        action = follow_up.asked_of(token)
    except follow_up.NotAsked:
        return render(request, "follow_up/answer_gone.html", status=404)
    form = AnswerForm(request.POST if request.method == "POST" else None, due_on=action.due_on)
    if request.method == "POST" and form.is_valid():
        try:
            follow_up.answer(token=token, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("cases:answer-action", token)
    return _page(request, action, form)


def _stands(action, standing) -> tuple[str, str]:
    """Sign and words. Why something was not done stays behind the sign-in."""
    if standing.state not in STILL_ASKED:
        return "none", "No longer asked"
    if standing.state != PlanState.ACTIVE:
        return standing.sign, standing.said
    if action.last_report == ActionReport.ACCEPTED and action.planned_on:
        return "draft", f"Planned for {action.planned_on:%d-%b-%Y}"
    return ("draft", "Answered") if action.last_report else ("ask", "No answer yet")


def _page(request, action, form: AnswerForm):
    board = action.recommendation.case.board
    standing = standing_of(action, today=timezone.now().astimezone(board.zone).date())
    context = {
        "action": action,
        "board": board,
        "stands": _stands(action, standing),
        "form": form,
        "is_asked": standing.state in STILL_ASKED,
    }
    return render(request, "follow_up/answer.html", context, status=422 if form.is_bound else 200)
