"""Which kinds of file are taken, and how is each known? By its extension and by its first bytes."""

from dataclasses import dataclass

import puremagic

from tumorboard.files.errors import Rejected

HEAD = 4096  # bytes that are enough to know a kind
ZIP = b"PK\x03\x04"
WORD, SHEET, SLIDES = "wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"
OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
GENERIC = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """`begins`: what its bytes say at `at`; `shown`: its pages are drawn; `family`: who judges it."""

    code: str
    label: str
    extensions: tuple[str, ...]
    mime: str
    begins: tuple[bytes, ...]
    at: int = 0
    shown: bool = False
    family: str = ""

    def fits(self, head: bytes) -> bool:
        return head[self.at :].startswith(self.begins)


def _office(code: str, label: str, extension: str, what: str) -> Kind:
    return Kind(code, label, (extension,), OFFICE + what, (ZIP,), family="ooxml")


def _odf(code: str, label: str, extension: str, what: str) -> Kind:
    return Kind(code, label, (extension,), ODF + what, (ZIP,), family="odf")


KINDS = {
    kind.code: kind
    for kind in (
        Kind("PDF", "PDF", ("pdf",), "application/pdf", (b"%PDF-",), shown=True, family="pdf"),
        Kind(
            "JPEG",
            "JPEG picture",
            ("jpg", "jpeg"),
            "image/jpeg",
            (b"\xff\xd8\xff",),
            shown=True,
            family="picture",
        ),
        Kind(
            "PNG",
            "PNG picture",
            ("png",),
            "image/png",
            (b"\x89PNG\r\n\x1a\n",),
            shown=True,
            family="picture",
        ),
        Kind("WEBP", "WebP picture", ("webp",), "image/webp", (b"WEBP",), at=8, shown=True, family="picture"),
        Kind(
            "TIFF",
            "TIFF picture",
            ("tif", "tiff"),
            "image/tiff",
            (b"II*\x00", b"MM\x00*"),
            shown=True,
            family="picture",
        ),
        _office("DOCX", "Word document", "docx", WORD),
        _office("XLSX", "Excel table", "xlsx", SHEET),
        _office("PPTX", "PowerPoint slides", "pptx", SLIDES),
        _odf("ODT", "OpenDocument text", "odt", "text"),
        _odf("ODS", "OpenDocument table", "ods", "spreadsheet"),
        _odf("ODP", "OpenDocument slides", "odp", "presentation"),
        Kind("DICOM", "DICOM", ("dcm", "dicom"), "application/dicom", (b"DICM",), at=128, family="dicom"),
    )
}
BY_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}
ACCEPT = ",".join(f".{extension}" for extension in BY_EXTENSION)
TAKEN = (
    "PDF, JPEG, PNG, WebP, TIFF, DICOM and office documents without macros (docx, xlsx, pptx, odt, ods, odp)"
)


def kind_of_name(name: str) -> Kind:
    """By its extension alone: what the person says that it is."""
    _, dot, extension = name.rpartition(".")
    kind = BY_EXTENSION.get(extension.lower()) if dot else None
    if kind is None:
        said = f"Files that end in .{extension.lower()}" if dot else "Files without an extension"
        raise Rejected(f"{said} are not taken. Taken are {TAKEN}.")
    return kind


def require_kind(kind: Kind, head: bytes) -> None:
    """Do the bytes say the same as the name?"""
    if not head:
        raise Rejected("The file is empty.")
    if not kind.fits(head):
        raise Rejected(
            f"The name says {kind.label}, but what is in the file is {looks_like(head)}. Nothing was stored."
        )


def looks_like(head: bytes) -> str:
    """In words, for the person; nothing is decided by it."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    name = next((one.name or one.extension for one in found if one.confidence >= 0.5), "")
    return f"something else ({name})" if name else "something else"
