"""Which facts of the case itself does a discipline tell in its form?"""

from cases.forms.disease import LiverForm, WishForm


class _Once:
    """A fact is said anew only where the person changes it; the day alone says nothing."""

    def has_changed(self) -> bool:
        days = {name for name in self.fields if name.endswith("_on")}
        return bool(set(self.changed_data) - days)


class LiverFact(_Once, LiverForm):
    pass


class WishFact(_Once, WishForm):
    pass
