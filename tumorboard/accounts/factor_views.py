"""How does a person set up, use and give up what proves more than a password?"""

import json

from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as base
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from . import factor_forms, second_factor
from .views import LOCKED, AnswerWrongInput, InItsFrame

HOME = reverse_lazy("mfa_index")


class _AsksTheBrowser:
    """What the browser shall make or show, for our own script."""

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view that it is mixed into
        asked = context.get("js_data", {})
        options = asked.get("creation_options") or asked.get("request_options")
        return context | {"passkey_options": json.dumps(options)}


class MySignIn(base.IndexView):
    template_name = "account/my_sign_in.html"

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        found = context["authenticators"]
        left = found["recovery_codes"].get_unused_codes() if "recovery_codes" in found else []
        return context | {
            "app": found.get("totp"),
            "passkeys": found.get("webauthn", []),
            "codes_left": len(left),
            "has_codes": "recovery_codes" in found,
            "is_required": second_factor.is_required(self.request),
        }


def needed(request: HttpRequest) -> HttpResponse:
    if not second_factor.is_owed(request):
        return redirect(HOME)
    return render(request, "mfa/needed.html")


# -- at sign-in, and when asked again ---------------------------------------------------------------------


class SecondStep(_AsksTheBrowser, base.AuthenticateView):
    form_class = factor_forms.SecondStepForm
    webauthn_form_class = factor_forms.SecondStepByPasskeyForm

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if any(form.has_error(name, LOCKED) for name in form.fields) else 422
        return response

    def get_context_data(self, **kwargs) -> dict:
        user = self.stage.login.user
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        has = {"has_app": "totp" in kinds, "has_codes": "recovery_codes" in kinds}
        return super().get_context_data(**kwargs) | has | {"has_passkey": "webauthn" in kinds}


class ConfirmByCode(InItsFrame, AnswerWrongInput, base.ReauthenticateView):
    form_class = factor_forms.ConfirmByCodeForm


class ConfirmByPasskey(InItsFrame, _AsksTheBrowser, passkeys.ReauthenticateWebAuthnView):
    form_class = factor_forms.ConfirmByPasskeyForm

    def form_invalid(self, form) -> HttpResponse:
        super().form_invalid(form)  # says why
        return redirect("mfa_reauthenticate_webauthn")


@method_decorator(login_not_required, name="dispatch")
class SignInByPasskey(passkeys.LoginWebAuthnView):
    form_class = factor_forms.SignInByPasskeyForm

    def form_valid(self, form) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        post_authentication(self.request, passkey, passwordless=True)
        to = get_next_redirect_url(self.request)
        return perform_login(self.request, Login(user=passkey.user, redirect_url=to))


# -- setting up and giving up -----------------------------------------------------------------------------


class SetUpApp(InItsFrame, AnswerWrongInput, totp.ActivateTOTPView):
    form_class = factor_forms.SetUpAppForm

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        second_factor.take_step(app, form.cleaned_data["code"])  # it has counted: not once more at sign-in
        return response


class RemoveApp(AnswerWrongInput, totp.DeactivateTOTPView):
    form_class = factor_forms.RemoveAppForm


class RecoveryCodes(codes.ViewRecoveryCodesView):
    pass


class NewRecoveryCodes(codes.GenerateRecoveryCodesView):
    pass


class AddPasskey(InItsFrame, _AsksTheBrowser, AnswerWrongInput, passkeys.AddWebAuthnView):
    form_class = factor_forms.AddPasskeyForm


class NamePasskey(AnswerWrongInput, passkeys.EditWebAuthnView):
    form_class = factor_forms.NamePasskeyForm
    success_url = HOME


class RemovePasskey(passkeys.RemoveWebAuthnView):
    success_url = HOME

    def form_valid(self, form) -> HttpResponse:
        if not second_factor.may_lose(self.request, self.get_object()):
            messages.error(
                self.request, second_factor.MFAAdapter.error_messages["cannot_delete_authenticator"]
            )
            return redirect(HOME)
        return super().form_valid(form)
