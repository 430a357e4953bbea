"""What is the transplant surgeon or hepatologist asked?"""

from cases.forms.specialist_input._base import Card, DetailsForm, as_asked
from cases.models import TransplantInput

FIELDS = tuple(f.name for f in TransplantInput._meta.concrete_fields if not f.primary_key)


class TransplantForm(DetailsForm):
    cards = (Card("Judgement", *FIELDS),)

    class Meta:
        model = TransplantInput
        formfield_callback = as_asked
        fields = FIELDS
