"""Which addresses do probes ask, and which an administrator?"""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.page, name="health"),
    path("live", views.live, name="health_live"),
    path("ready", views.ready, name="health_ready"),
]
