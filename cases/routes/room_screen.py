"""Which addresses has the screen of a meeting room?"""

from django.urls import path

from cases.views import room_screen as views

urlpatterns = [
    path("room/", views.room_screen, name="room-screen"),
    path("room/resume/", views.resume, name="resume-room"),
    path("room/lock/", views.lock_here, name="lock-room-here"),
    path("room/leave/", views.leave_here, name="leave-room"),
    path("room/state/", views.room_state, name="room-state"),
    path("meetings/<uuid:pk>/room/", views.show_in_room, name="show-in-room"),
    path("rooms/<uuid:pk>/lock/", views.lock_room, name="lock-room"),
    path("rooms/<uuid:pk>/end/", views.end_room, name="end-room"),
]
