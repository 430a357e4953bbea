"""What is the radiation oncologist asked?"""

from cases.forms.specialist_input._base import Card, DetailsForm, as_asked
from cases.models import RadiationInput

FIELDS = tuple(f.name for f in RadiationInput._meta.concrete_fields if not f.primary_key)


class RadiationForm(DetailsForm):
    cards = (Card("Judgement", *FIELDS),)

    class Meta:
        model = RadiationInput
        formfield_callback = as_asked
        fields = FIELDS
