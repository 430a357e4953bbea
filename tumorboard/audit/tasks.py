"""When is the trail sealed? The beat asks every few minutes; once an hour it is done."""

from celery import shared_task
from django.utils import timezone

from . import seals


@shared_task(name="audit.seal", ignore_result=True)
def seal() -> None:
    seals.seal_hour(now=timezone.now())
