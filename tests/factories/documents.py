"""What might somebody hand in? Files of every kind, made here: honest ones, and ones that mean harm."""

import io
import zipfile
import zlib

import typst
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from tumorboard.files.kinds import KINDS
from tumorboard.files.office import MAIN

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = {"DOCX": "word/document.xml", "XLSX": "xl/workbook.xml", "PPTX": "ppt/presentation.xml"}
SCRIPT = b"<script>alert(document.cookie)</script>"


def a_picture(form="JPEG", size=(320, 240), mode="RGB", **more) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, form, **more)
    return out.getvalue()


def a_photo_with_a_place(*, turned=6) -> bytes:
    """As a telephone takes it: where, with what, and held upright."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = turned, "Made by somebody"
    place = exif.get_ifd(GPS)
    place[1], place[2] = "N", (IFDRational(51), IFDRational(30), IFDRational(26))
    place[3], place[4] = "W", (IFDRational(0), IFDRational(7), IFDRational(39))
    return a_picture(exif=exif, comment=SCRIPT) + b"<html>" + SCRIPT


def a_bomb_of_pixels(side=20_000) -> bytes:
    """A PNG of a few hundred kilobytes that would unpack to four hundred million pixels."""

    def chunk(name, content):
        check = zlib.crc32(name + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + name + content + check

    head = side.to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(bytes(side + 1) * 100, 9) * 1
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_pdf(pages=2) -> bytes:
    text = " #pagebreak() ".join(f"Page {number} of a report." for number in range(1, pages + 1))
    return typst.compile(b"#set page(width: 10cm, height: 12cm)\n" + text.encode())


def a_bare_pdf(*, catalog=b"", before=b"", stream=b"") -> bytes:
    """Written by hand, so that anything can stand in it."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R " + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        before or b"<<>>",
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    out += stream
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return bytes(out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


def packed_objects(text: bytes, *, dictionary=b"/Filter/FlateDecode") -> bytes:
    packed = zlib.compress(text)
    head = b"9 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d" % len(packed) + dictionary + b">>\nstream\n"
    return head + packed + b"\nendstream\nendobj\n"


def an_office_file(code="DOCX", *, text="", parts=None, main="", relations="") -> bytes:
    """The smallest that an office program opens, with what a test adds."""
    body = BODY[code]
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{body}" ContentType="{main or MAIN[code]}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE_RELATION}/officeDocument" Target="{body}"/>{relations}'
        "</Relationships>",
        body: f'<document xmlns:w="urn:w">{text}</document>',
    }
    return a_zip({**files, **(parts or {})})


def an_open_document(code="ODT", *, content="<office/>", parts=None) -> bytes:
    files = {"mimetype": KINDS[code].mime, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"}
    return a_zip({**files, **(parts or {})})


def a_zip(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_dicom(*, preamble=bytes(128)) -> bytes:
    syntax = b"\x02\x00\x10\x00UI\x14\x001.2.840.10008.1.2.1\x00"
    return preamble + b"DICM" + b"\x02\x00\x00\x00UL\x04\x00" + len(syntax).to_bytes(4, "little") + syntax
