"""Which address belongs to following up?"""

from django.urls import path

from cases.views import follow_up as views

urlpatterns = [
    path("actions/", views.actions, name="actions"),
    path("actions/<uuid:pk>/report/", views.report, name="report-action"),
]
