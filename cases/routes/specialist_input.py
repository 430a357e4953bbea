"""Which page answers for a discipline's input?"""

from django.urls import path

from cases.views import specialist_input as views

urlpatterns = [
    path("inputs/<uuid:pk>/", views.page, name="input"),
]
