"""Which session does a cookie name? One whose name is as we make them; anything else names none.

A cookie may write any character in octal, a NUL too, which PostgreSQL has no place for.
"""

from django.contrib.sessions.backends.db import SessionStore as Store


class SessionStore(Store):
    def _validate_session_key(self, key):
        made = super()._validate_session_key(key)  # type: ignore[misc]  # its stubs leave it out
        return made and key.isascii() and key.isalnum()
