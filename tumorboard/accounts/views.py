"""What does a person see when signing in or out?

allauth decides; these views answer in the manner of the house: 422 for wrong input, 429 for a lock.
"""

import time

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.module_loading import import_string

from . import forms, second_factor, single_sign_on

LOCKED = "too_many_login_attempts"


class AnswerWrongInput:
    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)  # type: ignore[misc]  # of the view that it is mixed into
        locked = any(form.has_error(field, LOCKED) for field in (NON_FIELD_ERRORS, *form.fields))
        response.status_code = 429 if locked else 422
        return response


class InItsFrame:
    """Who owes a second step sees no menu: every entry of it would lead back here."""

    def get_context_data(self, **kwargs) -> dict:
        owed = second_factor.is_owed(self.request)  # type: ignore[attr-defined]
        frame = "base_plain.html" if owed else "base.html"
        return super().get_context_data(**kwargs) | {"frame": frame, "owed": owed}  # type: ignore[misc]


class SignIn(AnswerWrongInput, allauth_views.LoginView):
    form_class = forms.SignInForm

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        if single_sign_on.is_on():
            context["sign_on"] = settings.SINGLE_SIGN_ON["name"]
        if settings.DEMO:
            context |= {"demo_people": demo_people(), "demo_password": settings.DEMO_PASSWORD}
        return context


class SignOut(allauth_views.LogoutView):
    def post(self, *args, **kwargs) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ForgottenPassword(AnswerWrongInput, allauth_views.PasswordResetView):
    form_class = forms.ForgottenPasswordForm

    def form_valid(self, form) -> HttpResponse:
        """Answer after the same time whether or not there was an e-mail to write: speed tells who exists."""
        answer_at = time.monotonic() + getattr(settings, "ACCOUNT_RESET_ANSWERS_AFTER", 0.6)
        response = super().form_valid(form)
        time.sleep(max(0, answer_at - time.monotonic()))
        return response


class NewPassword(AnswerWrongInput, allauth_views.PasswordResetFromKeyView):
    form_class = forms.NewPasswordForm


class ChangePassword(AnswerWrongInput, allauth_views.PasswordChangeView):
    form_class = forms.ChangePasswordForm
    success_url = reverse_lazy("profile")


class Confirm(InItsFrame, AnswerWrongInput, allauth_views.ReauthenticateView):
    form_class = forms.ConfirmForm


def profile(request: HttpRequest) -> HttpResponse:
    return render(request, "account/profile.html")


def demo_people() -> list[dict]:
    """The invented people one may sign in as, each with the line that says what they do."""
    path = getattr(settings, "DEMO_ROLE_LINES", "")
    try:
        roles = import_string(path)() if path else {}
    except ImportError:
        roles = {}
    people = get_user_model().objects.active().invented().by_name()
    return [{"person": person, "role": roles.get(person.pk, "")} for person in people]
