"""The ordinary addresses, and views that PostgreSQL ends as it ends real ones: with its own codes."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path

from cases.models import Draft
from tumorboard.database import identity
from tumorboard.urls import urlpatterns as ordinary

tried: list[str] = []
ENDS = "DO $$ BEGIN RAISE EXCEPTION 'ended' USING ERRCODE = '{}'; END $$"


@login_not_required
def collides(request):
    """As often as was said with the form, in a transaction that has written already."""
    tried.append(request.POST["words"])
    if request.POST.get("kept"):
        write(request)
    with transaction.atomic():
        write(request)
        if len(tried) <= int(request.POST["times"]):
            with connection.cursor() as cursor:
                cursor.execute(ENDS.format(request.POST["code"]))
    return HttpResponse(request.POST["words"])


def write(request) -> None:
    with identity.as_system("a test"):
        Draft.objects.create(
            owner_id=request.POST["owner"], form="collides", key=str(uuid4()), saved_at="2026-11-23T05:00Z"
        )


@login_not_required
def who(request):
    """As whom this request speaks; `?fails` ends it with an error."""
    if "fails" in request.GET:
        raise ValueError
    return HttpResponse(identity.wanted().who)


urlpatterns = [path("collides/", collides), path("who/", who), *ordinary]
