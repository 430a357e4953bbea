"""Is this an OpenDocument file that only says something, and does nothing by itself?"""

import re
from typing import Any

from tumorboard.files import archive
from tumorboard.files.errors import Rejected
from tumorboard.files.kinds import KINDS
from tumorboard.files.office import FROM_ELSEWHERE, WITH_MACROS, WITH_OBJECT

MACROS = re.compile(r"^(basic|scripts)/|macrosignatures|\.(bas|py|js|jar|class|exe|dll)$")
OTHER = "The document is not what its name says. Nothing was stored."
SECRET = "The document asks for a password. Save it without one and hand that in."  # noqa: S105  words, no secret
RUNS = {"event-listener", "plugin", "applet"}
LOADS = {"image", "object", "object-ole", "section-source", "dde-source", "table-source", "database-range"}


def check(code: str, source: str, target: str) -> dict[str, Any]:
    with archive.opened(source) as found:
        entries = found.infolist()
        first = entries[0]
        if (
            first.filename != "mimetype"
            or archive.read(found, first).decode("ascii", "replace") != KINDS[code].mime
        ):
            raise Rejected(OTHER)
        if any(MACROS.search(entry.filename.lower()) for entry in entries):
            raise Rejected(WITH_MACROS)
        for entry in entries[1:]:
            content = archive.read(found, entry)
            if content.startswith(archive.ARCHIVES + archive.PROGRAMS):
                raise Rejected(WITH_OBJECT)
            if entry.filename.endswith(".xml"):
                _require_quiet(content)
    return {"pages": None, "cleaned": False}


def _require_quiet(content: bytes) -> None:
    for tag, given in archive.tags(content):
        name = tag.rpartition(":")[2]
        if name == "encryption-data":
            raise Rejected(SECRET)
        if name in RUNS:
            raise Rejected(WITH_MACROS)
        away = re.match(r"\s*([a-z][a-z0-9+.-]*:|//)", given.get("xlink:href", ""), re.IGNORECASE)
        if name == "dde-source" or (name in LOADS and away):
            raise Rejected(FROM_ELSEWHERE)
