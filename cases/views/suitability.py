"""Which cautions stand beside the interventional radiologist's form, as it is typed?"""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from cases.domain.suitability import Caution
from cases.forms.specialist_input import InputForms
from cases.models import SpecialistInput
from cases.queries.input_stands import stands
from cases.queries.recorded import Recorded, recorded_of
from cases.queries.suitability import cautions_for
from cases.vocabulary import Specialty


@require_POST
def cautions(request, pk):
    """From what is typed now. Nothing is kept."""
    visible = SpecialistInput.objects.visible_to(request.user)
    asked = get_object_or_404(visible.select_related("case__board"), pk=pk)
    found = recorded_of(asked.case)
    stand = stands(asked, found=found)
    forms = InputForms(request.POST, specialty=asked.specialty, stands=stand, quiet=True)
    context = {"cautions": cautions_of(asked, forms, found=found), "input": asked}
    return render(request, "specialist_input/cautions.html", context)


def cautions_of(asked: SpecialistInput, forms: InputForms | None, *, found: Recorded) -> tuple[Caution, ...]:
    if forms is None or asked.specialty != Specialty.INTERVENTIONAL:
        return ()
    lesions = [row.said_now for row in forms.rows["accesses"]]
    return cautions_for(found, said=forms.details.said_now, lesions=lesions)
