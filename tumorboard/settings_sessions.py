"""How long does a sign-in hold, and what does its cookie look like?

Part of the settings: `tumorboard.settings` takes these names over.
"""

__all__ = [
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SAMESITE",
    "MESSAGE_STORAGE",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_ENGINE",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE",
    "SESSION_LIMITS",
    "SESSION_LIMITS_OTHERWISE",
]

# Asked for (idle minutes, hours) of a person; None from it, or no such setting: the limits below hold.
SESSION_LIMITS = "cases.queries.session_limits.limits_of"
SESSION_LIMITS_OTHERWISE = (15, 12)
# How long a row is kept after its last use. A hospital's own limits end a sign-in long before.
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "tumorboard.signed_in.store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# What a page says once may name a file, and with it a patient: it waits on the server, and not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
