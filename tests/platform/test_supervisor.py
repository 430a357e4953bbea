"""Does a part that dies come back, and do all end in order?"""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tumorboard.embedded.supervisor import Program, Supervisor

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def told():
    return []


@pytest.fixture
def supervisor(told):
    supervisor = Supervisor(tell=told.append)
    yield supervisor
    supervisor.stop()


def program(name, code, folder):
    (folder / f"{name}_part.py").write_text(code)
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return Program(name, f"{name}_part", env=env, log=folder / f"{name}.log")


def look_until(supervisor, condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        supervisor.look()
        time.sleep(0.05)


SLEEPS = "import time; time.sleep(600)"


def test_a_killed_part_is_started_again(supervisor, told, tmp_path):
    part = program("sleeper", SLEEPS, tmp_path)
    supervisor.add(part)
    first = part.process.pid
    os.kill(first, signal.SIGKILL)
    look_until(supervisor, lambda: part.alive() and part.process.pid != first)
    assert told == ["sleeper ended; starting it again"]


def test_a_part_that_keeps_ending_is_started_ever_more_slowly(supervisor, told, tmp_path):
    supervisor.add(program("failing", "raise SystemExit(1)", tmp_path))
    began = time.monotonic()
    look_until(supervisor, lambda: len(told) == 2)
    assert time.monotonic() - began >= 1.5  # half a second, then one


def test_parts_end_in_reverse_order(tmp_path):
    notes = tmp_path / "notes"
    code = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        f"    open({str(notes)!r}, 'a').write(__name__ and sys.argv[0].rsplit('/')[-1] + ' ')\n"
        "    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('up', flush=True)\n"
        "time.sleep(600)\n"
    )
    supervisor = Supervisor()
    for name in ("store", "web"):
        supervisor.add(program(name, code, tmp_path))
        look_until(supervisor, lambda name=name: "up" in (tmp_path / f"{name}.log").read_text())
    supervisor.stop()
    assert notes.read_text().split() == ["web_part.py", "store_part.py"]


def test_a_part_deaf_to_requests_is_ended_with_its_children(tmp_path):
    code = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = os.fork()\n"
        "if child: print(child, flush=True)\n"
        "time.sleep(600)\n"
    )
    part = program("deaf", code, tmp_path)
    part.start()
    log = tmp_path / "deaf.log"
    deadline = time.monotonic() + 10
    while not log.read_text().endswith("\n"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    part.stop(patience=0.2)
    assert not part.alive()
    child = Path("/proc") / log.read_text().strip() / "stat"
    deadline = time.monotonic() + 10
    while child.exists() and ") Z " not in child.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_it_is_this_python_that_runs_the_parts(tmp_path):
    part = program("which", "import sys; print(sys.executable)", tmp_path)
    part.start()
    part.process.wait(20)
    part.stop()
    assert (tmp_path / "which.log").read_text().strip() == sys.executable
