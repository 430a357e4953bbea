"""Where does this house differ from allauth's own ways?"""

import time
from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from . import second_factor
from .signals import reset_requested, sign_in_locked

# Counts wrong passwords for one address from wherever they come, beside the count per address and computer.
FROM_ANYWHERE = "sign_in_failed_anywhere"


def display_name(user) -> str:
    return user.display_name


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail address and password do not belong together. Check both.",
        "too_many_login_attempts": (
            "Too many wrong passwords for this address. Wait five minutes, or choose a new password now."
        ),
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "This is not your password.",
        "invalid_password_reset": "This link has expired or was used already. Ask for a new one.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False  # administrators add people

    # -- wrong passwords ----------------------------------------------------------------------------------

    def pre_authenticate(self, request, **credentials) -> None:
        try:
            super().pre_authenticate(request, **credentials)
            self._refuse_if_tried_from_everywhere(request, credentials)
        except ValidationError:
            sign_in_locked.send(sender=type(self), request=request, email=credentials.get("email", ""))
            raise

    def authentication_failed(self, request, **credentials) -> None:
        ratelimit.consume(request, action=FROM_ANYWHERE, key=_address(credentials))

    def _refuse_if_tried_from_everywhere(self, request, credentials) -> None:
        if not ratelimit.consume(request, action=FROM_ANYWHERE, key=_address(credentials), dry_run=True):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """Count per address and computer, so that a stranger elsewhere does not lock the right person out."""
        return f"{_address(credentials)} at {self.get_client_ip(request)}"

    def set_password(self, user, password: str) -> None:
        """A new password also ends the lock: its owner has just proved to be the owner."""
        super().set_password(user, password)
        here = self._get_login_attempts_cache_key(self.request, email=user.email)
        ratelimit.clear(self.request, action="login_failed", key=here)
        ratelimit.clear(self.request, action=FROM_ANYWHERE, key=user.email)

    # -- the second step ----------------------------------------------------------------------------------

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "tumorboard.accounts.second_factor.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request, user, *, signal_kwargs, **kwargs):
        if second_factor.provider_asked(signal_kwargs):
            request.session[second_factor.PROVIDER_ASKED] = True
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **kwargs)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not of somebody who signed in just now: that was the same proof."""
        proofs = get_authentication_records(self.request, self.request.user)
        fresh = proofs and time.time() - proofs[0]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app)

    # -- e-mail -------------------------------------------------------------------------------------------

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From our own address: the one that the browser named could be somebody else's."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user, email, context) -> None:
        super().send_password_reset_mail(user, email, context)
        reset_requested.send(sender=type(self), request=self.request, user=user)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the e-mail, and hand it to whoever delivers. This app does not know who that is."""
        mail = self.render_mail(template_prefix, email, {"site_url": settings.SITE_URL, **context})
        deliver = import_string(settings.ACCOUNT_MAIL_SENDER)
        deliver(
            kind=template_prefix.rpartition("/")[2],
            recipient=context["user"],
            title=mail.subject,
            text=mail.body,
            expires_at=timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        )


def _address(credentials: dict) -> str:
    return (credentials.get("email") or credentials.get("username") or "").lower()
