from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tumorboard.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .timing import timing  # noqa: PLC0415  settings must be complete first

        timing()  # time limits that contradict each other would send twice: better not to start
