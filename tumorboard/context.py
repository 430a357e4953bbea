"""What does every template know about this installation?"""

from django.conf import settings

from tumorboard.health.models import Alarm


def platform(request) -> dict:
    return {"demo": settings.DEMO, "open_alarms": Alarm.objects.open()}  # asked only where they are shown
