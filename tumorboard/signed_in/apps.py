"""Which app ends what somebody has left open?"""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class SignedInConfig(AppConfig):
    name = "tumorboard.signed_in"
    label = "signed_in"
    verbose_name = "Sessions"

    def ready(self) -> None:
        from . import limits  # noqa: PLC0415  apps are ready only now

        user_logged_in.connect(limits.began, dispatch_uid="signed_in.began")
