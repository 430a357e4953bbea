"""Which page answers for an import?"""

from django.urls import path

from cases.views import intake as views

RUN = "imports/<uuid:pk>"

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path(f"{RUN}/", views.run, name="import-run"),
    path(f"{RUN}/columns/", views.columns, name="import-columns"),
    path(f"{RUN}/answer/", views.answer, name="import-answer"),
    path(f"{RUN}/start/", views.start, name="import-start"),
    path(f"{RUN}/discard/", views.discard, name="import-discard"),
]
