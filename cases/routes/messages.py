"""Which addresses has the post of a board?"""

from django.urls import path

from cases.views import messages as views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/<uuid:pk>/resend/", views.resend, name="resend-message"),
    path("messages/<uuid:pk>/close/", views.close, name="close-message"),
]
