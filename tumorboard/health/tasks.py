"""How does the beat, through a worker, show that both are alive?"""

from celery import shared_task
from django.utils import timezone

from .models import Heartbeat


@shared_task(name="platform.tick")
def tick() -> None:
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})
