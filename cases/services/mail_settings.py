"""How does somebody choose the way in which they are written to?"""

from django.db import transaction
from django.db.models import F

from cases.models import MailSettings
from tumorboard.audit import trail


@transaction.atomic
def choose(*, mail: str, calendar: str, by) -> MailSettings:
    """For what is owed from now on; what waits already leaves as it was meant to."""
    chosen = _of(by)
    if (chosen.mail, chosen.calendar) == (mail, calendar):
        return chosen
    chosen.mail, chosen.calendar = mail, calendar
    chosen.save(update_fields=["mail", "calendar"])
    trail.record(
        actor=by, verb="mail_settings.chosen", subject=chosen, about=_about(by), mail=mail, calendar=calendar
    )
    return chosen


@transaction.atomic
def renew_feed(*, by) -> MailSettings:
    """Another secret address for the calendar: the one before is of no use to anybody from now on."""
    chosen = _of(by)
    MailSettings.objects.filter(pk=chosen.pk).update(feed_version=F("feed_version") + 1)
    chosen.refresh_from_db()
    trail.record(actor=by, verb="calendar_feed.renewed", subject=chosen, about=_about(by))
    return chosen


def _of(user) -> MailSettings:
    """Their row, locked; made where there is none yet."""
    MailSettings.objects.bulk_create([MailSettings(user=user)], ignore_conflicts=True)
    return MailSettings.objects.select_for_update().get(user=user)


def _about(user) -> str:
    return f"user:{user.pk}"
