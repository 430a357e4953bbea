"""The settings as they are, with addresses that fail."""

from tumorboard.settings import *  # noqa: F403

ROOT_URLCONF = "tests.platform.outside.urls"
