"""The real settings with short times, so that a lease runs out while a test waits."""

from tumorboard.settings import *  # noqa: F403

NOTIFICATIONS_TIMING = {
    "smtp_timeout": 2,
    "fence_margin": 2.2,
    "drain_budget": 1,
    "soft_limit": 3.5,
    "hard_limit": 4,
    "lease": 4.5,
    "batch": 10,
}
BEAT_LEASE = 2
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "notifications.sweep", "schedule": 0.5, "options": {"expires": 30}}}
