"""When did each background process last show a sign of life?"""

from django.db import models


class Heartbeat(models.Model):
    name = models.TextField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"
