"""Which app keeps what was done, for ever?"""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tumorboard.audit"
    label = "audit"
    verbose_name = "Audit trail"
    default_auto_field = "django.db.models.BigAutoField"
