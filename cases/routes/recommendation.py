"""Which address belongs to deciding?"""

from django.urls import path

from cases.views import recommendation as views

urlpatterns = [
    path("agenda-items/<uuid:pk>/decision/", views.make_decision, name="make-decision"),
    path("agenda-items/<uuid:pk>/decision/read-back/", views.read_back, name="decision-read-back"),
    path("decisions/<uuid:pk>/", views.decision, name="decision"),
    path("decisions/<uuid:pk>/sign/", views.sign_decision, name="sign-decision"),
    path("decisions/<uuid:pk>/amend/", views.amend_decision, name="amend-decision"),
]
