"""Who can open a backup? Whoever holds the private half of a key that it was encrypted to (age, X25519)."""

from collections.abc import Iterable

from pyrage import IdentityError, RecipientError, x25519

from .errors import BackupError


def a_pair() -> tuple[str, str]:
    """The private half and the public half; neither is kept."""
    private = x25519.Identity.generate()
    return str(private), str(private.to_public())


def public(texts: Iterable[str]) -> list[x25519.Recipient]:
    found = [_public(text) for text in texts]
    if not found:
        raise BackupError(
            "Nobody could open this backup: set BACKUP_RECIPIENTS. "
            "`manage.py backup_key` makes a pair of keys, best on another machine."
        )
    return found


def _public(text: str) -> x25519.Recipient:
    if text.startswith("AGE-SECRET-KEY-"):
        raise BackupError("BACKUP_RECIPIENTS holds a private key, which this server now knows: make another.")
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise BackupError("BACKUP_RECIPIENTS holds something that is no public key (age1...).") from error


def private(text: str) -> list[x25519.Identity]:
    """From the lines of a key file; what follows # is a remark."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except IdentityError as error:
        raise BackupError("The key file holds something that is no private key.") from error
    if not found:
        raise BackupError("The key file holds no private key (AGE-SECRET-KEY-1...).")
    return found
