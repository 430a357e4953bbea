"""How does a change of a list answer: with the list as it is now, or with what stood in the way?"""

from collections.abc import Callable

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from cases.domain.errors import DomainError
from cases.forms.replying import ReplyForm, ReplyForOtherForm
from cases.models import AgendaItem, Meeting
from cases.queries.meeting_page import meeting_page
from cases.queries.replies import who_comes
from cases.views._parts import render_part

LEFT = "orders_left"  # in the session: the suggested orders that a person has declined, by meeting


def meeting_of(request, pk) -> Meeting:
    visible = Meeting.objects.visible_to(request.user).select_related("board", "agenda_published_by")
    return get_object_or_404(visible, pk=pk)


def item_of(request, pk) -> AgendaItem:
    visible = AgendaItem.objects.visible_to(request.user).select_related(
        "case__board", "meeting__board", "meeting__agenda_published_by"
    )
    return get_object_or_404(visible, pk=pk)


def pressed(request, shown: Meeting, press: Callable[[], object], said: str = "") -> HttpResponse:
    """A button without a form: what the service says is shown above the list."""
    try:
        press()
    except DomainError as error:
        if request.htmx:
            shown.refresh_from_db()
            return page(request, shown, refused=str(error), status=409)
        messages.error(request, str(error))
        said = ""
    return done(request, shown, said)


def done(request, shown: Meeting, said: str = "") -> HttpResponse:
    if not request.htmx:
        return redirect("cases:meeting", pk=shown.pk)
    shown.refresh_from_db()
    return page(request, shown, said=said)


def page(request, shown: Meeting, *, status: int = 200, **more) -> HttpResponse:
    left = request.session.get(LEFT, {}).get(str(shown.pk), "")
    now = timezone.now()
    who = who_comes(shown, user=request.user, now=now)
    answered = who.mine
    context = {
        "page": meeting_page(shown, user=request.user, now=now, left=left),
        "who": who,
        "replying": ReplyForm(deputies=who.deputies, initial=model_to_dict(answered) if answered else {}),
        "replying_for": ReplyForOtherForm(people=who.people, deputies=who.deputies),
        "meeting": shown,
        "board": shown.board,
        **more,
    }
    return render_part(request, "meeting/page.html", "builder", context, status=status)
