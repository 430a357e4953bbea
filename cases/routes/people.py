"""Which addresses has what people say of themselves: when they are away, and how they are written to?"""

from django.urls import path

from cases.views import absences

urlpatterns = [
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:pk>/withdraw/", absences.withdraw, name="withdraw-absence"),
]
