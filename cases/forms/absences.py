"""What is typed about days away?"""

from django import forms
from django.contrib.auth import get_user_model

from cases.forms._base import DayInput, PlainForm, in_living_memory

User = get_user_model()


class AbsenceForm(PlainForm):
    """`people`: for whom one may say it; without them it is one's own."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who is away", empty_label=None)
    first_day = forms.DateField(
        label="First day away", widget=DayInput, error_messages={"required": "Give the first day away."}
    )
    last_day = forms.DateField(
        label="Last day away", widget=DayInput, error_messages={"required": "Give the last day away."}
    )
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label="Who stands in",
        empty_label="Nobody",
        required=False,
        help_text="Somebody of the same discipline on the same board. They are told, and are sent what is "
        "asked meanwhile.",
    )

    def __init__(self, *args, me, people, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        self.me = me
        for name in ("first_day", "last_day"):
            self.fields[name].validators = [in_living_memory]  # an absence is to come
        if people is None:
            del self.fields["user"]
        else:
            self.fields["user"].queryset = people
            self.fields["user"].initial = me
        self.fields["deputy"].queryset = deputies

    def clean(self):
        cleaned = super().clean()
        if "user" not in self.fields:
            cleaned["user"] = self.me
        return cleaned
