"""Who must prove more than a password, who has something to prove it with, and how are the proofs kept?"""

from io import BytesIO

import qrcode  # type: ignore[import-untyped]
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from tumorboard import field_keys

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# In the session of somebody whose provider asked for a second factor, and said so.
PROVIDER_ASKED = "provider_asked_for_second_factor"


# -- who must ---------------------------------------------------------------------------------------------


def is_required(request) -> bool:
    if not settings.SECOND_FACTOR_ENFORCED:
        return False
    if request.user.is_staff and settings.ADMINISTRATORS_NEED_SECOND_FACTOR:
        return True
    rule = settings.SECOND_FACTOR_RULE
    return bool(rule) and import_string(rule)(request)


def is_owed(request) -> bool:
    """Required, and neither set up here nor asked for by the provider that the person came from."""
    if not is_required(request) or request.session.get(PROVIDER_ASKED):
        return False
    return not proofs_of(request.user).exists()


def proofs_of(user):
    return Authenticator.objects.filter(user_id=user.pk, type__in=PROOFS)


def may_lose(request, authenticator) -> bool:
    """The last one stays as long as it is required: another is set up first."""
    others = proofs_of(authenticator.user).exclude(pk=authenticator.pk)
    return not is_required(request) or others.exists()


# -- at sign-in -------------------------------------------------------------------------------------------


class SecondStep(AuthenticateStage):
    def _should_handle(self, request) -> bool:
        return not provider_asked(self.login.signal_kwargs) and super()._should_handle(request)


def provider_asked(signal_kwargs) -> bool:
    login = (signal_kwargs or {}).get("sociallogin")
    return bool(login and login.state.get(PROVIDER_ASKED))


# -- codes ------------------------------------------------------------------------------------------------


@transaction.atomic
def take_step(authenticator: Authenticator, code: str) -> bool:
    """A code of the app counts once, and no code counts that is older than one that did.

    allauth forgets a used code after 30 seconds; with a step either way it would count for 90.
    """
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = _step_of(decrypt(kept.data["secret"]), code)
    if step is None or step <= kept.data.get("last_step", 0):
        return False
    kept.data["last_step"] = step
    kept.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    for step in totp.yield_hotp_counters_from_time():
        if totp.compare_user_code(
            actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step))
        ):
            return step
    return None


# -- how they are kept and called -------------------------------------------------------------------------


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not count. Take the one that the app shows now; each counts once.",
        "cannot_delete_authenticator": (
            "Your work here needs a second step at sign-in. Set up another one first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return field_keys.lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return field_keys.unlock(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """On white ground: cameras look for dark on light, in the dark too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_lose(context.request, authenticator)

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def _get_site_name(self) -> str:
        return "Tumorboard"
