"""What is computed from a discipline's form as it stands: typed, drafted or saved?"""

from django.http import QueryDict
from django.utils import timezone

from cases.forms.specialist_input import InputForms
from cases.models import SpecialistInput
from cases.queries.computed import Computed, computed


def from_form(asked: SpecialistInput, forms: InputForms) -> Computed:
    """The forms that people see are not judged again; what is typed is read by a copy of them."""
    data = forms.details.data if forms.details.is_bound else None
    return from_data(asked, data, stands=forms.stands)


def from_data(asked: SpecialistInput, data: QueryDict | None, *, stands: dict) -> Computed:
    """Of what is typed only what is valid counts."""
    now = timezone.now()
    if data is None:
        return computed(asked, stands["details"] | stands["rows"], facts={}, now=now)
    forms = InputForms(data, specialty=asked.specialty, stands=stands)
    forms.check()
    return computed(asked, forms.typed_details, facts=forms.typed_facts, now=now)
