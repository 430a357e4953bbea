"""Who is meant by a name that was typed? For boards too large for a list to choose from."""

from django import forms
from django.core.exceptions import ValidationError

from cases.queries.sitting import called

SHOWN = "people-found"  # the list of suggestions of a page; `meeting/people_found.html` fills it


class PersonField(forms.CharField):
    """`people`: who may be meant. `address`: what suggests them while one types."""

    def __init__(self, *, people, address: str, **kwargs):
        super().__init__(max_length=254, **kwargs)
        self.people = people
        self.help_text = "Type a name and choose, or type the e-mail address."
        self.widget.attrs.update(
            {
                "list": SHOWN,
                "autocomplete": "off",
                "hx-get": address,
                "hx-trigger": "input changed delay:250ms",
                "hx-target": f"#{SHOWN}",
                "hx-swap": "innerHTML",
            }
        )

    @classmethod
    def instead_of(cls, field: forms.Field, *, people, address: str) -> "PersonField":
        """Of a list to choose from."""
        kept = {"label": field.label, "required": field.required, "error_messages": field.error_messages}
        return cls(people=people, address=address, **kept)

    def prepare_value(self, value):
        """A person kept before is shown by address."""
        if isinstance(value, int):
            return self.people.filter(pk=value).values_list("email", flat=True).first() or ""
        return value

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        if by_address := self.people.filter(email__iexact=typed).first():
            return by_address
        found = list(called(self.people, typed)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(
            "Several people are called so. Choose one, or type the e-mail address."
            if found
            else "Nobody who may be meant is called so. Check the name, or type the e-mail address."
        )
