"""Is this a Word, Excel or PowerPoint file that only says something, and does nothing by itself?

No macros under whatever name, no programs, nothing loaded from elsewhere when it is opened. A table inside
slides, as every chart has one, is judged by the same rules, and may hold no further one.
"""

import io
import re
import zipfile
from typing import Any

from tumorboard.files import archive
from tumorboard.files.errors import Rejected
from tumorboard.files.kinds import OFFICE, SHEET, SLIDES, WORD

MAIN = {
    "DOCX": f"{OFFICE}{WORD}.main+xml",
    "XLSX": f"{OFFICE}{SHEET}.main+xml",
    "PPTX": f"{OFFICE}{SLIDES}.main+xml",
}
TYPES = "[Content_Types].xml"
MACROS = re.compile(
    r"vbaproject|vbadata|macrosheets/|/activex/|customui|\.(bas|cls|vbs|js|exe|dll|scr|bat|cmd)$"
)
MACRO_TYPE = re.compile(r"macroenabled|vbaproject|activex|oleobject|ms-office\.vba", re.IGNORECASE)
WITH_MACROS = (
    "The document contains macros or programs. Save it without them (docx, xlsx, pptx) and hand that in."
)
FROM_ELSEWHERE = (
    "The document loads something from elsewhere when it is opened. Save it as a PDF and hand that in."
)
WITH_OBJECT = "Another file or program is embedded in the document. Save it as a PDF and hand that in."
DDE = re.compile(r"\bDDE(AUTO)?\b")
HARMLESS_LINKS = ("/hyperlink",)
TABLE_INSIDE = re.compile(r"(word|ppt|xl)/embeddings/[^/]+\.xlsx$", re.IGNORECASE)


def check(code: str, source: str, target: str) -> dict[str, Any]:
    with archive.opened(source) as found:
        _judge(found, MAIN[code], may_hold_a_table=True)
    return {"pages": None, "cleaned": False}


def _judge(found: zipfile.ZipFile, wanted: str, *, may_hold_a_table: bool) -> None:
    names = {entry.filename for entry in found.infolist()}
    if TYPES not in names:
        raise Rejected("The document is not what its name says. Nothing was stored.")
    if any(MACROS.search(name.lower()) for name in names):
        raise Rejected(WITH_MACROS)
    for entry in found.infolist():
        content = archive.read(found, entry)
        name = entry.filename
        if name == TYPES:
            _require_types(content, wanted)
        elif name.endswith(".rels"):
            _require_nothing_from_elsewhere(content)
        elif TABLE_INSIDE.match(name) and may_hold_a_table:
            with archive.opened(io.BytesIO(content)) as inner:
                _judge(inner, MAIN["XLSX"], may_hold_a_table=False)
        elif content.startswith(archive.ARCHIVES + archive.PROGRAMS):
            raise Rejected(WITH_OBJECT)
        elif name.endswith(".xml"):
            _require_no_commands(name, content)


def _require_types(content: bytes, wanted: str) -> None:
    said = [given.get("ContentType", "") for _, given in archive.tags(content)]
    if any(MACRO_TYPE.search(one) for one in said):
        raise Rejected(WITH_MACROS)
    if wanted not in said:
        raise Rejected("The document is not what its name says. Nothing was stored.")


def _require_nothing_from_elsewhere(content: bytes) -> None:
    for _, given in archive.tags(content):
        kind = given.get("Type", "")
        if MACRO_TYPE.search(kind):
            raise Rejected(WITH_OBJECT)
        if given.get("TargetMode", "").lower() == "external" and not kind.endswith(HARMLESS_LINKS):
            raise Rejected(FROM_ELSEWHERE)


def _require_no_commands(name: str, content: bytes) -> None:
    """Fields and links that make a program run: Dynamic Data Exchange."""
    elements = {tag.rpartition(":")[2] for tag, _ in archive.tags(content)}
    if "ddeLink" in elements or "oleLink" in elements:
        raise Rejected(FROM_ELSEWHERE)
    if elements & {"instrText", "fldSimple"}:
        simple = " ".join(given.get("w:instr", "") for _, given in archive.tags(content))
        if DDE.search(archive.words(content)) or DDE.search(simple):
            raise Rejected(FROM_ELSEWHERE)
