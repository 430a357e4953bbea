"""What does a person type to sign in, or to change a password?"""

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper


class Plain:
    """allauth's fields with plain labels and no placeholders: those vanish while one types."""

    fields: dict
    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template writes both


CHOOSING = "At least 12 characters. A short sentence that only you would think of is a good one."


class SignInForm(Plain, allauth_forms.LoginForm):
    labels = {"login": "E-mail", "password": "Password"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ForgottenPasswordForm(Plain, allauth_forms.ResetPasswordForm):
    labels = {"email": "E-mail"}


class NewPasswordForm(Plain, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password, once more"}
    hints = {"password1": CHOOSING}


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    labels = {
        "oldpassword": "Present password",
        "password1": "New password",
        "password2": "New password, once more",
    }
    hints = {"password1": CHOOSING}


class ConfirmForm(Plain, allauth_forms.ReauthenticateForm):
    labels = {"password": "Your password"}
