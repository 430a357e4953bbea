"""Is the marked patient found, however somebody writes them? Otherwise the other tests here prove nothing."""

import base64
import io
import json
import quopri
import urllib.parse
import zipfile

import pytest
import typst
from django.http import HttpResponse

from tests.canary import marks
from tests.canary.answers import around

NAME = f"{marks.FAMILY}, {marks.GIVEN}"
AS_TEXT = {
    "as it stands": NAME.encode(),
    "the other way round": f"{marks.GIVEN} {marks.FAMILY}".encode(),
    "in capitals": NAME.upper().encode(),
    "in small letters": NAME.lower().encode(),
    "in an address": urllib.parse.quote(NAME).encode(),
    "in a query": urllib.parse.urlencode({"q": NAME}).encode(),
    "in JSON": json.dumps({"name": NAME}).encode(),
    "quoted-printable": quopri.encodestring(NAME.encode()),
    "UTF-16": NAME.encode("utf-16"),
    "UTF-16 of PDFs": NAME.encode("utf-16-be"),
    "hexadecimal": NAME.encode().hex().encode(),
    "hexadecimal UTF-16": NAME.encode("utf-16-be").hex().upper().encode(),
}
DAYS = [
    *("1931-07-19", "19310719", "19071931", "19/07/1931", "7/19/1931", "19.07.1931", "19.7.1931"),
    *(
        "19-Jul-1931",
        "19 JUL 1931",
        "19 July 1931",
        "July 19, 1931",
        "19\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}1931",
    ),
    *("19%2F07%2F1931", "19%20July%201931", "1931-07-19T00:00:00Z"),
]


@pytest.mark.parametrize("way", AS_TEXT)
def test_a_name_is_found(way):
    assert marks.found(b"before " + AS_TEXT[way] + b" after") == ["family name", "given name"]


@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("word", [NAME, NAME.upper(), NAME.lower()])
def test_a_name_in_base64_is_found_wherever_it_begins(before, word):
    text = base64.b64encode(b"x" * before + word.encode() + b" after")

    assert marks.found(text) == ["family name", "given name"]


@pytest.mark.parametrize("written", DAYS)
def test_a_birth_date_is_found(written):
    assert marks.found(f"born {written}, aged") == ["birth date"]


@pytest.mark.parametrize("written", ["01632 960417", "01632960417", "01632+960417", "01632%20960417"])
def test_a_telephone_number_is_found(written):
    assert marks.found(f"tel={written}&x=1") == ["telephone"]


def test_what_is_typed_in_a_sentence_is_found():
    assert marks.found(marks.SENTENCE) == [mark.name for mark in marks.OF_A_SENTENCE]
    assert marks.found("rn-77889-xq") == ["record number"]


def test_what_is_packed_is_found():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", NAME)

    assert marks.found(archive.getvalue()) == ["family name", "given name"]
    assert marks.found(typst.compile(f"Letter about {NAME}".encode())) == ["family name", "given name"]


def test_keys_times_and_longer_numbers_are_nobody():
    drawn = "12345678-1931-4071-8abc-77889abcdef0 20193107191 id=119310719 at 19:31:07 2026-07-19 ms=77889"

    assert marks.found(drawn) == []


def test_what_browsers_keep_of_a_page_is_found():
    page = """<title>Case of Zyxwirth</title><a href="/?born=1931-07-19">x</a>
        <form><input name="one"><input type="hidden" name="two"><textarea name="three"></textarea></form>
        <form autocomplete="off"><input name="four"></form><input name="five" autocomplete="off">"""
    answer = HttpResponse(page, headers={"Content-Disposition": "inline; filename=rn-77889-xq.pdf"})
    answer.set_cookie("messages", "any")

    assert list(around(answer, page.encode(), of_a_case=True)) == [
        "a header tells of the ['record number']",
        "a cookie more: ['messages']",
        "a browser keeps what is typed into ['one', 'three']",
        "the title tells of the ['family name']",
        "an address tells of the ['birth date']",
    ]
