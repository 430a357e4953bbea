"""What is computed from a discipline's form as it stands: typed, drafted or saved?"""

from datetime import date

from django.http import QueryDict

from cases.forms.specialist_input import InputForms
from cases.models import SpecialistInput
from cases.queries.computed import Computed, computed
from cases.queries.recorded import Recorded


def from_form(asked: SpecialistInput, forms: InputForms, *, found: Recorded, day: date) -> Computed:
    """The forms that people see are not judged again; what is typed is read by a copy of them."""
    data = forms.details.data if forms.details.is_bound else None
    return from_data(asked, data, stands=forms.stands, found=found, day=day)


def from_data(
    asked: SpecialistInput, data: QueryDict | None, *, stands: dict, found: Recorded, day: date
) -> Computed:
    """Of what is typed only what is valid counts."""
    if data is None:
        return computed(asked, stands["details"] | stands["rows"], facts={}, found=found, day=day)
    forms = InputForms(data, specialty=asked.specialty, stands=stands)
    forms.check()
    return computed(asked, forms.typed_details, facts=forms.typed_facts, found=found, day=day)
