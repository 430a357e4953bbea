"""What is typed to bring a meeting onto the screen of a room, and to go on there?"""

from django import forms

from cases.forms._base import PlainForm


def _pin(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Type the PIN."},
    )


class NewRoomForm(PlainForm):
    pin = _pin("PIN for this screen", "4 to 8 digits. Whoever goes on after a pause types it in the room.")


class RoomCodeForm(PlainForm):
    code = forms.CharField(
        label="Code",
        help_text="Whoever runs the meeting has it on their own screen.",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-room-code": "",
            }
        ),
        error_messages={"required": "Type the code."},
    )


class ResumeForm(PlainForm):
    pin = _pin("PIN")
