"""How is a secret kept inside the database, so that a stolen copy of it does not give it away?

The keys stand in the environment (FIELD_KEYS), newest first: the newest locks, all of them open.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"tumorboard field keys"  # the same text, used for something else, would give another key


def lock(text: str) -> str:
    return _ring(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unlock(locked: str) -> str:
    return _ring(tuple(settings.FIELD_KEYS)).decrypt(locked.encode()).decode()


def relock(locked: str) -> str:
    """By the newest key, whichever locked it before."""
    return _ring(tuple(settings.FIELD_KEYS)).rotate(locked.encode()).decode()


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_fernet(key) for key in keys])


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
