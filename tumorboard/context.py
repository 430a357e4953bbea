"""What does every template know about this installation?"""

from django.conf import settings


def platform(request) -> dict:
    return {"demo": settings.DEMO}
