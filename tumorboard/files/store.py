"""Where do the files lie, and under which name? On a disk or in an S3-compatible store, never on the web.

A name is random and says nothing. What waits for the scanner or is infected lies in `quarantine/`;
what may be read lies in `kept/`. Files never change: to go from one to the other is to be copied.
"""

import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tumorboard.files.errors import Gone

QUARANTINE, KEPT = "quarantine", "kept"
AREAS = (QUARANTINE, KEPT)
TROUBLE = (OSError, BotoCoreError, ClientError)
AWAY = "The file store does not answer. Try again in a few minutes; if it goes on, tell the administrator."


def storage() -> Any:
    return storages["default"]


def put(path: Path, *, area: str = QUARANTINE) -> str:
    """Store what lies at `path` under a new name, and return it."""
    name = f"{area}/{secrets.token_hex(16)}"
    with path.open("rb") as file:
        return _saved(name, file)


def copy(name: str, *, to: str) -> str:
    """The same bytes under a new name in another area; the old ones stay until they are removed."""
    with opened(name) as file:
        return _saved(f"{to}/{secrets.token_hex(16)}", file)


def opened(name: str) -> Any:
    try:
        return storage().open(name, "rb")
    except TROUBLE as error:
        raise Gone(AWAY) from error


def fetch(name: str, path: Path) -> None:
    """Into a file of our own, for a program that reads from a path."""
    try:
        with storage().open(name, "rb") as file, path.open("wb") as here:
            shutil.copyfileobj(file, here)
    except TROUBLE as error:
        raise Gone(AWAY) from error


def put_back(name: str, content: bytes) -> bool:
    """Under the name that it had; False when it lies there already. Another one is never replaced."""
    try:
        if storage().exists(name):
            with opened(name) as file:
                if file.read() == content:
                    return False
            raise Gone(f"Another file lies at {name}.")
        storage().save(name, ContentFile(content))
    except TROUBLE as error:
        raise Gone(AWAY) from error
    return True


def remove(name: str) -> None:
    """Nothing happens when it is gone already."""
    try:
        storage().delete(name)
    except TROUBLE as error:
        raise Gone(AWAY) from error


def names() -> Iterator[tuple[str, datetime]]:
    """Everything that is stored, with when it came."""
    here = storage()
    for area in AREAS:
        try:
            _, files = here.listdir(area)
        except FileNotFoundError:
            continue
        except TROUBLE as error:
            raise Gone(AWAY) from error
        for file in files:
            name = f"{area}/{file}"
            yield name, here.get_modified_time(name)


def area_of(name: str) -> str:
    return name.partition("/")[0]


def _saved(name: str, file: Any) -> str:
    try:
        return storage().save(name, File(file))
    except TROUBLE as error:
        raise Gone(AWAY) from error
