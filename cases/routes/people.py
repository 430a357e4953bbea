"""Which addresses has what people say of themselves: when they are away, and how they are written to?"""

from django.urls import path

from cases.views import absences, mail_settings, replying

urlpatterns = [
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:pk>/withdraw/", absences.withdraw, name="withdraw-absence"),
    path("settings/mail/", mail_settings.mail_settings, name="mail-settings"),
    path("settings/mail/renew/", mail_settings.renew_feed, name="renew-feed"),
    path("reply/<signed:token>/", replying.reply_by_link, name="reply"),
    path("meetings/<uuid:pk>/people/", replying.people, name="people"),
    path("meetings/<uuid:pk>/people/found/", replying.people_found, name="people-found"),
    path("meetings/<uuid:pk>/reply/", replying.reply, name="reply-meeting"),
    path("meetings/<uuid:pk>/reply-for/", replying.reply_for, name="reply-for"),
]
