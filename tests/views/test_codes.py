"""Can whoever checks them read all codes, and does the document say the same as the program?"""

from pathlib import Path

import pytest
from django.urls import reverse

from cases.queries import codes
from cases.queries.recorded import recorded_of
from tests import factories
from tests.factories.cases import a_diagnosis

pytestmark = pytest.mark.django_db


def test_the_page_lists_codes_with_their_vocabulary_and_what_is_not_confirmed(client):
    client.force_login(factories.member(factories.board()))

    page = client.get(reverse("cases:codes")).content.decode()

    assert "C7B.02" in page
    assert "Referred pain has no code of its own" in page
    assert "to be confirmed locally" in page
    assert "mcode-SecondaryCancerCondition" in page


def test_the_document_is_what_the_program_holds():
    written = (Path(__file__).parents[2] / "docs" / "codes.md").read_text()

    assert written == codes.as_markdown(), "Write it anew: ./dev manage describe_codes"


def test_a_case_shows_its_codes_by_vocabulary():
    case = factories.a_case(factories.board())
    a_diagnosis(case, primary_site="NET_GEP", extrahepatic_disease="RESECTABLE", extrahepatic_sites=["BONE"])

    lines = codes.codes_of_case(case, inputs=recorded_of(case).inputs)
    found = {line.what: {code.code for code in line.codes} for line in lines}

    assert "C7A.8" in found["Primary"]
    assert {"C7B.02", "C78.7"} <= found["In the liver"]
    assert found["Elsewhere"] == {"C79.51", "C79.5"}


def test_the_case_page_tells_them(client):
    board = factories.board()
    case = factories.a_case(board)
    a_diagnosis(case)
    client.force_login(factories.member(board))

    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()

    assert "<summary>Codes</summary>" in page
    assert "ICD-10-CM" in page
