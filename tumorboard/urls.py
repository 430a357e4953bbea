"""Which part of the machine answers which address?"""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from tumorboard.csp_reports import csp_report


@login_not_required
def favicon(request):
    """Browsers ask here when a page, such as the admin's, names no icon."""
    return RedirectView.as_view(url=static("tumorboard/favicon.svg"))(request)


urlpatterns = [
    path("", include("cases.urls")),
    path("accounts/", include("tumorboard.accounts.urls")),
    path("accounts/", include("tumorboard.signed_in.urls")),
    path("health/", include("tumorboard.health.urls")),
    path("favicon.ico", favicon),
    path("csp-report/", csp_report, name="csp_report"),
]

if settings.ADMIN:
    urlpatterns.append(path(settings.ADMIN_PATH, admin.site.urls))

if settings.DEMO:
    urlpatterns.append(path("mailbox/", include("tumorboard.mailbox.urls")))
