"""Which private servers, secrets and ports does this folder's demonstration own?"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .ports import remembered_port
from .postgres import EmbeddedPostgres
from .valkey import EmbeddedValkey

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"


def kept_secret(name: str, length: int) -> str:
    """Made once, then read: signed-in people stay signed in over a restart."""
    file = VAR / name
    if not file.exists():
        file.touch(0o600)
        file.write_text(secrets.token_urlsafe(length))
    return file.read_text()


def environment() -> dict[str, str]:
    """The demonstration's variables; whatever the caller has set comes first."""
    VAR.mkdir(exist_ok=True)
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    port = inherited.get("PORT") or str(remembered_port(VAR / "web-port", first=8000))
    ours = {
        "DEMO": "true",
        "DEMO_PASSWORD": kept_secret("demo-password", 9),
        "SECRET_KEY": kept_secret("secret-key", 48),
        "PORT": port,
        "SITE_URL": f"http://localhost:{port}",
        "PYTHONPATH": str(ROOT),
        "MAIL_GATHER_SECONDS": "20",  # whoever tries it out need not wait two minutes
    }
    return ours | inherited


def own_servers(env: dict[str, str]) -> list[tuple[str, EmbeddedPostgres | EmbeddedValkey]]:
    """Those that no address in the environment replaces: what it is, and the server."""
    servers: list[tuple[str, EmbeddedPostgres | EmbeddedValkey]] = []
    if not env.get("DATABASE_URL"):
        servers.append(("PostgreSQL", EmbeddedPostgres(VAR / "postgres")))
    if not env.get("REDIS_URL"):
        servers.append(("Valkey", EmbeddedValkey(VAR / "valkey")))
    return servers


@contextmanager
def borrowed_servers() -> Iterator[dict[str, str]]:
    """The servers for one command: those of a running demonstration, or started and stopped here."""
    env = environment()
    servers = own_servers(env)
    try:
        for _, server in servers:
            env |= server.addresses(server.start())
        yield env
    finally:
        for _, server in reversed(servers):
            server.stop()
