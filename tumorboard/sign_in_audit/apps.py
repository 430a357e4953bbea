"""Which app writes sign-ins into the audit trail?"""

from django.apps import AppConfig


class SignInAuditConfig(AppConfig):
    name = "tumorboard.sign_in_audit"
    label = "sign_in_audit"

    def ready(self) -> None:
        from .receivers import connect  # noqa: PLC0415 -- needs the models, which are ready only now

        connect()
