from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "tumorboard.health"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tumorboard import celery  # noqa: F401, PLC0415  shared tasks need the application everywhere
        from tumorboard.database import discretion  # noqa: F401, PLC0415  asked with the checks of a database
