"""What does a person type to prove more than a password, or to set such a proof up?"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from .forms import Plain
from .second_factor import take_step

LOCKED = "too_many_login_attempts"
CODE = {"code": "Code"}
LONGEST_NAME = 60
FOR_CODES = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class _CodeOnce(Plain):
    """A code of the app, or a recovery code; each counts once."""

    authenticator: Authenticator
    labels = CODE
    hints = {"code": "Six digits from your authenticator app, or one of your recovery codes."}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= FOR_CODES

    def clean_code(self) -> str:
        try:
            code = super().clean_code()  # type: ignore[misc]  # of the form that it is mixed into
        except ValidationError as wrong:
            raise _said_of_codes(wrong) from wrong
        if self.authenticator.type == Authenticator.Type.TOTP and not take_step(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_CodeOnce, code_forms.AuthenticateForm):
    pass


class ConfirmByCodeForm(_CodeOnce, code_forms.ReauthenticateForm):
    pass


class SetUpAppForm(Plain, totp_forms.ActivateTOTPForm):
    labels = CODE
    hints = {"code": "Six digits: what the app shows now."}

    def __init__(self, *args, request, **kwargs) -> None:
        locked = request.session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= FOR_CODES
        # Sessions stand in the database too: there it is locked already while it is being set up.
        self.secret = decrypt(locked) if self.is_bound and locked else generate_totp_secret()
        request.session[SECRET_SESSION_KEY] = locked if self.is_bound and locked else encrypt(self.secret)

    def clean_code(self) -> str:
        try:
            return super().clean_code()
        except ValidationError as wrong:
            raise _said_of_codes(wrong) from wrong


def _said_of_codes(wrong: ValidationError) -> ValidationError:
    if getattr(wrong, "code", "") in (LOCKED, "rate_limited"):
        return ValidationError("Too many wrong codes. Wait five minutes, then try again.", code=LOCKED)
    return wrong


class RemoveAppForm(Plain, totp_forms.DeactivateTOTPForm):
    pass


class DeviceAnswer(forms.JSONField):
    """What a device says, sent by a script; what nobody can make sense of is a wrong answer."""

    UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)

    def __init__(self, kind: type[AuthenticationResponse] | type[RegistrationResponse]) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)
        self.kind = kind

    def to_python(self, value):
        try:
            said = super().to_python(value)
            if said is not None:
                self.kind.from_dict(said)
        except self.UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return said

    def bound_data(self, data, initial):
        return ""  # the device is asked again; what it said is not shown


class SecondStepByPasskeyForm(passkey_forms.AuthenticateWebAuthnForm):
    credential = DeviceAnswer(AuthenticationResponse)


class ConfirmByPasskeyForm(passkey_forms.ReauthenticateWebAuthnForm):
    credential = DeviceAnswer(AuthenticationResponse)


class SignInByPasskeyForm(passkey_forms.LoginWebAuthnForm):
    credential = DeviceAnswer(AuthenticationResponse)


class _Named(Plain):
    """Names of passkeys are a line of a list."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME))
        self.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME


class AddPasskeyForm(_Named, passkey_forms.AddWebAuthnForm):
    credential = DeviceAnswer(RegistrationResponse)
    labels = {"name": "What you call it", "passwordless": "Sign in with it alone, without my password"}
    hints = {
        "name": "Such as “Work phone” or “Blue key”.",
        "passwordless": "The device then asks for your finger, your face or its PIN each time.",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class NamePasskeyForm(_Named, passkey_forms.EditWebAuthnForm):
    labels = {"name": "What you call it"}
