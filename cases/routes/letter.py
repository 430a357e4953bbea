"""Which address belongs to letters?"""

from django.urls import path

from cases.views import letter as views

urlpatterns = [
    path("letters/<uuid:pk>/", views.letter, name="letter"),
    path("letters/<uuid:pk>/approve/", views.approve, name="approve-letter"),
    path("letters/<uuid:pk>/send/", views.send, name="send-letter"),
    path("letters/<uuid:pk>/pdf/", views.as_pdf, name="letter-pdf"),
]
