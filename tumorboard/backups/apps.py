"""Which app takes copies of everything, and brings them back?"""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "tumorboard.backups"
    verbose_name = "Backups"
