"""How is a file read without trusting it? By another process, which may fail alone."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tumorboard.files import limits
from tumorboard.files.errors import Busy, Rejected, Unreadable

ROOT = Path(__file__).resolve().parent.parent.parent
AT_ONCE = 2  # in one process of ours
PATIENCE = 15.0  # seconds
LONGEST_ANSWER = 20_000  # bytes
CANNOT = (
    "This file cannot be read within the limits of memory and time. It may be damaged. Nothing was stored."
)

_free = threading.BoundedSemaphore(AT_ONCE)


def check(family: str, code: str, source: Path, target: Path) -> dict[str, Any]:
    return _ask("check", family, code, str(source), str(target), folder=target.parent)


def draw(family: str, source: Path, target: Path, *, page: int, width: int) -> dict[str, Any]:
    return _ask("draw", family, str(source), str(target), str(page), str(width), folder=target.parent)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder that only we can look into, and that is gone afterwards."""
    with TemporaryDirectory(prefix="file-") as folder:
        yield Path(folder)


def _ask(*arguments: str, folder: Path) -> dict[str, Any]:
    if not _free.acquire(timeout=PATIENCE):
        raise Busy("Several files are being read at this moment. Try again in a minute.")
    try:
        said = _answer_of(arguments, folder)
    finally:
        _free.release()
    if "refused" in said:
        raise Rejected(str(said["refused"]))
    if "unreadable" in said:
        raise Unreadable(CANNOT)
    return said


def _answer_of(arguments: tuple[str, ...], folder: Path) -> dict[str, Any]:
    """Its answer goes to a file, whose size is limited with everything that it writes."""
    answer = folder / "answer"
    # No variable of ours but the path of programs: no password, no address of a server.
    env = {"PATH": os.defpath, "LANG": "C.UTF-8", "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    with answer.open("wb") as out:
        try:
            done = subprocess.run(  # noqa: S603  our own module; the arguments are paths of ours and codes
                [sys.executable, "-m", "tumorboard.files.inside", *arguments],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                timeout=limits.SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"unreadable": "time"}
    if done.returncode:
        return {"unreadable": f"ended with {done.returncode}"}
    with answer.open("rb") as file:
        said = file.read(LONGEST_ANSWER)
    try:
        found = json.loads(said)
    except ValueError:
        return {"unreadable": "answer"}
    return found if isinstance(found, dict) else {"unreadable": "answer"}
