"""Which files are taken, and what of them is stored? Honest ones, and everything that somebody might try."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import documents as made
from tests.factories.documents import SCRIPT
from tumorboard.files import limits
from tumorboard.files.errors import Rejected, Unreadable
from tumorboard.files.receiving import received

HONEST = {
    "report.pdf": (made.a_pdf, "PDF", 2),
    "photo.jpeg": (made.a_picture, "JPEG", 1),
    "scan.png": (lambda: made.a_picture("PNG", mode="RGBA"), "PNG", 1),
    "scan.webp": (lambda: made.a_picture("WEBP"), "WEBP", 1),
    "fax.TIF": (lambda: made.a_picture("TIFF", mode="1"), "TIFF", 1),
    "letter.docx": (made.an_office_file, "DOCX", None),
    "table.xlsx": (lambda: made.an_office_file("XLSX"), "XLSX", None),
    "slides.pptx": (lambda: made.an_office_file("PPTX"), "PPTX", None),
    "text.odt": (made.an_open_document, "ODT", None),
    "image.dcm": (made.a_dicom, "DICOM", None),
}


def take(name, content):
    """What is stored of it, as its description and its bytes."""
    with received(SimpleUploadedFile(name, content)) as file:
        return file, file.path.read_bytes()


def refusal(name, content) -> str:
    with pytest.raises(Rejected) as no, received(SimpleUploadedFile(name, content)):
        pass
    return str(no.value)


@pytest.mark.parametrize("name", HONEST)
def test_honest_files_are_taken(name):
    make, code, pages = HONEST[name]

    file, content = take(name, make())

    assert (file.kind.code, file.pages, file.size) == (code, pages, len(content))


SLIDES_WITH_A_CHART = made.an_office_file(
    "PPTX", parts={"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": made.an_office_file("XLSX")}
)


def test_slides_may_hold_the_table_of_a_chart_and_links_to_click():
    link = (
        f'<Relationship Id="r9" Type="{made.OFFICE_RELATION}/hyperlink" Target="https://x.example"'
        ' TargetMode="External"/>'
    )

    take("slides.pptx", SLIDES_WITH_A_CHART)
    take("letter.docx", made.an_office_file(relations=link))


LIES = {
    "a page as a picture": ("photo.jpg", b"<!DOCTYPE html><html>" + SCRIPT, "what is in the file is"),
    "a drawing with a script": (
        "logo.svg",
        b"<svg xmlns='x'>" + SCRIPT + b"</svg>",
        "end in .svg are not taken",
    ),
    "a drawing called a picture": (
        "logo.png",
        b"<svg xmlns='x'>" + SCRIPT + b"</svg>",
        "what is in the file is",
    ),
    "a moving picture that is a script": ("a.gif", b"GIF89a/*" + SCRIPT, "end in .gif are not taken"),
    "the wrong extension": ("report.pdf", made.a_picture(), "what is in the file is"),
    "a program": ("report.exe", b"MZ" + bytes(200), "end in .exe are not taken"),
    "a program behind a turned name": ("report\u202efdp.exe", b"MZ" + bytes(99), "end in .exe are not taken"),
    "no extension": ("report", b"%PDF-1.7", "without an extension"),
    "nothing": ("report.pdf", b"", "The file is empty"),
    "a torn picture": ("photo.jpg", made.a_picture(size=(900, 900))[:3000], "incomplete or damaged"),
    "a torn PDF": ("report.pdf", made.a_pdf()[:2000], "incomplete or damaged"),
    "a torn document": ("letter.docx", made.an_office_file()[:-40], "incomplete or damaged"),
    "only a beginning": ("image.dcm", bytes(128) + b"DICM", "is none"),
}


@pytest.mark.parametrize("what", LIES)
def test_what_is_not_what_it_says_is_refused(what):
    name, content, words = LIES[what]

    assert words in refusal(name, content)


CATALOG = {
    "a script on opening": b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
    "a script whose name is disguised": b"/OpenAction<</S/J#61vaScr#69pt/JS(app.alert(1))>>",
    "a program to start": b"/OpenAction<</S/Launch/F(calc.exe)>>",
    "a form that sends": b"/OpenAction<</S/SubmitForm/F(https://x.example)>>",
    "another file": b"/Names<</EmbeddedFiles<</Names[(a)<</EF<</F 4 0 R>>>>]>>>>",
}
HIDDEN = b"5 0 <</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize("what", CATALOG)
def test_a_pdf_that_does_something_is_refused(what):
    take("plain.pdf", made.a_bare_pdf())

    assert "Print it into a new PDF" in refusal("report.pdf", made.a_bare_pdf(catalog=CATALOG[what]))


@pytest.mark.parametrize(
    ("dictionary", "words"),
    [
        (b"/Filter/FlateDecode", "script"),
        (b"/Filter[/ASCIIHexDecode/FlateDecode]", "nobody can look"),
        (b"/Filter 8 0 R", "nobody can look"),
        (b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>", "nobody can look"),
    ],
)
def test_a_script_is_not_hidden_by_packing_it(dictionary, words):
    stream = made.packed_objects(HIDDEN, dictionary=dictionary)

    assert words in refusal("report.pdf", made.a_bare_pdf(stream=stream))


def test_an_encrypted_pdf_is_refused_in_clear_words():
    from pypdf import PdfReader, PdfWriter

    for password, words in (("secret", "asks for a password"), ("", "encrypted")):
        writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(made.a_pdf()))), io.BytesIO()
        writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-128")
        writer.write(out)
        assert words in refusal("report.pdf", out.getvalue())


def test_a_pdf_with_too_many_pages_is_refused():
    assert "at most 500" in refusal("book.pdf", made.a_pdf(pages=501))


def test_a_pdf_that_is_an_archive_too_is_refused():
    assert "at once" in refusal("report.pdf", made.a_pdf() + made.a_zip({"run.exe": b"MZ"}))


RELATION = '<Relationship Id="r9" Type="{}" Target="{}" TargetMode="External"/>'
TEMPLATE = RELATION.format(f"{made.OFFICE_RELATION}/attachedTemplate", "https://x.example/evil.dotm")
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
A_TABLE = {"xl/embeddings/b.xlsx": made.an_office_file("XLSX")}
COMMAND = "<w:instrText>DDE</w:instrText><w:instrText>AUTO c cmd</w:instrText>"
UNFOLDING = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
DOCUMENTS = {
    "macros under a harmless name": ({"main": MACRO_TYPE, "parts": {"word/vbaProject.bin": OLE}}, "macros"),
    "macros without saying so": ({"parts": {"word/VBAproject.bin": OLE}}, "macros"),
    "only its type says macros": ({"main": MACRO_TYPE}, "macros"),
    "another kind of document": ({"main": "application/pdf"}, "not what its name says"),
    "a template from elsewhere": ({"relations": TEMPLATE}, "from elsewhere"),
    "a program inside": ({"parts": {"word/embeddings/oleObject1.bin": OLE}}, "embedded"),
    "an archive inside": ({"parts": {"word/media/image1.png": made.a_zip({"a": "b"})}}, "embedded"),
    "a table in a table": (
        {"parts": {"word/embeddings/a.xlsx": made.an_office_file("XLSX", parts=A_TABLE)}},
        "embedded",
    ),
    "a command in a field": ({"text": COMMAND}, "from elsewhere"),
    "entities that unfold": ({"parts": {"word/x.xml": UNFOLDING}}, "do not use"),
    "a path that climbs": ({"parts": {"../../etc/cron.d/x": "* * * * *"}}, "do not use"),
    "an absolute path": ({"parts": {"/etc/passwd": "x"}}, "do not use"),
    "a bomb": ({"parts": {"word/media/a.xml": b"<a>" + bytes(60_000_000)}}, "far more than it should"),
    "thousands of parts": ({"parts": {f"word/{n}.xml": "" for n in range(limits.MOST_PARTS)}}, "far more"),
}


@pytest.mark.parametrize("what", DOCUMENTS)
def test_an_office_document_that_does_something_is_refused(what):
    more, words = DOCUMENTS[what]

    assert words in refusal("letter.docx", made.an_office_file(**more))


def test_an_archive_whose_list_lies_is_refused():
    """The list says three bytes, the entry holds more."""
    honest = made.an_office_file(parts={"word/a.xml": "<a>" + "b" * 4000 + "</a>"})
    place = honest.rindex(b"word/a.xml") - 46 + 24
    lying = honest[:place] + (3).to_bytes(4, "little") + honest[place + 4 :]

    assert refusal("letter.docx", lying)


def test_a_program_before_an_archive_is_refused():
    assert refusal("letter.docx", b"MZ" + made.an_office_file())


OPEN_DOCUMENTS = {
    "macros": ({"parts": {"Basic/Standard/Module1.xml": "<m/>"}}, "macros"),
    "something that runs": ({"content": "<o><script:event-listener xmlns:script='s'/></o>"}, "macros"),
    "a picture from elsewhere": (
        {"content": "<o xmlns:draw='d' xmlns:xlink='x'><draw:image xlink:href='https://x.example/1'/></o>"},
        "from elsewhere",
    ),
    "a password": ({"parts": {"META-INF/m.xml": "<m><encryption-data/></m>"}}, "password"),
}


@pytest.mark.parametrize("what", OPEN_DOCUMENTS)
def test_an_open_document_that_does_something_is_refused(what):
    more, words = OPEN_DOCUMENTS[what]

    assert words in refusal("text.odt", made.an_open_document(**more))


def test_a_photo_is_stored_without_its_place_and_stands_upright():
    photo = made.a_photo_with_a_place(turned=6)
    assert Image.open(io.BytesIO(photo)).getexif().get_ifd(made.GPS)

    file, stored = take("IMG_0042.jpg", photo)
    exif = Image.open(io.BytesIO(stored)).getexif()

    assert dict(exif) == {made.ORIENTATION: 6}
    assert not exif.get_ifd(made.GPS)
    assert b"script" not in stored
    assert b"Made by" not in stored
    assert file.was_cleaned


def test_words_beside_a_picture_are_not_stored():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", SCRIPT.decode())
    for name, picture in {
        "a.png": made.a_picture("PNG", pnginfo=words) + SCRIPT,
        "a.webp": made.a_picture("WEBP", xmp=SCRIPT),
        "a.tiff": made.a_picture("TIFF", description=SCRIPT.decode()) + SCRIPT,
    }.items():
        assert b"script" in picture
        assert b"script" not in take(name, picture)[1], name


def test_a_bomb_of_pixels_is_refused():
    bomb = made.a_bomb_of_pixels()

    assert len(bomb) < 1_000_000
    assert "million pixels" in refusal("scan.png", bomb)


def test_what_hides_before_a_dicom_image_is_not_stored():
    file, stored = take("image.dcm", made.a_dicom(preamble=b"MZ" + b"\x90" * 126))

    assert stored == made.a_dicom()
    assert file.was_cleaned


def test_more_than_is_allowed_is_refused_while_it_is_read(settings):
    settings.FILE_MAX_MB = 1

    assert "larger than 1 MB" in refusal("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000_000))


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.01)

    with pytest.raises(Unreadable), received(SimpleUploadedFile("a.pdf", made.a_pdf())):
        pass
