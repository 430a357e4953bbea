"""How does a stream become an encrypted file, and a file a stream, without a plain copy anywhere?

Everything passes in pieces: memory does not grow with the size, and nothing but the encrypted file is ever on
a disk. It appears under its name when it is whole and on the disk, or not at all.
"""

import os
import secrets
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage

from .errors import BackupError, Damaged, WrongKey

HALF_MADE = ".half-made-"
PIECE = 1 << 20


def write(path: Path, pieces: Generator[bytes], recipients: list) -> None:
    if path.exists():
        raise BackupError(f"{path} is there already.")
    half_made = path.with_name(f"{HALF_MADE}{secrets.token_hex(8)}")
    try:
        file = os.fdopen(os.open(half_made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
    except OSError as error:
        raise BackupError(f"Nothing can be written to {path.parent}: {error.strerror}.") from error
    try:
        with file, closing(pieces):  # whoever makes them stops too
            _encrypt(pieces, file, recipients)
            file.flush()
            os.fsync(file.fileno())
        half_made.rename(path)
        _keep_names(path.parent)
    except OSError as error:
        raise BackupError(f"It could not be written: {error.strerror}. Nothing was kept of it.") from error
    finally:
        half_made.unlink(missing_ok=True)


def _encrypt(pieces: Iterator[bytes], file: BinaryIO, recipients: list) -> None:
    source, target = _Source(pieces), _Target(file)
    try:
        pyrage.encrypt_io(source, target, recipients)
    except pyrage.EncryptError as error:
        if failed := source.failed or target.failed:
            raise failed  # noqa: B904  with the cause that it has
        raise BackupError(str(error)) from error


def _keep_names(folder: Path) -> None:
    """A new name is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Source:
    """What pyrage reads from. It tells of an error as a text only: the error itself is kept here."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.failed: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.failed = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class _Target:
    """What pyrage writes to, with the same care."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except BaseException as error:
            self.failed = error
            raise

    def flush(self) -> None:
        """Once at the end, by whoever opened the file."""


@contextmanager
def opened(path: Path, identities: list) -> Iterator[BinaryIO]:
    """The plain stream. What is wrong with the file is said at the end, whatever was noticed inside."""
    if not path.is_file():
        raise BackupError(f"{path} is not there.")
    handle, into = os.pipe()
    failed: list[Exception] = []
    decrypts = Thread(target=_decrypt, args=(path, into, identities, failed), daemon=True)
    decrypts.start()
    wrong: Exception | None = None
    with os.fdopen(handle, "rb") as stream:
        try:
            yield stream
            while stream.read(PIECE):
                pass  # only at its end does a file show that it was not cut off
        except Damaged as error:
            wrong = error
    decrypts.join()
    if failed and not isinstance(failed[0], BrokenPipeError):
        raise _in_words(path, failed[0]) from failed[0]
    if wrong:
        raise wrong


def _decrypt(path: Path, into: int, identities: list, failed: list[Exception]) -> None:
    with suppress(BrokenPipeError), os.fdopen(into, "wb") as pipe:
        try:
            with path.open("rb") as file:
                pyrage.decrypt_io(file, pipe, identities)
        except Exception as error:
            failed.append(error)


def _in_words(path: Path, error: Exception) -> BackupError:
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        return WrongKey(f"{path.name} was not encrypted to this key.")
    if isinstance(error, pyrage.DecryptError):
        return Damaged(f"{path.name} is no backup, or its beginning was changed.")
    return Damaged(f"{path.name} was cut off, or changed since it was written. Take another one.")
