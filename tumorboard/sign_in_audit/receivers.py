"""Who signed in, who tried to, and who changed whose access?

Knows both accounts and audit, which do not know each other. What somebody typed is never kept: people
type their password into the wrong field.
"""

from allauth.account import signals as allauth_signals
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import get_user_model, signals

from tumorboard.accounts import signals as account_signals
from tumorboard.audit import trail
from tumorboard.signed_in import signals as session_signals


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


def timed_out(request, user, why, **_) -> None:
    _record("sign_in.timed_out", actor=user, person=user, request=request, why=why)


def ended_elsewhere(user, by, count, **_) -> None:
    _record("sign_in.ended_elsewhere", actor=by, person=user, sessions=count)


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


# -- second factors ---------------------------------------------------------------------------------------


def factor_added(request, user, authenticator, **_) -> None:
    _record("second_factor.added", actor=user, person=user, request=request, kind=authenticator.type)


def factor_renewed(request, user, authenticator, **_) -> None:
    _record("second_factor.renewed", actor=user, person=user, request=request, kind=authenticator.type)


def factor_removed(request, user, authenticator, **_) -> None:
    _record("second_factor.removed", actor=user, person=user, request=request, kind=authenticator.type)


def factor_used(request, user, authenticator, **_) -> None:
    _record("second_factor.used", actor=user, person=user, request=request, kind=authenticator.type)


def factor_failed(request, user, authenticator, **_) -> None:
    """Whoever tried knew the password; who it was, nobody knows."""
    _record("second_factor.failed", actor=None, person=user, request=request, kind=authenticator.type)


def factors_removed(user, by, reason, **_) -> None:
    _record("second_factor.removed_by_administrator", actor=by, person=user, reason=reason)


def sign_on_refused(request, **_) -> None:
    _record("sign_on.refused", actor=None, person=None, request=request)


RECEIVERS = [
    (signals.user_logged_in, signed_in),
    (signals.user_logged_out, signed_out),
    (session_signals.timed_out, timed_out),
    (session_signals.ended_elsewhere, ended_elsewhere),
    (signals.user_login_failed, failed),
    (account_signals.sign_in_locked, locked),
    (allauth_signals.authentication_step_completed, confirmed),
    (account_signals.reset_requested, reset_requested),
    (allauth_signals.password_reset, password_reset),
    (allauth_signals.password_changed, password_changed),
    (account_signals.person_changed, person_changed),
    (mfa_signals.authenticator_added, factor_added),
    (mfa_signals.authenticator_reset, factor_renewed),
    (mfa_signals.authenticator_removed, factor_removed),
    (mfa_signals.authenticator_used, factor_used),
    (mfa_signals.authentication_failed, factor_failed),
    (account_signals.factors_removed, factors_removed),
    (account_signals.sign_on_refused, sign_on_refused),
]


def connect() -> None:
    for signal, receiver in RECEIVERS:
        signal.connect(receiver, dispatch_uid=f"sign_in_audit.{receiver.__name__}")
