"""A process with everything loaded, from which drains split off: real processes, each in milliseconds.

Each line on standard input is an order for one; its process number is the answer. An order may say at which
point the process is to die by kill -9, as long as there are tokens for it, or that its clock is wrong.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from functools import wraps
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from tumorboard.embedded.processes import end_with_parent

ENDED = "ended in order:"
SEEN_BEFORE = 2  # messages that a process has done before it dies at a point that each message passes


def main():
    django.setup()
    from tumorboard.notifications import delivery  # noqa: F401  loaded once, for all
    from tumorboard.notifications.management.commands import outbox_run  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            become(json.loads(line))
        print(pid, flush=True)


def become(order):
    from django.db import connection

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with_parent(signal.SIGKILL)()
    os.setsid()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # standard output is for process numbers
    status = 1
    try:
        settings.EMAIL_PORT = order["relay"]
        connection.settings_dict.update(order["database"])
        if order.get("dies"):
            sabotage(order["dies"], Path(order["tokens"]))
        if order.get("hours_wrong"):
            wrong = timedelta(hours=order["hours_wrong"])
            right = timezone.now
            timezone.now = lambda: right() + wrong
        globals()[order["do"]](*order.get("arguments", []))
        status = 0
        print(f"{ENDED} {os.getpid()}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        os._exit(status)


def drain(*options):
    call_command("outbox_run", *options, every=0.1)


def migrate(*labels):
    for label in labels:
        call_command("migrate", label, verbosity=0)


def owe(kind, *recipients):
    from django.contrib.auth import get_user_model

    from tumorboard.notifications import outbox

    people = get_user_model().objects.filter(pk__in=recipients)
    words = {"kind": kind, "about": "meeting:1", "title": "Agenda", "text": "Ready."}
    outbox.put_many(outbox.Entry(recipient=person, **words) for person in people)


def sabotage(point, tokens):
    from tumorboard.notifications import lease, nudge
    from tumorboard.notifications.relay import Relay

    places = {
        "before the claim": (lease, "claim", True, 0),
        "after the claim": (lease, "claim", False, 0),
        "after RCPT": (Relay, "offer", False, SEEN_BEFORE),
        "after the hand-over mark": (lease, "fence", False, SEEN_BEFORE),
        "between 250 and the commit of SENT": (Relay, "hand_over", False, SEEN_BEFORE),
        "after SENT": (lease, "settle", False, SEEN_BEFORE),
        "between COMMIT and the word to the broker": (nudge, "drain", True, 0),
    }
    place, name, before, spared = places[point]
    passed = iter(range(1, 1_000_000))
    works = getattr(place, name)

    @wraps(works)
    def deadly(*args, **kwargs):
        dies = next(passed) > spared
        if dies and before:
            die(tokens)
        result = works(*args, **kwargs)
        if dies and not before:
            die(tokens)
        return result

    setattr(place, name, deadly)


def die(tokens):
    """If there is a token left: each is for one death, whichever process comes first."""
    for token in sorted(tokens.iterdir()):
        try:
            token.unlink()
        except FileNotFoundError:
            continue
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
