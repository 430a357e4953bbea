"""Which address belongs to following up?"""

from django.urls import path, register_converter

from cases.views import answering
from cases.views import follow_up as views


class Signed:
    """What only we can have made: no free text, and nobody's name."""

    regex = r"[A-Za-z0-9_:.\-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Signed, "signed")

urlpatterns = [
    path("actions/", views.actions, name="actions"),
    path("actions/<uuid:pk>/report/", views.report, name="report-action"),
    path("matters/<uuid:pk>/settle/", views.settle, name="settle-matter"),
    path("answer/<signed:token>/", answering.answer, name="answer-action"),
]
