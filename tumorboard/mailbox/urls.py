"""Which page shows the caught mail?"""

from django.urls import path

from . import views

app_name = "mailbox"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/<int:number>/", views.enclosure, name="enclosure"),
]
