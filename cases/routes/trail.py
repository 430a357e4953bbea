"""Which addresses show the trail to those who answer for privacy?"""

from django.urls import path

from cases.views import trail as views

urlpatterns = [
    path("trail/", views.trail, name="trail"),
    path("trail/find/", views.find, name="trail-find"),
    path("trail/export/", views.export, name="trail-export"),
    path("trail/patients/<uuid:pk>/", views.patient, name="trail-patient"),
    path("trail/patients/<uuid:pk>/export/", views.export, name="trail-patient-export"),
    path("trail/patients/<uuid:pk>/who/", views.who_looked, name="trail-who-looked"),
    path("trail/unusual/", views.unusual, name="trail-unusual"),
    path("trail/unusual/<uuid:pk>/", views.look_at, name="trail-look-at"),
]
