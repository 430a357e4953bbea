"""How does the app server run?"""

import gc
import os
import threading

import gunicorn

from tumorboard.env import env
from tumorboard.logs import LOGGING

bind = f"{env.str('WEB_HOST', default='127.0.0.1')}:{env.str('PORT', default='8000')}"
workers = env.int("WEB_CONCURRENCY", default=2)
threads = env.int("WEB_THREADS", default=64)  # each open live screen keeps one
web_requests = env.int("WEB_REQUESTS", default=6)  # that work at once, each with a connection to PostgreSQL
timeout = 60
graceful_timeout = 20
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm"  # noqa: S108  the heartbeat file must not wait for a disk
forwarded_allow_ips = env.str("FORWARDED_ALLOW_IPS", default="127.0.0.1")
control_socket_disable = True
logconfig_dict = LOGGING
gunicorn.SERVER = "web"  # in each answer: what it is made of tells an attacker where to look


def rest_collector():
    """What was loaded at the start lives as long as the process: it is not searched for what to throw away.

    Of what a page makes nearly all goes without it; to look after every 700 objects costs a tenth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def post_worker_init(worker):
    """A worker that is told to stop, for whatever reason, ends its open streams first.

    While it runs, it looks whether the background work does.
    """
    from tumorboard.health.alarms import watch  # noqa: PLC0415
    from tumorboard.live.hub import hub  # noqa: PLC0415  Django is set up by now
    from tumorboard.notifications import nudge  # noqa: PLC0415
    from tumorboard.turns import turns  # noqa: PLC0415

    turns.open(web_requests)
    rest_collector()
    threading.Thread(target=nudge.warm_up, name="warm-up", daemon=True).start()
    threading.Thread(target=watch, args=[threading.Event()], name="watch", daemon=True).start()
    hub.is_over = lambda: not worker.alive or os.getppid() != worker.ppid
