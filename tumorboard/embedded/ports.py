"""Which port does an embedded server listen on?"""

import socket
from pathlib import Path


def is_free(port: int) -> int:
    """The port's number if nobody listens there (a number is drawn for 0), else 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
        return int(probe.getsockname()[1])


def remembered_port(file: Path, *, first: int = 0) -> int:
    """Last time's port, so that clients find a restarted server again; else `first`, else any free one."""
    last = int(file.read_text()) if file.exists() else first
    port = is_free(last) or is_free(0)
    file.write_text(str(port))
    return port
