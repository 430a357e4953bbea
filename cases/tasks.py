"""What does the clock set off? Every minute: whatever has come due, each thing once."""

import logging

from celery import shared_task
from django.utils import timezone

from cases.services import (
    announcing,
    attachments,
    cut_off,
    emergency,
    follow_up,
    intake,
    invitations,
    matters,
    oversight,
    ratification,
    reading,
    returning,
    specialist_input,
)
from cases.services.meeting import series

logger = logging.getLogger(__name__)

# Each takes `now` and may be called at any time, any number of times, by any number of workers.
DUE = (
    announcing.go_on,
    attachments.scan_waiting,
    invitations.invite,
    specialist_input.remind_awaiting,
    cut_off.report,
    reading.send,
    follow_up.remind_due,
    follow_up.escalate,
    matters.gather,
    returning.re_present_due,
    ratification.remind_awaiting,
    ratification.report_overdue,
    emergency.remind_unreviewed,
    oversight.report_unusual,
    series.extend,
    intake.resume,
    intake.forget_abandoned,
)


@shared_task(name="cases.slots", ignore_result=True)
def slots() -> None:
    """One that fails is tried again in a minute, and does not keep the others from their turn."""
    now = timezone.now()
    for job in DUE:
        try:
            job(now=now)
        except Exception:
            logger.exception("%s did not get through; it is tried again in a minute", job.__name__)


@shared_task(name="cases.import_run", ignore_result=True)
def import_run(run: str) -> None:
    """The message says which run to look at; what there is to do stands in the database."""
    intake.go_on(run_id=run)


@shared_task(name="cases.scan_files", ignore_result=True)
def scan_files() -> None:
    """As soon as a file has come; what is missed now is found in the next minute."""
    attachments.scan_waiting(now=timezone.now())


@shared_task(name="cases.announce", ignore_result=True)
def announce(publication: str) -> None:
    """Of an agenda for many, until all are written to or another message asks to go on."""
    announcing.carry_out(publication)
