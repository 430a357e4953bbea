"""What do the workers do for the outbox?

These tasks take no arguments: what there is to do stands in the database. A lost one costs a few seconds,
a doubled one an empty query.
"""

from celery import shared_task

from . import delivery
from .sweep import sweep_and_nudge
from .timing import timing


@shared_task(
    name="notifications.drain",
    ignore_result=True,
    soft_time_limit=timing().soft_limit,
    time_limit=timing().hard_limit,
)
def drain() -> None:
    delivery.drain()


@shared_task(name="notifications.sweep", ignore_result=True)
def sweep() -> None:
    sweep_and_nudge()
