"""How does a person read all laboratory values of a case?"""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cases import permissions
from cases.domain.lab_units import System
from cases.models import Case
from cases.permissions import Permission
from cases.queries.lab_page import lab_page
from cases.views._looking import looked_at


@require_GET
def labs(request, pk):
    """The units are the reader's choice and change nothing but what is shown."""
    visible = Case.objects.visible_to(request.user).select_related("board", "patient")
    case = get_object_or_404(visible, pk=pk)
    said = request.GET.get("units", "")
    system = System(said) if said in set(System) else System.AS_RECORDED
    looked_at(request, case)
    context = {
        "case": case,
        "lines": lab_page(case, system=system),
        "system": system,
        "systems": list(System),
        "may_record": permissions.may(request.user, Permission.RECORD_FACTS, board=case.board),
    }
    return render(request, "case/labs.html", context)
