"""Which addresses has what is open in somebody's name?"""

from django.urls import path

from . import views

urlpatterns = [
    path("sessions/", views.my_sessions, name="my-sessions"),
    path("sessions/<int:pk>/end/", views.end_one, name="end-session"),
    path("sessions/end-others/", views.end_others, name="end-other-sessions"),
    path("session/", views.state, name="session-state"),
    path("session/stay/", views.stay, name="stay-signed-in"),
    path("session/back/", views.back, name="signed-in-again"),
]
