"""What does a coordinator type about a message that did not arrive?"""

from django import forms


class CloseMessageForm(forms.Form):
    reason = forms.CharField(
        max_length=200,
        label="How were they told?",
        error_messages={"required": "Say how the person was told, such as: by phone on 22-Nov."},
    )
