"""Has this person proved enough to be let further than the door?"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import second_factor

NEEDED = "second-factor-needed"
# What somebody may do who owes a second factor: set one up, prove to be who set it up, and leave.
OPEN = {
    NEEDED,
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_logout",
}


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or _is_public(view_func):
            return None  # the public pages stay as open as they are for anybody
        if request.resolver_match.view_name in OPEN or not second_factor.is_owed(request):
            return None
        if "HX-Request" in request.headers:  # a part of a page: the whole page must go
            return HttpResponse(headers={"HX-Redirect": reverse(NEEDED)})
        return redirect(NEEDED)


def _is_public(view_func) -> bool:
    """Open to who has not signed in; not so what is open to somebody else beside those who have."""
    return not getattr(view_func, "login_required", True) and not getattr(view_func, "also_for_people", False)
