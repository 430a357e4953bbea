"""Does the newest key lock every secret in the database, so that an older one may go?"""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from tumorboard import field_keys

LOCKED = ("secret", "seed")  # of an authenticator app, of recovery codes


class Command(BaseCommand):
    help = "Lock every secret by the newest of FIELD_KEYS. After that the older keys may be taken away."

    def handle(self, **_) -> None:
        rows = list(
            Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True)
        )
        done = sum(relock(pk) for pk in rows)
        self.stdout.write(f"{done} of {len(rows)} secrets are locked by the newest key.")


@transaction.atomic
def relock(pk: int) -> bool:
    """False when its owner has removed it meanwhile."""
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    row.data |= {name: field_keys.relock(row.data[name]) for name in LOCKED if name in row.data}
    row.save(update_fields=["data"])
    return True
