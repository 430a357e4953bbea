"""Which codes stand behind the words?"""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.domain.codes import SYSTEMS, listing
from cases.queries.codes import book


@require_safe
def codes(request):
    context = {
        "groups": book(),
        "systems": SYSTEMS.values(),
        "without": listing.without_codes(),
        "profiles": listing.profiles(),
    }
    return render(request, "codes/list.html", context)
