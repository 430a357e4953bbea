"""A real virus scanner with one signature of our own: no database of viruses is downloaded."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

# Type 0: any file; anywhere in it; the text in hexadecimal.
MARK = b"tumorboard-test-signature-8d1f"
SIGNATURE = f"Tumorboard.Test.File:0:*:{MARK.hex()}\n"
MISSING = (
    "The tests of the virus scan need clamd. As root: apt-get install --no-install-recommends clamav-daemon"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def clamd(folder: Path, *, port: int = 0):
    """Its address, once it answers. With a port it listens there, else at a socket in the folder."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    assert program, MISSING
    signatures = folder / "signatures"
    signatures.mkdir(parents=True, exist_ok=True)
    (signatures / "own.ndb").write_text(SIGNATURE)
    where = f"TCPSocket {port}\nTCPAddr 127.0.0.1" if port else f"LocalSocket {folder / 'clamd'}"
    config = folder / "clamd.conf"
    config.write_text(
        f"Foreground yes\nDatabaseDirectory {signatures}\nTemporaryDirectory {folder}\n"
        f"StreamMaxLength 3M\n{where}\n"
    )
    log = folder / "clamd.log"
    with log.open("wb") as out:
        process = subprocess.Popen([program, "-c", config], stdout=out, stderr=out, env={"PATH": os.defpath})
    try:
        _wait(folder / "clamd", port, process, log)
        yield f"tcp://127.0.0.1:{port}" if port else f"unix://{folder / 'clamd'}"
    finally:
        process.terminate()
        process.wait(30)


def _wait(path: Path, port: int, process, log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            if port:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            else:
                with socket.socket(socket.AF_UNIX) as probe:
                    probe.connect(str(path))
            return
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
