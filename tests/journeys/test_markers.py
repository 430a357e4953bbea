"""Can a pathologist answer markers quickly: only the results of each, and what follows at once?"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import BiomarkerResult
from cases.vocabulary import PrimarySite, Specialty
from tests import factories
from tests.factories.inputs import an_input

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


def test_a_pathologist_answers_markers_and_adds_one(at_a_browser):
    board = factories.board()
    person = factories.member(board, specialty=Specialty.PATHOLOGY)
    case = factories.a_case(board)
    factories.a_diagnosis(case, primary_site=PrimarySite.COLORECTAL)
    wanted = an_input(case, person, Specialty.PATHOLOGY)
    pathologist = at_a_browser(person, **PHONE)
    pathologist.arrives(reverse("cases:input", args=[wanted.pk]))
    rows = pathologist.page.locator("[data-rows=biomarkers] [data-row-of-set]")
    method = rows.first.get_by_label("Method")
    expect(method).to_be_hidden()
    expect(pathologist.page.get_by_label("Margin in mm")).to_be_hidden()

    pathologist.chooses("KRAS", "Mutated")
    expect(method).to_be_visible()
    pathologist.sees("RAS mutated: KRAS mutated, NRAS not recorded.")
    pathologist.page.get_by_role("combobox", name="Specimen").select_option(label="Resection")
    pathologist.types("Margin in mm", "0")
    pathologist.sees("0 mm is R1")
    added = rows.last
    pathologist.selects("Marker", "Tumour mutational burden", within=added)
    offered = added.get_by_label("Result").locator("option:not([disabled])").all_inner_texts()
    assert offered[:2] == ["Choose", "Measured"]
    assert "Mutated" not in offered
    pathologist.selects("Result", "Measured", within=added)
    pathologist.types("Figure", "12.5", within=added)
    pathologist.looks()
    pathologist.page.wait_for_load_state("networkidle")
    pathologist.presses("Save draft", then="The draft is saved.")

    assert set(BiomarkerResult.objects.values_list("marker", "result", "variant")) == {
        ("KRAS", "mutated", ""),
        ("TMB", "measured", ""),
    }
