"""Which address belongs to the post of a board?"""

from django.urls import path

from cases.views import messages as views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/kinds/", views.kinds, name="message-kinds"),
    path("messages/kinds/html/", views.kind_html, name="message-kind-html"),
    path("messages/<uuid:pk>/", views.message, name="message"),
    path("messages/<uuid:pk>/html/", views.message_html, name="message-html"),
    path("messages/<uuid:pk>/resend/", views.resend, name="resend-message"),
    path("messages/<uuid:pk>/close/", views.close, name="close-message"),
]
