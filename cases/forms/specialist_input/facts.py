"""Which facts of the case itself does a discipline tell in its form?"""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from cases.forms.disease import LiverForm, WishForm
from cases.forms.specialist_input._base import compact, together


class _Once(forms.Form):
    """A fact is said anew only where the person changes it; the day alone says nothing.

    `seen` is the fact that was on the page: what somebody recorded since is not overwritten unread.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    cards: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("seen", *self.cards)

    @property
    def recorded(self) -> str:
        """By whom and of which day the fact is that stands now."""
        return self.initial.get("recorded", "")

    def has_changed(self) -> bool:
        said_nothing = {name for name in self.fields if name.endswith("_on")} | {"seen"}
        return bool(set(self.changed_data) - said_nothing)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen, stands = cleaned.pop("seen", ""), self.initial.get("seen", "")
        if self.add_prefix("seen") in self.data and seen != stands and self.has_changed():
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = stands
            raise forms.ValidationError(
                f"This was recorded {self.recorded} while you had the page open: see what others recorded."
                " What stands here counts if you sign again."
            )
        return cleaned


class LiverFact(_Once, LiverForm):
    cards = (
        together("cirrhosis", "liver_function"),
        "aetiologies",
        together("ascites", "encephalopathy"),
        compact("portal_hypertension", "varices", "splenomegaly", "portal_vein_thrombosis"),
        together("dialysis_twice_in_week", "assessed_on"),
    )


class WishFact(_Once, WishForm):
    cards = ("words", together("told_to", "told_on"))
