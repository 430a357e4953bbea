"""Files of a case: handed in, listed, looked at, saved and withdrawn, by those who may and nobody else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases.models import CaseFile
from cases.services import attachments
from cases.vocabulary import CaseStatus, Role, ScanState
from tests.factories import a_case, a_file, board, member, person
from tests.factories import documents as made
from tumorboard.audit import trail
from tumorboard.files import store

pytestmark = pytest.mark.django_db


@pytest.fixture
def liver():
    return board()


@pytest.fixture
def case(liver):
    return a_case(liver)


@pytest.fixture
def surgeon(liver, client):
    user = member(liver)
    client.force_login(user)
    return user


def here(name, row, *more, **query):
    address = reverse(f"cases:{name}", args=[row.pk, *more])
    return address + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def hand_in(client, case, name="report.pdf", content=None, title="Pathology report"):
    file = SimpleUploadedFile(name, made.a_pdf() if content is None else content)
    return client.post(here("files", case), {"file": file, "title": title})


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_is_handed_in_listed_and_saved_again(client, case, surgeon):
    content = made.a_pdf()
    answer = hand_in(client, case, name="../Befund\u202e.pdf", content=content)
    file = CaseFile.objects.get()

    assert (answer.status_code, answer.url) == (302, here("files", case))
    assert (file.title, file.name, file.size, file.pages) == (
        "Pathology report",
        "Befund.pdf",
        len(content),
        2,
    )
    assert (file.created_by, file.scan, file.scanned_at) == (surgeon, ScanState.NOT_SCANNED, None)
    page = client.get(here("files", case)).content.decode()
    for words in ("Pathology report", "Not scanned", surgeon.display_name, "2 pages"):
        assert words in page
    assert "Pathology report" in client.get(here("case", case)).content.decode()
    saved = client.get(here("save-file", file))
    assert body(saved) == content
    verbs = [one.verb for one in trail.of(case.about)]
    assert {"file.added", "file.saved", "case.viewed"} <= set(verbs)


def test_nothing_of_ours_runs_what_was_handed_in(client, case, surgeon):
    file = a_file(case, made.a_pdf(), title="x", name='a"; filename=evil.html; x=".pdf')

    for answer in (client.get(here("save-file", file)), client.get(here("file-page", file, 1))):
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("sandbox; default-src 'none'")
        assert "script-src" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        body(answer)
    saved = client.get(here("save-file", file))
    assert saved["Content-Disposition"] == r'attachment; filename="a\"; filename=evil.html; x=\".pdf"'
    assert saved["Content-Type"] == "application/pdf"
    body(saved)


@pytest.mark.parametrize("prefix", ["", "files/", "static/", "media/", "var/files/"])
def test_no_address_leads_to_the_store(client, case, surgeon, prefix):
    file = a_file(case, made.a_pdf())

    assert client.get(f"/{prefix}{file.stored_as}").status_code == 404


def test_pages_are_drawn_one_at_a_time(client, case, surgeon):
    file = a_file(case, made.a_pdf(pages=3), pages=3)

    page = client.get(here("file", file, page=2)).content.decode()
    assert f'src="{here("file-page", file, 2)}" alt="Page 2 of 3 of {file.title}"' in page
    assert 'rel="prev" href="?page=1"' in page
    assert 'rel="next" href="?page=3"' in page
    assert 'data-key="n"' in page
    drawn = {zoom: body(client.get(here("file-page", file, 2, zoom=zoom))) for zoom in (0, 1)}
    sizes = [Image.open(io.BytesIO(one)).size for one in drawn.values()]
    assert [width for width, _ in sizes] == [1000, 2200]
    assert {client.get(here("file-page", file, one)).status_code for one in (0, 4, 99_999)} == {404}
    assert client.get(here("file", file, page="9x")).status_code == 200


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_pictures_are_shown_drawn_anew(client, case, surgeon, form):
    given = {"TIFF": "tif"}.get(form, form.lower())
    hand_in(client, case, name=f"scan.{given}", content=made.a_picture(form))
    file = CaseFile.objects.get()

    shown = client.get(here("file-page", file, 1))

    assert shown["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(body(shown))).size == (320, 240)


def test_a_photo_stands_upright(client, case, surgeon):
    hand_in(client, case, name="photo.jpg", content=made.a_photo_with_a_place(turned=6))

    shown = body(client.get(here("file-page", CaseFile.objects.get(), 1)))

    assert Image.open(io.BytesIO(shown)).size == (240, 320)


def test_a_page_that_cannot_be_drawn_harms_nobody(client, case, surgeon):
    file = a_file(case, b"%PDF-1.7 not one")

    answer = client.get(here("file-page", file, 1))

    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")


def test_what_is_refused_is_told_beside_the_field_and_not_stored(client, case, surgeon):
    before = set(store.names())
    answer = hand_in(client, case, name="photo.jpg", content=b"<html><script>", title="A <b>photo</b>")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "what is in the file is" in page
    assert "A &lt;b&gt;photo&lt;/b&gt;" in page
    assert not CaseFile.objects.exists()
    assert set(store.names()) == before


def test_the_same_file_is_not_stored_twice(client, case, surgeon):
    content = made.a_pdf()
    hand_in(client, case, content=content)
    before = set(store.names())

    assert "there already: Pathology report" in hand_in(client, case, content=content).content.decode()
    assert (CaseFile.objects.count(), set(store.names())) == (1, before)


def test_ten_gigabytes_are_refused_before_a_byte_is_read(case, surgeon):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(surgeon)

    class Never(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("it was read")

    for address, status in ((here("files", case), 413), (reverse("account_login"), 400)):
        claim = {"CONTENT_LENGTH": str(10 * 1024**3), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
        answer = browser.generic("POST", address, **claim, **{"wsgi.input": Never()})
        assert answer.status_code == status
    assert (
        "larger than 50 MB"
        in browser.generic("POST", here("files", case), **claim, **{"wsgi.input": Never()}).content.decode()
    )


def test_a_form_of_another_site_hands_in_nothing(case, surgeon):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(surgeon)

    assert hand_in(browser, case).status_code == 403
    assert not CaseFile.objects.exists()


def test_who_may_hand_in_and_withdraw(client, liver, case):
    seats = {role: member(liver, role) for role in Role}
    for role, user in seats.items():
        client.force_login(user)
        may = role in {Role.COORDINATOR, Role.CHAIR, Role.MEMBER}
        answer = hand_in(client, case, content=made.a_pdf(), title=role)
        expected = 302 if may else {Role.OBSERVER: 403}.get(role, 404)
        assert answer.status_code == expected, role
        CaseFile.objects.filter(case=case).update(withdrawn_at="2026-01-01T00:00Z", withdrawn_by=user)
    client.force_login(case.referred_by)
    assert hand_in(client, case, content=made.a_pdf(pages=1)).status_code == 302
    mine = CaseFile.objects.standing().get()
    client.force_login(seats[Role.OBSERVER])
    assert client.post(here("withdraw-file", mine), {"reason": "Wrong"}).status_code == 403
    client.force_login(case.referred_by)
    assert client.post(here("withdraw-file", mine), {"reason": "Wrong"}).status_code == 302


def test_nothing_is_added_to_a_withdrawn_case(client, liver, surgeon):
    gone = a_case(liver, status=CaseStatus.WITHDRAWN)

    answer = hand_in(client, gone)

    assert answer.status_code == 422
    assert "withdrawn" in answer.content.decode()


def test_a_wrong_file_can_no_longer_be_opened_and_is_not_forgotten(client, case, surgeon):
    content = made.a_pdf()
    file = a_file(case, content)
    assert client.post(here("withdraw-file", file), {"reason": " "}).status_code == 422
    client.post(here("withdraw-file", file), {"reason": "Belongs to another patient"})
    file.refresh_from_db()

    assert (file.withdrawn_by, file.withdrawn_reason) == (surgeon, "Belongs to another patient")
    for address in (here("save-file", file), here("file-page", file, 1), here("withdraw-file", file)):
        assert client.get(address).status_code == 404
    assert "Belongs to another patient" in client.get(here("files", case)).content.decode()
    assert "Belongs to another patient" in client.get(here("history", case)).content.decode()
    assert "Pathology report" not in client.get(here("case", case)).content.decode()
    with store.opened(file.stored_as) as kept:
        assert kept.read() == content, "the bytes are kept"


@pytest.mark.parametrize("state", [ScanState.WAITING, ScanState.INFECTED])
def test_what_waits_or_is_infected_is_not_handed_out(client, case, surgeon, state):
    file = a_file(case, made.a_pdf(), scan=state)

    for address in (here("save-file", file), here("file-page", file, 1)):
        assert client.get(address).status_code == 404
    page = client.get(here("file", file)).content.decode()
    assert state.label in page
    assert here("save-file", file) not in page


def test_strangers_learn_nothing(client, case):
    file = a_file(case, made.a_pdf())
    client.force_login(person())

    for name, more in (("file", []), ("save-file", []), ("file-page", [1]), ("withdraw-file", [])):
        assert client.get(here(name, file, *more)).status_code == 404
    assert hand_in(client, case).status_code == 404


def test_rows_and_bytes_stay_as_they_were(case):
    from django.db import ProgrammingError, transaction

    file = a_file(case)
    for change in (
        lambda: CaseFile.objects.filter(pk=file.pk).update(sha256="0" * 64),
        lambda: CaseFile.objects.filter(pk=file.pk).update(case=a_case(case.board)),
        lambda: CaseFile.objects.filter(pk=file.pk).delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.parametrize("name", ["files", "case"])
def test_queries_do_not_grow_with_files(client, case, surgeon, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(here(name, case))
        return len(asked)

    a_file(case)
    counted()
    once = counted()
    for number in range(3):
        a_file(case, title=f"File {number}", by=member(case.board))

    assert counted() == once


def test_what_fails_after_storing_leaves_nothing(case, surgeon, monkeypatch):
    """The row is refused by the database; the bytes go again."""
    before = set(store.names())
    monkeypatch.setattr(
        trail, "record", lambda **_: (_ for _ in ()).throw(RuntimeError("the database is away"))
    )

    with pytest.raises(RuntimeError):
        attachments.add(case=case, upload=SimpleUploadedFile("a.pdf", made.a_pdf()), title="A", by=surgeon)

    assert set(store.names()) == before
    assert not CaseFile.objects.exists()
