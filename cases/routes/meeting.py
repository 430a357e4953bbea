"""Which addresses has a meeting?"""

from django.urls import path, register_converter

from cases.views import calendar_feed, hold, hold_steps, moving
from cases.views import meeting as views


class Secret:
    """What only we can have made: of a person's number and a count, signed."""

    regex = r"[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Secret, "secret")

urlpatterns = [
    path("calendar/<secret:token>.ics", calendar_feed.calendar_feed, name="calendar-feed"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", views.schedule, name="schedule-meeting"),
    path("meetings/<uuid:pk>/", views.meeting, name="meeting"),
    path("meetings/<uuid:pk>/list/", views.list_case, name="list-case"),
    path("meetings/<uuid:pk>/publish/", views.publish, name="publish-agenda"),
    path("meetings/<uuid:pk>/agenda.pdf", views.agenda_pdf, name="agenda-pdf"),
    path("meetings/<uuid:pk>/cancel/", moving.cancel, name="cancel-meeting"),
    path("meetings/<uuid:pk>/move/", moving.move, name="move-meeting"),
    path("meetings/<uuid:pk>/move/look/", moving.look, name="look-at-move"),
    path("meetings/<uuid:pk>/merge/", moving.merge, name="merge-meeting"),
    path("agenda-items/<uuid:pk>/plan/", views.plan_item, name="plan-item"),
    path("agenda-items/<uuid:pk>/move/", views.move_item, name="move-item"),
    path("agenda-items/<uuid:pk>/take-off/", views.take_off_item, name="take-off-item"),
    path("meetings/<uuid:pk>/hold/", hold.hold, name="hold-meeting"),
    path("meetings/<uuid:pk>/hold/<slug:part>/", hold.part, name="hold-part"),
    path("meetings/<uuid:pk>/open/", hold_steps.open_meeting, name="open-meeting"),
    path("meetings/<uuid:pk>/close/", hold_steps.close_meeting, name="close-meeting"),
    path("agenda-items/<uuid:pk>/open/", hold_steps.open_case, name="open-case"),
    path("agenda-items/<uuid:pk>/discussion/", hold_steps.record_discussion, name="record-discussion"),
    path("agenda-items/<uuid:pk>/said/", hold_steps.save_discussion, name="save-discussion"),
    path("agenda-items/<uuid:pk>/defer/", hold_steps.defer, name="defer-case"),
]
