"""What happens between our door and the hospital's own sign-in?"""

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from . import single_sign_on


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A link and no form: the policy lets forms go nowhere else, and this changes nothing but the session."""
    provider = _provider(request, provider_id)
    try:
        return single_sign_on.first_step(provider, request, get_next_redirect_url(request))
    except RequestException as error:
        return render_authentication_error(request, provider, exception=error)


class _Callback(OAuth2CallbackView):
    def _get_state(self, request, provider):
        state, refused = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, refused


@login_not_required
@never_cache
@require_GET
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    _provider(request, provider_id)
    view = _Callback()
    view.request, view.adapter = request, single_sign_on.Answer(request)
    try:
        return view.dispatch(request)
    except ImmediateHttpResponse as stop:
        return stop.response


@login_not_required
def cancelled(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/login_cancelled.html")


def _provider(request, provider_id):
    if not single_sign_on.is_on() or provider_id != single_sign_on.HERE:
        raise Http404
    provider = get_adapter(request).get_provider(request, provider_id)
    provider.get_oauth2_adapter = single_sign_on.Answer  # whose word on our address is taken
    return provider
