"""How does an administrator end what is open in somebody's name?"""

from allauth.usersessions.models import UserSession
from django.contrib import admin

from .ending import end_sessions

# Deleting one of its rows would end nothing; sessions are ended from the list of people.
if admin.site.is_registered(UserSession):
    admin.site.unregister(UserSession)


@admin.action(description="End all sessions", permissions=["change"])
def end_all_sessions(modeladmin, request, queryset) -> None:
    if not request.user.is_superuser:
        queryset = queryset.filter(is_superuser=False)
    ended = 0
    for person in queryset:
        mine = request.session.session_key if person == request.user else None
        count = end_sessions(person, by=request.user, but=mine)
        modeladmin.log_change(request, person, f"{count} sessions ended.")
        ended += count
    modeladmin.message_user(request, f"{ended} sessions ended.")
