"""Who comes too late is signed out, and everybody else is asked to sign in: before which view?"""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from . import limits
from .answers import to_sign_in
from .signals import timed_out

WORDS = {
    limits.IDLE: "You were signed out because nothing was done for a while. What you had typed is kept.",
    limits.HOURS: "You were signed out after a long day. What you had typed is kept: sign in to go on.",
}


class SessionLimits:
    """After the person is known, and before it is asked whether there is one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> None:
        if not request.user.is_authenticated:
            return
        is_work = limits.is_work(request, view)
        why, is_noted = limits.visit(request.session, request.user, is_work=is_work)
        if why:
            end(request, why)
        elif is_noted:
            mine = UserSession.objects.filter(session_key=request.session.session_key)
            mine.update(last_seen_at=timezone.now())


def end(request, why: str) -> None:
    user, key = request.user, request.session.session_key
    request.session.flush()
    request.user = AnonymousUser()
    UserSession.objects.filter(session_key=key).delete()
    timed_out.send(sender=SessionLimits, request=request, user=user, why=why)
    messages.info(request, WORDS[why])


class SignInRequired(LoginRequiredMiddleware):
    """Closed unless a view says otherwise."""

    def handle_no_permission(self, request, view):
        return to_sign_in(request)
