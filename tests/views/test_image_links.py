"""Does an accession number lead to the images, and is one that cannot be right refused?"""

import pytest
from django.urls import reverse

from cases.domain.accession import AccessionRefused
from cases.models import ImagingStudy
from cases.queries.accession import require_fitting
from tests.factories import a_case, board, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    here = board()
    hospital = here.hospital
    hospital.viewer_link = "https://viewer.example/open?acc={accession}&x=1"
    hospital.pacs_link = "https://pacs.example/{accession}"
    hospital.accession_pattern = r"[A-Z]{2} ?/[0-9]{4}"
    hospital.save()
    client.force_login(member(here))
    return a_case(here)


def record(client, case, accession):
    typed = {"fact-modality": "CT", "fact-performed_on": "2026-10-01", "fact-accession": accession}
    return client.post(reverse("cases:record-imaging", args=[case.pk]), typed)


def test_a_study_leads_to_its_images(client, case):
    assert record(client, case, " AB /1234 ").status_code == 302
    assert ImagingStudy.objects.get().accession == "AB /1234"

    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()

    safe = 'target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"'
    assert f'<a href="https://viewer.example/open?acc=AB%20%2F1234&amp;x=1" {safe}>' in page
    assert f'<a href="https://pacs.example/AB%20%2F1234" {safe}>' in page


@pytest.mark.parametrize("accession", ["AB1234", "AB/12345", "xAB/1234", "AB/1234\nAB/1234", "<b>"])
def test_what_does_not_look_like_a_number_is_refused_beside_the_field(client, case, accession):
    answer = record(client, case, accession)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"accession"}
    assert not ImagingStudy.objects.exists()


def test_without_a_number_nothing_is_asked_or_shown(client, case):
    assert record(client, case, "").status_code == 302
    assert "viewer.example" not in client.get(reverse("cases:case", args=[case.pk])).content.decode()


@pytest.mark.parametrize("pattern", [r"(a+)+(b+)+\1\2c", "(((((a*)*)*)*)*)*(.*)\\1\\1x", "[", "a{900}"])
def test_a_pattern_that_runs_away_or_cannot_be_read_is_stopped(case, pattern):
    hospital = case.board.hospital
    hospital.accession_pattern = pattern

    with pytest.raises(AccessionRefused):
        require_fitting("a" * 63 + "!", hospital)
    assert ImagingStudy.objects.count() == 0, "the connection still answers"
