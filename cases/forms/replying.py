"""What does somebody answer who was asked whether they come?"""

from django import forms
from django.contrib.auth import get_user_model

from cases.forms._base import PlainForm
from cases.forms._person import PersonField
from cases.queries.replies import Searched
from cases.vocabulary import Reply

User = get_user_model()


class ReplyForm(PlainForm):
    """`deputies`: who may come instead, each with what they speak for."""

    reply = forms.ChoiceField(
        label="Do you come?",
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )
    deputy = forms.ModelChoiceField(User.objects.none(), label="Who comes instead", required=False)
    note = forms.CharField(
        label="Note",
        help_text="Such as: from half past nine. Name no patient.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self, "deputy", deputies)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reply") == Reply.DEPUTY and not cleaned.get("deputy") and "deputy" not in self.errors:
            self.add_error("deputy", "Choose who comes instead.")
        return cleaned


class ReplyForOtherForm(ReplyForm):
    """Said by telephone, and entered by whoever coordinates."""

    user = forms.ModelChoiceField(
        User.objects.none(), label="Who said so", error_messages={"required": "Choose who said so."}
    )
    field_order = ["user", "reply", "deputy", "note"]

    def __init__(self, *args, people, deputies, **kwargs):
        super().__init__(*args, prefix="other", deputies=deputies, **kwargs)
        self.fields["reply"].label = "What they said"
        _offer(self, "user", people)


def _offer(form: forms.Form, name: str, people) -> None:
    """In the order given, which is not by name alone: whoever fits best stands first."""
    field = form.fields[name]
    if isinstance(people, Searched):
        found = {"people": people.people, "address": people.address}
        form.fields[name] = PersonField.instead_of(field, **found)
        return
    field.queryset = User.objects.filter(pk__in=[user.pk for user, _ in people])
    field.choices = [("", "Choose"), *((user.pk, f"{user.display_name}, {what}") for user, what in people)]


class LinkReplyForm(PlainForm):
    """From the e-mail: who comes instead is named after signing in."""

    reply = forms.ChoiceField(
        choices=[(code, words) for code, words in Reply.choices if code != Reply.DEPUTY],
        error_messages={"required": "Choose an answer.", "invalid_choice": "Choose one of the answers."},
    )
