"""Which addresses has the question to an absent discipline?"""

from django.urls import path, register_converter

from cases.views import ratification as views


class Sealed:
    """Letters, digits and what stands between them in something signed; never free text."""

    regex = r"[A-Za-z0-9_:=.-]{20,300}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sealed, "sealed")

urlpatterns = [
    path("ratifications/<uuid:pk>/", views.ratification, name="ratification"),
    path("ratify/<sealed:token>/", views.ratify, name="ratify"),
]
