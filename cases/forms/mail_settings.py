"""What does somebody choose about their e-mail and their calendar?"""

from django import forms

from cases.forms._base import PlainForm
from cases.vocabulary import CalendarChoice, MailChoice


class MailSettingsForm(PlainForm):
    mail = forms.ChoiceField(
        label="E-mail",
        choices=MailChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when you want to be written to."},
    )
    calendar = forms.ChoiceField(
        label="Meetings in my calendar",
        choices=CalendarChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how meetings come into your calendar."},
    )
