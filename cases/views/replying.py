"""Do you come? Answered on the meeting's page, or from the link in an e-mail without signing in."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.domain.coming import why_no_reply
from cases.domain.errors import DomainError
from cases.forms.replying import LinkReplyForm, ReplyForm, ReplyForOtherForm
from cases.models import Meeting, MeetingReply
from cases.notices import reply_link
from cases.queries.everyone import everyone
from cases.queries.replies import who_comes
from cases.queries.sitting import found
from cases.services import replies as service
from cases.views._agenda import meeting_of, page
from cases.views._by_link import for_whom
from cases.vocabulary import Reply


@require_GET
def people(request, pk):
    """Everybody on the board with what they have said, a page at a time."""
    shown = meeting_of(request, pk)
    context = {"page": everyone(shown, asked=request.GET), "meeting": shown, "board": shown.board}
    return render(request, "meeting/people.html", context)


@require_GET
def people_found(request, pk):
    """Some names while one is being typed; which field it is in is all the same."""
    shown = meeting_of(request, pk)
    typed = next(iter(request.GET.values()), "").replace("\0", "")
    return render(request, "meeting/people_found.html", {"found": found(shown, typed)})


@require_POST
def reply(request, pk):
    """One's own answer."""
    shown = meeting_of(request, pk)
    known = who_comes(shown, user=request.user, now=timezone.now())
    form = ReplyForm(request.POST, deputies=known.deputies)
    said = {"user": request.user, "by": request.user}
    return _say(request, shown, form, said, told="Thank you. Your answer is kept.", replying=form)


@require_POST
def reply_for(request, pk):
    """Somebody else's, said by telephone."""
    shown = meeting_of(request, pk)
    known = who_comes(shown, user=request.user, now=timezone.now())
    form = ReplyForOtherForm(request.POST, people=known.people, deputies=known.deputies)
    return _say(request, shown, form, {"by": request.user}, told="The answer is kept.", replying_for=form)


def _say(request, shown: Meeting, form, said: dict, *, told: str, **shown_again) -> HttpResponse:
    if form.is_valid():
        try:
            service.say(meeting=shown, **form.cleaned_data, **said)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, told)
            return redirect("cases:meeting", pk=shown.pk)
    return page(request, shown, status=422, **shown_again)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@for_whom(reply_link.read, reply_link.NotOurs)
def reply_by_link(request, token):
    """Opening it answers nothing: programs that look through e-mail open every link."""
    if not ratelimit.consume(request, action="reply_by_link", key=token):
        return ratelimit.respond_429(request)
    asked = _asked(token)
    if asked is None:
        return _gone(request, "", status=404)
    shown, user = asked
    if reason := why_no_reply(shown.status, ends_at=shown.ends_at, now=timezone.now()):
        return _gone(request, reason, status=410, meeting=shown)
    form = LinkReplyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            service.say(meeting=shown, user=user, by=user, by_link=True, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("cases:reply", token)
    return _link_page(request, shown, user, form, token)


def _asked(token: str):
    """The meeting and whose answer it would be, while that person sits on the board; else nothing."""
    try:
        key, user_key = reply_link.read(token)
    except reply_link.NotOurs:
        return None
    user = get_user_model().objects.filter(is_active=True, pk=user_key).first()
    if user is None:
        return None
    meeting = Meeting.objects.visible_to(user).select_related("board").filter(pk=key).first()
    return (meeting, user) if meeting else None


def _link_page(request, shown: Meeting, user, form: LinkReplyForm, token: str) -> HttpResponse:
    wanted = request.GET.get("say", "")
    context = {
        "meeting": shown,
        "board": shown.board,
        "token": token,
        "mine": MeetingReply.objects.filter(meeting=shown, user=user).first(),
        "wanted": wanted if wanted in Reply.values else "",
        "form": form,
    }
    return render(request, "people/reply.html", context, status=422 if form.is_bound else 200)


def _gone(request, reason: str, *, status: int, meeting: Meeting | None = None) -> HttpResponse:
    context = {"reason": reason, "meeting": meeting}
    return render(request, "people/reply_gone.html", context, status=status)
