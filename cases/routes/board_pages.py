"""Which addresses have the pages on which a board looks at its cases?"""

from django.urls import path

from cases.views import board_pages as views

urlpatterns = [
    path("", views.today, name="today"),
    path("cases/", views.worklist, name="worklist"),
    path("cases/search/", views.search, name="search"),
    path("cases/<uuid:pk>/", views.case, name="case"),
    path("cases/<uuid:pk>/history/", views.history, name="history"),
]
