"""Which application do the worker and the beat run?"""

import os

from celery import Celery, signals

from tumorboard.database import identity

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumorboard.settings")

app = Celery("tumorboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def _works_for_all_boards(**_):
    """The web imports this module too, to publish: it stays nobody until somebody signs in."""
    identity.this_process_is_the_system()
