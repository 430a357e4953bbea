"""Which part of the machine answers which address?"""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("cases.urls")),
    path("accounts/", include("tumorboard.accounts.urls")),
    path("admin/", admin.site.urls),
    path("health/", include("tumorboard.health.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("mailbox/", include("tumorboard.mailbox.urls")))
