"""What does a person type to sign in, or to change a password?"""

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper


class _Plain:
    """allauth's fields with plain labels and no placeholders: those vanish while one types."""

    labels: dict[str, str] = {}
    without_help: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if name in self.without_help:
                field.help_text = ""
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template writes both


class SignInForm(_Plain, allauth_forms.LoginForm):
    labels = {"login": "E-mail", "password": "Password"}
    without_help = ("password",)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ForgottenPasswordForm(_Plain, allauth_forms.ResetPasswordForm):
    labels = {"email": "E-mail"}


class NewPasswordForm(_Plain, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password, once more"}


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):
    labels = {
        "oldpassword": "Present password",
        "password1": "New password",
        "password2": "New password, once more",
    }
    without_help = ("oldpassword",)


class ConfirmForm(_Plain, allauth_forms.ReauthenticateForm):
    labels = {"password": "Your password"}
    without_help = ("password",)
