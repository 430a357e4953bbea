"""Which addresses have the pages from which a coordinator chases?"""

from django.urls import path

from cases.views import chase as views

urlpatterns = [
    path("chase/", views.chase, name="chase"),
    path("chase/send/", views.send, name="chase-send"),
    path("chase/mail/<int:board>/<int:person>/", views.mail, name="chase-mail"),
    path("chase/inputs/<uuid:pk>/note/", views.note, name="chase-note"),
]
