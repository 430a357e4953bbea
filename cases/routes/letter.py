"""Which address belongs to letters and to the minutes of a meeting?"""

from django.urls import path

from cases.views import letter as views
from cases.views import letter_paper as paper
from cases.views import minutes

urlpatterns = [
    path("letters/<uuid:pk>/", views.letter, name="letter"),
    path("letters/<uuid:pk>/edit/", views.edit, name="edit-letter"),
    path("letters/<uuid:pk>/check/", views.check, name="check-letter"),
    path("letters/<uuid:pk>/renew/", views.renew, name="renew-letter"),
    path("letters/<uuid:pk>/again/", views.again, name="letter-again"),
    path("letters/<uuid:pk>/approve/", views.approve, name="approve-letter"),
    path("letters/<uuid:pk>/send/", views.send, name="send-letter"),
    path("letters/<uuid:pk>/left/", views.left, name="letter-left"),
    path("letters/<uuid:pk>/pdf/", paper.letter_pdf, name="letter-pdf"),
    path("decisions/<uuid:pk>/letter-to-gp/", views.to_gp, name="letter-to-gp"),
    path("meetings/<uuid:pk>/minutes.pdf", minutes.minutes_pdf, name="minutes-pdf"),
]
