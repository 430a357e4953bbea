"""What is typed about who is there: a code from the wall, a deputy, a guest?"""

from django import forms
from django.contrib.auth import get_user_model

from cases.domain.check_in import LENGTH
from cases.forms._base import PlainForm
from cases.forms._person import PersonField
from cases.vocabulary import Specialty

User = get_user_model()


class CodeForm(PlainForm):
    code = forms.CharField(
        label="Code on the wall",
        help_text=f"{LENGTH} letters and digits. Capitals and blanks do not matter.",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the code that stands on the wall."},
    )


class DeputyForm(PlainForm):
    """`user` is somebody of the board; `email` finds somebody else with an account."""

    deputy_for = forms.ModelChoiceField(
        User.objects.none(),
        label="In the place of",
        empty_label="Choose",
        error_messages={"required": "Choose who is absent."},
    )
    user = forms.ModelChoiceField(
        User.objects.none(), label="Who has come", empty_label="Choose", required=False
    )
    email = forms.EmailField(
        label="Or somebody not on the list, by e-mail address",
        required=False,
        error_messages={"invalid": "Give the e-mail address of an account, such as a.lowe@example.org."},
    )

    def __init__(self, *args, absent, coming, me=None, address="", **kwargs):
        """`me`: whoever speaks for themselves alone. `address`: what suggests people, where they are many."""
        super().__init__(*args, prefix="deputy", **kwargs)
        self.is_searched = bool(address)
        if address:
            for name, people in (("deputy_for", absent), ("user", coming)):
                self.fields[name] = PersonField.instead_of(self.fields[name], people=people, address=address)
        self.fields["deputy_for"].queryset = absent
        self.me = me
        if me:
            del self.fields["user"], self.fields["email"]
        else:
            self.fields["user"].queryset = coming

    def clean(self):
        cleaned = super().clean()
        if self.me:
            cleaned["user"] = self.me
            return cleaned
        email = cleaned.pop("email", "")
        if email and not cleaned.get("user"):
            cleaned["user"] = User.objects.active().filter(email__iexact=email).first()
            if cleaned["user"] is None:
                self.add_error("email", "Nobody with this address has an account. Record a guest instead.")
        elif not email and not cleaned.get("user") and "email" not in self.errors:
            self.add_error("user", "Choose who has come, or give their e-mail address.")
        return cleaned


class GuestForm(PlainForm):
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Give the guest’s name."}
    )
    comes_as = forms.CharField(
        label="Comes as", help_text="Such as: general practitioner.", max_length=120, required=False
    )
    specialty = forms.ChoiceField(
        label="Speaks for",
        choices=[("", "No discipline"), *Specialty.choices],
        required=False,
    )
    email = forms.EmailField(
        label="E-mail address of their account, if they have one",
        help_text="They may then read this case, and only this one, until they leave.",
        required=False,
        error_messages={"invalid": "Give the e-mail address of an account, such as a.lowe@example.org."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="guest", **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self):
        cleaned = super().clean()
        if email := cleaned.pop("email", ""):
            cleaned["account"] = User.objects.active().filter(email__iexact=email).first()
            if cleaned["account"] is None:
                self.add_error("email", "Nobody with this address has an account. Leave it empty.")
        return cleaned
