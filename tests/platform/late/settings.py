"""Which settings does an installation have that knows this app and nothing else of ours?"""

from tumorboard.settings import *  # noqa: F403

INSTALLED_APPS = ["django.contrib.contenttypes", "tumorboard.database", "tests.platform.late"]
ROOT_URLCONF = "tests.platform.late.urls"
