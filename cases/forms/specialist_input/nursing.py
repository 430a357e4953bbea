"""What is the clinical nurse specialist asked?"""

from cases.forms.specialist_input._base import Card, DetailsForm, as_asked
from cases.models import NursingInput

FIELDS = tuple(f.name for f in NursingInput._meta.concrete_fields if not f.primary_key)


class NursingForm(DetailsForm):
    cards = (Card("Judgement", *FIELDS),)

    class Meta:
        model = NursingInput
        formfield_callback = as_asked
        fields = FIELDS
