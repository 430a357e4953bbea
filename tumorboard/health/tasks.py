"""How does a worker show that it is alive, and does it look after the rest?"""

from celery import shared_task
from django.utils import timezone

from . import alarms
from .models import Heartbeat


@shared_task(name="platform.tick")
def tick() -> None:
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})
    alarms.look()
