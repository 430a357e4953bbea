"""Is this a PDF that only shows pages, and what does a page look like?

A PDF can carry programs, forms that send, and other files. Those are looked for by their names, which may
be written in several ways and be packed away; what cannot be looked into is not taken. Pages are drawn
with scripts and forms switched off, so what slipped through does nothing here.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from tumorboard.files import limits
from tumorboard.files.errors import Rejected

HARMFUL = {
    b"JavaScript": "It contains a script (JavaScript).",
    b"Launch": "It can start another program.",
    b"Rendition": "It contains a script or a film.",
    b"RichMedia": "It contains a film or a program.",
    b"EmbeddedFile": "Another file is hidden in it.",
    b"EmbeddedFiles": "Another file is hidden in it.",
    b"SubmitForm": "It can send what is typed into it elsewhere.",
    b"ImportData": "It can read in other files.",
    b"GoToE": "Another file is hidden in it.",
}
WITH_XFA = "It is a form with programs of its own (XFA)."
PRINT_IT = "Print it into a new PDF and hand that in."
NAME = re.compile(rb"/(" + b"|".join(HARMFUL) + rb")(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
ENDS_AS_ZIP = b"PK\x05\x06"
PACKED_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
PLAIN_FILTER = re.compile(rb"/Filter\s*(\[\s*)?/FlateDecode(\s*\])?\s*(/|>>)")
BEFORE = 4096  # bytes before a stream in which its dictionary stands
MAX_POINTS = 14_400  # a page of five metres, the most that PDF itself allows


def check(code: str, source: str, target: str) -> dict[str, Any]:
    with open(source, "rb") as file:
        content = file.read()
    if ENDS_AS_ZIP in content[-66_000:]:
        raise Rejected("The file is a PDF and an archive at once. Nothing was stored.")
    document = _opened(source)
    try:
        require_harmless(content)
        _require_nothing_attached(document)
        pages = len(document)
    finally:
        document.close()
    if not pages:
        raise Rejected("The PDF has no pages.")
    if pages > limits.MOST_PAGES:
        raise Rejected(f"The PDF has {pages} pages; at most {limits.MOST_PAGES} are taken. Split it.")
    return {"pages": pages, "cleaned": False}


def draw(source: str, target: str, page: int, width: int) -> dict[str, Any]:
    document = _opened(source)
    try:
        sheet = document[page - 1]
        across, down = sheet.get_size()
        if not (0 < across <= MAX_POINTS and 0 < down <= MAX_POINTS):
            raise Rejected("The page is too large to be shown.")
        scale = min(width / across, (limits.MOST_PREVIEW_PIXELS / (across * down)) ** 0.5)
        sheet.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(target, "PNG")
    finally:
        document.close()
    return {"mime": "image/png"}


def _opened(source: str) -> Any:
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise Rejected("The PDF asks for a password. Save it without one and hand that in.") from None
        raise Rejected("The PDF is incomplete or damaged. Nothing was stored.") from None
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        document.close()
        raise Rejected(f"The PDF is encrypted, so that nobody can look into it. {PRINT_IT}")
    return document


def _require_nothing_attached(document: Any) -> None:
    """What the reader itself finds, whatever it was called."""
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Rejected(f"{HARMFUL[b'JavaScript']} {PRINT_IT}")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Rejected(f"{HARMFUL[b'EmbeddedFile']} {PRINT_IT}")
    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        raise Rejected(f"{WITH_XFA} {PRINT_IT}")


def require_harmless(content: bytes) -> None:
    """No name that makes a PDF do something, in the file or in what is packed in it."""
    for text in (content, *_unpacked(content)):
        found = NAME.search(_plain(text))
        if found:
            raise Rejected(f"{HARMFUL[found[1]]} {PRINT_IT}")


def _plain(text: bytes) -> bytes:
    """/J#61vaScript is /JavaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever can be unpacked, whether it says so or not: objects are hidden in streams."""
    left = limits.MOST_LOOKED_INTO
    for found in STREAM.finditer(content):
        before = _plain(content[max(0, found.start() - BEFORE) : found.start()])
        said = before[max(0, before.rfind(b"endobj")) :]
        holds_objects = PACKED_OBJECTS.search(said)
        most = limits.MOST_OF_ONE_STREAM if holds_objects else limits.LOOKED_INTO
        text = _inflated(content, found.end(), most)
        if holds_objects and (not PLAIN_FILTER.search(said) or text is None or b"/Predictor" in said):
            raise Rejected(f"Parts of the PDF are packed so that nobody can look into them. {PRINT_IT}")
        if text is None:
            continue
        if holds_objects and len(text) >= limits.MOST_OF_ONE_STREAM:
            raise Rejected(f"Parts of the PDF are too large to be looked into. {PRINT_IT}")
        left -= len(text)
        if left < 0:
            raise Rejected(f"The PDF is too large to be looked into. {PRINT_IT}")
        yield text


def _inflated(content: bytes, start: int, most: int) -> bytes | None:
    packer = zlib.decompressobj()
    try:
        return packer.decompress(memoryview(content)[start:], most)
    except zlib.error:
        return None
