"""Where are the codes listed?"""

from django.urls import path

from cases.views import codes as views

urlpatterns = [path("codes/", views.codes, name="codes")]
