"""What keeps the parts of a running installation alive, and ends them in order?"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from .processes import end_with_parent

LONGEST_PAUSE = 10.0
SETTLED = 15.0  # seconds after which a part counts as running well again


class Part(Protocol):
    name: str

    def start(self) -> None: ...
    def alive(self) -> bool: ...
    def stop(self) -> None: ...


class Program:
    """A Python module run as a process of its own, with its output in a log file."""

    def __init__(self, name: str, *command: str, env: Mapping[str, str], log: Path):
        self.name, self.command, self.env, self.log = name, command, env, log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self._end_group()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.command],
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(),
            )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, patience: float = 20) -> None:
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):  # what does not end when asked is ended with its group
            self.process.wait(patience)
        self._end_group()

    def _end_group(self) -> None:
        """A killed parent may leave children behind, which would work on beside its successor."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Server:
    """An embedded server as a part; `moved` is called when it came back at another address."""

    def __init__(self, name: str, server, moved: Callable[[str], None]):
        self.name, self.server, self.moved = name, server, moved
        self.address = ""

    def start(self) -> None:
        address = self.server.start()
        if address != self.address:
            self.address = address
            self.moved(address)

    def alive(self) -> bool:
        process = self.server.process
        return process.poll() is None if process else bool(self.address)

    def stop(self) -> None:
        self.server.stop()


class Supervisor:
    """Starts the parts in order, restarts what ends, and stops them in reverse order."""

    def __init__(self, tell: Callable[[str], None] = print):
        self.tell = tell
        self.parts: list[Part] = []
        self._started: dict[str, float] = {}
        self._pause: dict[str, float] = {}

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self._start(part)

    def _start(self, part: Part) -> None:
        part.start()
        self._started[part.name] = time.monotonic()

    def look(self) -> None:
        """One round: whatever has ended is started again, a part that keeps ending ever more slowly."""
        for part in self.parts:
            if part.alive():
                continue
            ran = time.monotonic() - self._started[part.name]
            pause = 0.0 if ran > SETTLED else self._pause.get(part.name, 0.5)
            if ran >= pause:
                self._pause[part.name] = min(LONGEST_PAUSE, max(1.0, pause * 2))
                self.tell(f"{part.name} ended; starting it again")
                self._start(part)

    def stop(self) -> None:
        for part in reversed(self.parts):
            part.stop()
