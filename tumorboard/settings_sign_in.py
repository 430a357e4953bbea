"""How do people prove who they are?

Passwords, second factors and single sign-on. `tumorboard.settings` takes everything here over by its name.
"""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tumorboard.env import env, key_ring, text_or_file
from tumorboard.limits import AT_WORK

_PRIVATE = not (env.bool("DEBUG", default=False) or env.bool("DEMO", default=False))

# Lock what is secret inside the database, such as the seeds of authenticator apps. Newest first.
FIELD_KEYS = key_ring("FIELD_KEYS", fallback=None if _PRIVATE else "demo-key-for-invented-people-only")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "tumorboard.accounts.passwords.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
    {"NAME": "tumorboard.accounts.passwords.OwnWordsValidator"},
    {
        "NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "given_name", "family_name"]},
    },
]
PASSWORD_OWN_WORDS = "cases.queries.own_words.names"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "tumorboard.accounts.adapter.AccountAdapter"
ACCOUNT_MAIL_SENDER = "tumorboard.mail_glue.send"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "tumorboard.accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password is told to its owner
# Django's own: allauth's keeps a second list of addresses, on which an old address would still sign in.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# A whole hospital may share one address on the network, so `ip` limits are wide. `login_failed` counts wrong
# passwords for one person from one computer: the more of them, the longer the wait, and never for ever.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key,15/1h/key,30/1d/key",
    "sign_in_failed_anywhere": "50/1h/key",
    "wrong_check_in_code": "5/5m/key",
    "wrong_room_code": "10/5m/ip",
    "reset_password": "60/m/ip,5/15m/key",
    "reset_password_from_key": "60/m/ip",
    "answer_by_link": "120/m/ip,20/h/key",
    "reply_by_link": "120/m/ip,20/h/key",
    "csp_report": "60/m/ip",
    **AT_WORK,
}

# -- second factors ---------------------------------------------------------------------------------------

MFA_ADAPTER = "tumorboard.accounts.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tumorboard"
MFA_TOTP_TOLERANCE = 1  # half a minute that the clock of a phone may go wrong, either way
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # nothing to guess here, and a hospital shares one address

# Who must have one: asked with the request. In a demonstration everybody signs in by one click.
SECOND_FACTOR_RULE = "cases.views.second_factor.is_required"
SECOND_FACTOR_ENFORCED = not env.bool("DEMO", default=False)
ADMINISTRATORS_NEED_SECOND_FACTOR = env.bool("ADMINISTRATORS_NEED_SECOND_FACTOR", default=_PRIVATE)

# -- the administration: people, boards, seats -------------------------------------------------------------

# In a hospital it is asked for: on an app server of its own that only administrators reach, or for a while.
ADMIN = env.bool("ADMIN", default=not _PRIVATE)
ADMIN_PATH = env.str("ADMIN_PATH", default="admin/").strip("/") + "/"
if not re.fullmatch(r"(?!(accounts|health|static|mailbox)/)[a-z0-9][a-z0-9_-]*/", ADMIN_PATH):
    raise ImproperlyConfigured("ADMIN_PATH is one word of small letters and digits, such as back-office.")

# -- single sign-on by OpenID Connect ---------------------------------------------------------------------

SOCIALACCOUNT_ADAPTER = "tumorboard.accounts.single_sign_on.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # allauth's would wipe the person's password; the adapter matches
SINGLE_SIGN_ON: dict[str, Any] = {}
if OIDC_URL := env.str("OIDC_URL", default=""):
    SINGLE_SIGN_ON = {
        "url": OIDC_URL,
        "name": env.str("OIDC_NAME", default="your hospital's account"),
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": text_or_file("OIDC_SECRET"),
        # With one of them the provider must say that it asked for a second factor, in one of these words.
        "acr": env.list("OIDC_ACR", default=[]),
        "amr": env.list("OIDC_AMR", default=[]),
    }
    if _PRIVATE and not OIDC_URL.startswith("https://"):
        raise ImproperlyConfigured("OIDC_URL must begin with https://: who signs in would be readable.")
