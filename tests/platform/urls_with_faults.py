"""The ordinary addresses, the mailbox, and a view that fails."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from tumorboard.urls import urlpatterns as ordinary


@login_not_required
def fails(request):
    patient = request.POST.get("patient", "")
    raise ValueError(f"cannot read {patient}")


urlpatterns = [path("fails/", fails), path("mailbox/", include("tumorboard.mailbox.urls")), *ordinary]
