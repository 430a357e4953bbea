"""How does the whole run on one machine with one command? `./dev demo`"""

import fcntl
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from .household import ROOT, VAR, environment, own_servers
from .ports import remembered_port
from .supervisor import Program, Server, Supervisor

QUEUES = "tick,mail,jobs"
OWNERS_ADDRESS = "DATABASE_OWNER_URL"
LONELY = ("--without-mingle", "--without-gossip")


def say(text: str) -> None:
    print(text, flush=True)


def alone():
    """One demonstration a folder: a second one would use the first one's files."""
    lock = (VAR / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        port = (VAR / "web-port").read_text()
        raise SystemExit(f"The demonstration is running already: http://localhost:{port}/") from None
    return lock


def add_servers(supervisor: Supervisor, env: dict[str, str]) -> None:
    """Should a server come back at another address, the programs are restarted to see it."""

    def moved_to(server):
        def moved(address: str) -> None:
            env.update(server.addresses(address))
            for part in supervisor.parts:
                if isinstance(part, Program):
                    env.pop(OWNERS_ADDRESS, None)
                    part.stop()

        return moved

    for name, server in own_servers(env):
        supervisor.add(Server(name, server, moved_to(server)))


def add_programs(supervisor: Supervisor, env: dict[str, str]) -> None:
    env.pop(OWNERS_ADDRESS, None)  # what made the tables is done, and the programs work without it

    def run(name: str, *command: str) -> None:
        supervisor.add(Program(name, *command, env=env, log=VAR / f"{name.replace(' ', '-')}.log"))

    if not env.get("EMAIL_URL"):
        port = remembered_port(VAR / "mail-port")
        env["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        run("mail catcher", "tumorboard.mailbox.catcher", str(port), str(VAR / "mail"))
    celery = ("celery", "-A", "tumorboard", "--quiet")
    run("web", "gunicorn", "--config", "python:tumorboard.gunicorn_conf", "tumorboard.wsgi")
    # There is no other worker to talk with.
    run("worker", *celery, "worker", "-Q", QUEUES, "-c", "2", "-l", "INFO", *LONELY)
    run("beat", *celery, "beat", "-l", "INFO", "--pidfile=")


def prepare(env: dict[str, str]) -> None:
    """In a process of its own, so that the launcher stays small and never holds a database connection."""
    command = [sys.executable, "-m", "tumorboard.embedded.prepare"]
    if subprocess.run(command, env=env, cwd=ROOT, check=False).returncode:
        raise SystemExit("Preparing failed; what it said stands above.")


def wait_until_ready(supervisor: Supervisor, port: str, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            supervisor.look()
            time.sleep(0.2)
    raise SystemExit(f"The pages did not come up; see {VAR / 'web.log'}")


def announce(env: dict[str, str], seconds: float) -> None:
    address = f"http://localhost:{env['PORT']}"
    say(f"\n  Tumorboard  {address}/          (ready after {seconds:.0f} s)")
    say(f"  Mail        {address}/mailbox/  (what would have been sent)")
    say(f"  Password    {env['DEMO_PASSWORD']}  for every person on the sign-in page")
    say("\n  Everyone and everything in it is invented. Ctrl-C stops it; the data stays in var/.\n")


def main() -> None:
    began = time.monotonic()
    VAR.mkdir(exist_ok=True)
    lock = alone()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: sys.exit(0))
    env = environment()
    supervisor = Supervisor(tell=say)
    try:
        say("Starting PostgreSQL and Valkey ...")
        add_servers(supervisor, env)
        say("Preparing tables, files and invented patients ...")
        prepare(env)
        add_programs(supervisor, env)
        wait_until_ready(supervisor, env["PORT"])
        announce(env, time.monotonic() - began)
        while True:
            supervisor.look()
            time.sleep(0.5)
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)  # a second Ctrl-C must not leave parts behind
        say("Stopping ...")
        supervisor.stop()
        lock.close()


if __name__ == "__main__":
    main()
