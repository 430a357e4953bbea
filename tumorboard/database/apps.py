"""Which app brings the commands that change tables?"""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "tumorboard.database"
    label = "database"
