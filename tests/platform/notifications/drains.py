"""How does a test have many drains in processes of their own, and see that those that die are replaced?"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from tumorboard.embedded.processes import end_with_parent

from .zygote import ENDED

ROOT = Path(__file__).resolve().parents[3]
WHERE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


class Zygote:
    def __init__(self, log: Path):
        self.log = log

    def __enter__(self):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.platform.notifications.quick_settings",
            "REDIS_URL": "redis://127.0.0.1:1/0",
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.platform.notifications.zygote"],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=end_with_parent(signal.SIGKILL),  # noqa: PLW1509  one bare system call
            )
        assert self.process.stdout.readline() == "ready\n", self.log.read_text()
        return self

    def __exit__(self, *_error):
        self.process.kill()
        self.process.communicate()

    def start(self, do, *arguments, **order) -> int:
        """The number of a new process."""
        where = {key: connection.settings_dict[key] for key in WHERE}
        told = {"do": do, "arguments": arguments, "relay": settings.EMAIL_PORT, "database": where}
        self.process.stdin.write(json.dumps(told | order) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def alive(pid) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Drains:
    def __init__(self, zygote: Zygote, tokens: Path):
        self.zygote, self.tokens = zygote, tokens
        self.tokens.mkdir()
        self.orders: dict[int, dict] = {}

    def start(self, many=1, *, dies="", times=0, **order):
        """So many drains; `times` in all, one of them dies at that point."""
        for number in range(times):
            (self.tokens / str(number)).touch()
        told = order | {"dies": dies, "tokens": str(self.tokens)}
        for _ in range(many):
            self.orders[self.zygote.start("drain", **told)] = told
        return list(self.orders)

    def look(self) -> bool:
        """Whoever has died is replaced, as a supervisor does."""
        for pid in [pid for pid in self.orders if not alive(pid)]:
            told = self.orders.pop(pid)
            self.orders[self.zygote.start("drain", **told)] = told
        return True

    def once(self) -> int:
        """A drain that ends when nothing is due; not replaced."""
        return self.zygote.start("drain", "--once")

    def ended_in_order(self, pid) -> bool:
        return f"{ENDED} {pid}\n" in self.zygote.log.read_text()

    def kill_one(self):
        os.kill(next(iter(self.orders)), signal.SIGKILL)

    def do(self, what, *arguments, patience=60, **order):
        """Something else in a process of its own, to its end."""
        pid = self.zygote.start(what, *arguments, **({"tokens": str(self.tokens)} | order))
        deadline = time.monotonic() + patience
        while alive(pid):
            assert time.monotonic() < deadline, self.last_words()
            time.sleep(0.01)

    @property
    def unused(self) -> int:
        return len(list(self.tokens.iterdir()))

    def last_words(self):
        return f"not in time; the processes said:\n{self.zygote.log.read_text()[-3000:]}"

    def end(self):
        for pid in self.orders:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
