"""Which port does an embedded server listen on?"""

import socket
from pathlib import Path


def free_port(wanted: int = 0) -> int:
    """The wanted port while it is free, so that running clients find a restarted server again."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("No free port on this machine.")


def remembered_port(file: Path) -> int:
    """Last time's port if it is free, else another; written down for the next start."""
    port = free_port(int(file.read_text()) if file.exists() else 0)
    file.write_text(str(port))
    return port
