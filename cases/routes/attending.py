"""Which addresses has the room: who comes, goes, stands in for somebody or is a guest?"""

from django.urls import path

from cases.views import attending as views
from cases.views.check_in import check_in

urlpatterns = [
    path("check-in/", check_in, name="check-in"),
    path("meetings/<uuid:pk>/attendance/", views.attendance, name="attendance"),
    path("meetings/<uuid:pk>/join/", views.join, name="join"),
    path("meetings/<uuid:pk>/leave/", views.leave, name="leave"),
    path("meetings/<uuid:pk>/deputy/", views.deputy, name="deputy"),
    path("agenda-items/<uuid:pk>/guest/", views.admit_guest, name="admit-guest"),
    path("guests/<uuid:pk>/leave/", views.guest_leaves, name="guest-leaves"),
]
