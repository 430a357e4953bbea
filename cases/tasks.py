"""What does the clock set off? Every minute: whatever has come due, each thing once."""

import logging

from celery import shared_task
from django.utils import timezone

from cases.services import specialist_input

logger = logging.getLogger(__name__)

# Each takes `now` and may be called at any time, any number of times, by any number of workers.
DUE = (specialist_input.remind_awaiting,)


@shared_task(name="cases.slots", ignore_result=True)
def slots() -> None:
    """One that fails is tried again in a minute, and does not keep the others from their turn."""
    now = timezone.now()
    for job in DUE:
        try:
            job(now=now)
        except Exception:
            logger.exception("%s did not get through; it is tried again in a minute", job.__name__)
