"""Which addresses have the pages that explain scores?"""

from django.urls import path

from cases.views import scores as views

urlpatterns = [
    path("scores/", views.registry, name="scores"),
    path("cases/<uuid:pk>/scores/<slug:score_id>/", views.score, name="score"),
]
