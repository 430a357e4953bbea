"""Who signed in, who tried to, and who changed whose access?

Knows both accounts and audit, which do not know each other. What somebody typed is never kept: people
type their password into the wrong field.
"""

from allauth.account import signals as allauth_signals
from allauth.account.adapter import get_adapter
from django.contrib.auth import get_user_model, signals

from tumorboard.accounts import signals as account_signals
from tumorboard.audit import trail


def _record(verb: str, *, actor, person, request=None, **details) -> None:
    about = f"user:{person.pk}" if person is not None else ""
    if request is not None and "REMOTE_ADDR" in request.META:
        details["address"] = get_adapter(request).get_client_ip(request)
    trail.record(actor=actor, verb=verb, subject=person, about=about, **details)


def _person_with(email: str):
    return get_user_model().objects.filter(email=(email or "").strip().lower()).first()


def signed_in(request, user, **_) -> None:
    _record("sign_in.done", actor=user, person=user, request=request)


def signed_out(request, user, **_) -> None:
    if user is not None:
        _record("sign_in.ended", actor=user, person=user, request=request)


def failed(credentials, request=None, **_) -> None:
    email = credentials.get("email") or credentials.get("username") or ""
    _record("sign_in.failed", actor=None, person=_person_with(email), request=request)


def locked(request, email, **_) -> None:
    _record("sign_in.locked", actor=None, person=_person_with(email), request=request)


def confirmed(request, user, reauthenticated=False, **_) -> None:
    if reauthenticated:
        _record("sign_in.confirmed", actor=user, person=user, request=request)


def reset_requested(request, user, **_) -> None:
    """Anybody may ask for it; a signed-in one (an administrator) is named."""
    by = request.user if request.user.is_authenticated else None
    _record("password.reset_requested", actor=by, person=user, request=request)


def password_reset(request, user, **_) -> None:
    _record("password.reset", actor=user, person=user, request=request)


def password_changed(request, user, **_) -> None:
    _record("password.changed", actor=user, person=user, request=request)


def person_changed(user, by, fields, **_) -> None:
    _record("person.changed", actor=by, person=user, fields=fields)


RECEIVERS = [
    (signals.user_logged_in, signed_in),
    (signals.user_logged_out, signed_out),
    (signals.user_login_failed, failed),
    (account_signals.sign_in_locked, locked),
    (allauth_signals.authentication_step_completed, confirmed),
    (account_signals.reset_requested, reset_requested),
    (allauth_signals.password_reset, password_reset),
    (allauth_signals.password_changed, password_changed),
    (account_signals.person_changed, person_changed),
]


def connect() -> None:
    for signal, receiver in RECEIVERS:
        signal.connect(receiver, dispatch_uid=f"sign_in_audit.{receiver.__name__}")
