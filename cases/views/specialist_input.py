"""How does a discipline see what it is asked, and answer?"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cases.models import SpecialistInput


def page(request, pk):
    get_object_or_404(SpecialistInput.objects.visible_to(request.user), pk=pk)
    return HttpResponse("")
