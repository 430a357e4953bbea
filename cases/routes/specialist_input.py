"""Which page answers for a discipline's input?"""

from django.urls import path

from cases.views import addendum, scores, suitability
from cases.views import specialist_input as views

INPUT = "inputs/<uuid:pk>"

urlpatterns = [
    path(f"{INPUT}/", views.page, name="input"),
    path(f"{INPUT}/sign/", views.sign, name="sign-input"),
    path(f"{INPUT}/amend/", views.amend, name="amend-input"),
    path(f"{INPUT}/give-up/", views.give_up, name="give-up-amendment"),
    path(f"{INPUT}/not-needed/", views.not_needed, name="not-needed-input"),
    path(f"{INPUT}/ask/", views.ask, name="ask-input"),
    path(f"{INPUT}/scores/", scores.as_typed, name="input-scores"),
    path(f"{INPUT}/cautions/", suitability.cautions, name="input-cautions"),
    path(f"{INPUT}/addendum/", addendum.ask, name="ask-addendum"),
    path("addenda/<uuid:pk>/", addendum.page, name="addendum"),
    path(f"{INPUT}/derived/", views.derived, name="input-derived"),
]
