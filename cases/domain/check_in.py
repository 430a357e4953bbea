"""Which code stands on the wall, and is this it? Short, read aloud, typed on a phone."""

import secrets

LENGTH = 6
# Without the letters and digits that look or sound like others: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal(typed: str) -> str:
    """As people type it: small letters, blanks and hyphens count for nothing."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[: LENGTH * 2]


def is_code(code: str) -> bool:
    return len(code) == LENGTH and set(code) <= set(ALPHABET)
