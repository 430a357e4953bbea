"""Did the application fetch something because somebody told it to?

A door on loopback whose address the scanners put wherever an address fits. Whoever comes in but the scanner
itself was sent by an attack.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OF_THE_SCANNER = "/get_"  # it asks what came in


@dataclass
class Listener:
    address: str
    came_in: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(OF_THE_SCANNER):
                found.came_in.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        do_POST = do_HEAD = do_GET  # noqa: N815  http.server asks for these names

        def log_message(self, *_) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    found = Listener(f"http://127.0.0.1:{server.server_address[1]}/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
