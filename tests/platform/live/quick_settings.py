"""The real settings with short times, so that a test need not wait for them."""

from tumorboard.settings import *  # noqa: F403

LIVE_TIMING = {
    "look": 0.1,
    "ping": 0.3,
    "deaf": 1,
    "again": 0.3,
    "beat": 0.5,
    "hang_up_look": 0.2,
    "may_still": 0.3,
    "say_pause": 0.2,
}
