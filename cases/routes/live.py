"""Where do open screens hear what has changed?"""

from django.urls import path

from cases.views import live as views

urlpatterns = [path("meetings/<uuid:pk>/live/", views.live_meeting, name="live-meeting")]
