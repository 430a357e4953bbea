"""Does a virus scanner know this file? Asked over clamd's protocol, where CLAMD_URL names one."""

from typing import Any, BinaryIO
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket, CommunicationError
from django.conf import settings

from tumorboard.files.errors import ScannerAway, ScannerRefuses

TIMEOUT = 30  # seconds
PORT = 3310
HUNG_UP = "it hung up; the file may be larger than its limit (StreamMaxLength)"


def is_set_up() -> bool:
    return bool(settings.CLAMD_URL)


def found_in(file: BinaryIO) -> str:
    """The name of what it found, or "" where it found nothing."""
    try:
        answer = _clamd().instream(file)
    except CommunicationError as error:
        raise ScannerAway(str(error)) from error
    except ClamdError as error:
        raise ScannerRefuses(str(error) or "it gave no reason") from error
    except OSError as error:  # it answered, and hung up in the middle of what it was sent
        raise ScannerRefuses(HUNG_UP) from error
    status, reason = answer.get("stream", ("ERROR", "it gave no answer"))
    if status == "FOUND":
        return reason or "unnamed"
    if status != "OK":
        raise ScannerRefuses(reason or status)
    return ""


def _clamd() -> Any:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        return ClamdUnixSocket(path=address.path, timeout=TIMEOUT)
    return ClamdNetworkSocket(
        host=address.hostname or "127.0.0.1", port=address.port or PORT, timeout=TIMEOUT
    )
