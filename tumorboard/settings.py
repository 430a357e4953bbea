"""How is this installation set up?

One file for every environment: what differs comes from environment variables, all named in `.env.example`.
"""

from pathlib import Path

import fontpkg_noto_sans
from csp.constants import NONE, SELF

from tumorboard.backups.settings import BACKUP_PROGRAMS, BACKUP_RECIPIENTS  # noqa: F401
from tumorboard.env import address, env, secret
from tumorboard.files.settings import (  # noqa: F401  Django and the files read them here
    CLAMD_URL,
    FILE_MAX_MB,
    FILE_UPLOAD_HANDLERS,
    FILES,
)
from tumorboard.logs import LOGGING  # noqa: F401  Django reads it here
from tumorboard.settings_audit import AUDIT_SEAL_FILE, AUDIT_SEAL_KEY, SEAL_TICK  # noqa: F401
from tumorboard.settings_database import DATABASE_ROLE, DATABASES  # noqa: F401  Django reads them here
from tumorboard.settings_sessions import *  # noqa: F403  how long a sign-in holds
from tumorboard.settings_sign_in import *  # noqa: F403  people, passwords, second factors, single sign-on

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

# -- which kind of installation ---------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # invented patients, a readable mailbox, sign-in by one click
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="") if DEMO else ""
DEMO_ROLE_LINES = "cases.queries.demo.role_lines"

PRIVATE = not (DEBUG or DEMO)
SECRET_KEY = secret("SECRET_KEY", fallback=None if PRIVATE else "demo-key-for-invented-patients-only")
HTTPS = env.bool("HTTPS", default=PRIVATE)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")  # absolute links in e-mail
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

# -- what it is made of -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "csp",
    "js_lib_bootstrap5",
    "tumorboard.database",
    "tumorboard.accounts",
    "tumorboard.audit",
    "tumorboard.signed_in",
    "tumorboard.sign_in_audit",
    "tumorboard.notifications",
    "tumorboard.health",
    "tumorboard.mailbox",
    "tumorboard.backups",
    "cases",
]

MIDDLEWARE = [
    "tumorboard.logs.RequestLineMiddleware",
    "tumorboard.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tumorboard.headers.MethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tumorboard.turns.TurnsMiddleware",
    "tumorboard.database.middleware.TryAgainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tumorboard.signed_in.middleware.SessionLimits",
    "tumorboard.database.middleware.IdentityMiddleware",
    "tumorboard.signed_in.middleware.SignInRequired",  # closed unless a view says otherwise
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tumorboard.accounts.middleware.SecondFactorMiddleware",
    "tumorboard.notifications.middleware.MailWillFollow",
]

ROOT_URLCONF = "tumorboard.urls"
WSGI_APPLICATION = "tumorboard.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "tumorboard.context.platform",
    "tumorboard.signed_in.context.session",
    "cases.views.shell.shell",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "tumorboard.form_rendering.QuickWidgets"

# -- PostgreSQL -------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In PostgreSQL, so that the sign-in limits hold while Redis is away; roomy, because a full cache throws rows
# away, and with them the count of somebody's wrong passwords.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# -- sessions --------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # the prefix makes browsers refuse a cookie that was set over plain HTTP or by a neighbour
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# -- what browsers may do ---------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # probes ask inside the network, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # whose word on the browser's address is taken
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": ["/csp-report/"],  # the older way, which some browsers have alone
        "report-to": ["csp"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# -- static files -----------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
# The documents' font serves pages too, on machines whose system has none of those that the style names first.
FONTS = Path(fontpkg_noto_sans.__file__).parent / "files"
STATICFILES_DIRS = [BASE_DIR / "static", ("noto-sans", FONTS)]
# Names with a hash may be kept by browsers for ever. Whitenoise's own storage takes a minute at every start.
HASHED_STATIC = env.bool("HASHED_STATIC", default=not DEBUG)
STATIC_STORAGE = "ManifestStaticFilesStorage" if HASHED_STATIC else "StaticFilesStorage"
STORAGES = {
    "default": FILES,
    "staticfiles": {"BACKEND": f"django.contrib.staticfiles.storage.{STATIC_STORAGE}"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not HASHED_STATIC

# -- language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"  # each board shows its own

# -- e-mail -----------------------------------------------------------------------------------------------

_relay = address("EMAIL_URL", "EMAIL_PASSWORD", default="smtp://127.0.0.1:25")
globals().update(env.email_url_config(_relay))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Tumorboard <tumorboard@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_BOUNCES = env.str("MAIL_BOUNCES", default="")  # who gets undeliverable mail back; empty: the sender
NOTIFICATIONS_WATCH = "tumorboard.health.alarms.look"
NOTIFICATIONS_RECIPIENT_CHECK = "cases.notices.recipients.reason_not_to_send"
# How long what may wait stays, so that several of one minute leave as one e-mail; 0: each leaves by itself.
MAIL_GATHER_SECONDS = env.int("MAIL_GATHER_SECONDS", default=120)
MESSAGE_ID_HOST = env.str("MESSAGE_ID_HOST", default="tumorboard.invalid")
MAILBOX = VAR / "mail"  # what the demonstration's mail catcher has caught

# -- open screens -----------------------------------------------------------------------------------------

# Streams in one web process. Each takes one of its threads; the others must be enough for the pages.
LIVE_STREAMS = env.int("LIVE_STREAMS", default=48)

# -- background work --------------------------------------------------------------------------------------

# What is owed stands in PostgreSQL; a Celery message only says "look now" and may be lost or doubled.
CELERY_BROKER_URL = address("REDIS_URL", "REDIS_PASSWORD")
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = False  # a task that kills its worker must not come back for ever
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 80
CELERY_TASK_TIME_LIMIT = 100  # below the lease of a message in delivery (120 s)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# True with no retries: False makes each publish wait six seconds while Redis is away.
CELERY_TASK_PUBLISH_RETRY = True
CELERY_TASK_PUBLISH_RETRY_POLICY = dict.fromkeys(
    ("max_retries", "interval_start", "interval_step", "interval_max"), 0
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "global_keyprefix": "tumorboard:",
}
CELERY_TASK_DEFAULT_QUEUE = "jobs"
QUEUES = {"notifications.sweep": "tick", "platform.*": "tick", "notifications.*": "mail"}
CELERY_TASK_ROUTES = {task: {"queue": queue} for task, queue in QUEUES.items()}
# Plain intervals in UTC: no daylight-saving surprises. Of several beats one ticks, two at once do no harm.
CELERY_BEAT_SCHEDULER = "tumorboard.health.beat.LeasedScheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "notifications.sweep", "schedule": 10.0, "options": {"expires": 30}},
    "slots": {"task": "cases.slots", "schedule": 60.0, "options": {"expires": 120}},
    "tick": {"task": "platform.tick", "schedule": 10.0, "options": {"expires": 30}},
    "seal": SEAL_TICK,
}
