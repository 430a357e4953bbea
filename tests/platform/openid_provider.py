"""How does a test get a real OpenID Connect provider, in a process of its own?"""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import requests

from tumorboard.embedded.processes import end_with_parent


@contextmanager
def running():
    """Its address; it refuses an asking without a nonce."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"],
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent(),  # noqa: PLW1509
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(process, url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(process, url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return requests.get(f"{url}/.well-known/openid-configuration", timeout=5).raise_for_status()
        except requests.ConnectionError:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
