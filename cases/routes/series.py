"""Which addresses have series of meetings?"""

from django.urls import path

from cases.views import series as views

urlpatterns = [
    path("series/", views.all_of_them, name="all-series"),
    path("series/new/", views.new, name="new-series"),
    path("series/dates/", views.dates, name="series-dates"),
    path("series/<uuid:pk>/", views.series, name="series"),
    path("series/<uuid:pk>/change/", views.change, name="change-series"),
    path("series/<uuid:pk>/dates/", views.dates_then, name="changed-dates"),
    path("series/<uuid:pk>/leave-out/", views.leave_out, name="leave-out-day"),
    path("series/<uuid:pk>/take-in/", views.take_in, name="take-in-day"),
    path("series/<uuid:pk>/end/", views.end, name="end-series"),
]
