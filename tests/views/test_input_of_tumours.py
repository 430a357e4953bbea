"""Are oncologist and pathologist asked what this tumour needs, and is what they say kept and read?"""

from datetime import date

import pytest
from django.urls import reverse

from cases.domain.biomarkers import asked_for
from cases.domain.errors import Refused
from cases.models import BiomarkerResult, Draft, OncologyInput, PathologyInput, SpecialistInput
from cases.services import specialist_input as service
from cases.vocabulary import InputStatus, PrimarySite, Specialty
from tests import factories
from tests.factories.inputs import OPINION, an_input

pytestmark = pytest.mark.django_db

SAID = {"opinion": "MORE_TESTS", "confidence": "HIGH", "opinion_reason": "NRAS is still out."}
PATHOLOGY = {"specimen": "CORE_BIOPSY", "morphology": "8140/3"}
MODELS = {Specialty.ONCOLOGY: OncologyInput, Specialty.PATHOLOGY: PathologyInput}


def wanted(client, specialty, site, **diagnosis):
    board = factories.board()
    person = factories.member(board, specialty=specialty)
    case = factories.a_case(board)
    factories.a_diagnosis(case, primary_site=site, **diagnosis)
    client.force_login(person)
    return an_input(case, person, specialty)


def address(one, name="input"):
    return reverse(f"cases:{name}", args=[one.pk])


def markers(site, *rows):
    count = str(len(asked_for(site)))
    said = {"biomarkers-TOTAL_FORMS": count, "biomarkers-INITIAL_FORMS": count}
    for place, row in enumerate(rows):
        said |= {f"biomarkers-{place}-{name}": value for name, value in row.items()}
    return said


def answer(client, one, act, **said):
    return client.post(address(one), {"version": one.version, "act": act, **said})


@pytest.mark.parametrize("specialty", list(MODELS))
def test_each_column_is_on_the_page_for_some_primary(client, specialty):
    seen = set()
    columns = {f.name for f in MODELS[specialty]._meta.concrete_fields if not f.primary_key}
    for site in ("COLORECTAL", "NET_GEP", "PCCA"):
        response = client.get(address(wanted(client, specialty, PrimarySite(site))))
        assert response.status_code == 200
        page = response.content.decode()
        seen |= {name for name in columns if f'name="{name}"' in page}

    assert seen == columns


def test_a_perihilar_tumour_warns_before_a_biopsy_and_others_do_not(client):
    warning = "through the peritoneum may exclude a transplant"

    perihilar = client.get(address(wanted(client, Specialty.PATHOLOGY, PrimarySite.PCCA)))
    intrahepatic = client.get(address(wanted(client, Specialty.PATHOLOGY, PrimarySite.ICCA)))

    assert warning in perihilar.content.decode()
    assert warning not in intrahepatic.content.decode()


def test_uveal_melanoma_is_asked_first_for_its_own_markers(client):
    uveal = {"primary_control": "CONTROLLED", "melanoma_type": "UVEAL"}

    page = client.get(address(wanted(client, Specialty.PATHOLOGY, PrimarySite.MELANOMA, **uveal)))

    assert 'name="biomarkers-0-marker" value="GNAQ"' in page.content.decode()


def test_markers_are_kept_signed_read_and_carried_into_an_amendment(client):
    one = wanted(client, Specialty.PATHOLOGY, PrimarySite.COLORECTAL)
    said = markers(
        "COLORECTAL",
        {"marker": "KRAS", "result": "mutated", "variant": "G12D"},
        {"marker": "NRAS", "result": "PENDING"},
        {"marker": "BRAF"},
    )

    assert answer(client, one, "save", **said).status_code == 302
    assert set(BiomarkerResult.objects.values_list("marker", "result")) == {
        ("KRAS", "mutated"),
        ("NRAS", "PENDING"),
    }
    one.refresh_from_db()
    assert answer(client, one, "sign", **SAID, **PATHOLOGY, **said).status_code == 302
    one.refresh_from_db()
    assert one.status == InputStatus.SIGNED
    client.post(address(one, "amend-input"), {"reason": "NRAS has come."})
    again = client.get(address(SpecialistInput.objects.get(revision=2))).content.decode()
    assert 'value="G12D"' in again
    client.force_login(factories.member(one.case.board, specialty=Specialty.SURGERY))
    read = client.get(address(one)).content.decode()
    for words in ("KRAS", "Mutated", "G12D", "NRAS", "Pending", "Core biopsy", "Adenocarcinoma"):
        assert words in read, words
    assert "BRAF" not in read


def test_a_marker_is_read_with_its_number_and_where_it_was_found(client):
    one = wanted(client, Specialty.PATHOLOGY, PrimarySite.BREAST)
    rows = [
        {
            "marker": "ER",
            "result": "positive",
            "figure": "90",
            "laboratory": "Genomics",
            "tested_on": "2026-11-12",
        },
        *({"marker": code} for code in ("PR", "HER2", "HER2_FISH", "PIK3CA", "ESR1", "BRCA")),
        {"marker": "PDL1_CPS", "result": "measured", "figure": "12"},
    ]
    answer(client, one, "sign", **SAID, **PATHOLOGY, **markers("BREAST", *rows))

    page = client.get(address(one)).content.decode()

    assert "Positive, 90 % of cells, Genomics, 12-Nov-2026" in page
    assert "<dd>12 CPS</dd>" in page


def test_a_result_of_another_marker_is_refused_at_its_row_and_the_text_is_kept(client):
    one = wanted(client, Specialty.PATHOLOGY, PrimarySite.COLORECTAL)
    said = markers("COLORECTAL", {"marker": "KRAS", "result": "3+", "variant": "typed with care"})

    response = answer(client, one, "sign", **SAID, **PATHOLOGY, **said)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_biomarkers-0-result_0"' in page
    assert 'value="typed with care"' in page
    assert not BiomarkerResult.objects.exists()


def test_the_service_refuses_it_too(client):
    one = wanted(client, Specialty.PATHOLOGY, PrimarySite.GIST)
    wrong = PATHOLOGY | {"biomarkers": [{"marker": "PDGFRA", "result": "v600e"}]}

    with pytest.raises(Refused, match="PDGFRA has the results"):
        service.sign(specialist_input=one, version=1, fields=OPINION, details=wrong, by=one.asked_of)


def test_what_follows_is_said_while_it_is_typed_and_nothing_is_kept(client):
    one = wanted(client, Specialty.PATHOLOGY, PrimarySite.COLORECTAL)
    said = markers("COLORECTAL", {"marker": "KRAS", "result": "mutated"}) | {"margin_mm": "0.5"}

    page = client.post(address(one, "input-derived"), said).content.decode()

    assert 'id="derived-markers">RAS mutated: KRAS mutated, NRAS not recorded.' in page
    assert 'id="derived-residual">0.5 mm is R0 by the UICC' in page
    assert not Draft.objects.exists()
    assert not PathologyInput.objects.exists()


def test_the_oncologist_sees_the_highest_cea_with_its_day_and_what_the_pathologist_found(client):
    one = wanted(client, Specialty.ONCOLOGY, PrimarySite.COLORECTAL)
    factories.lab(one.case, "cea", 120, "ug/L", date(2026, 2, 3))
    factories.lab(one.case, "cea", 42, "ug/L", date(2026, 11, 16))
    pathologist = factories.member(one.case.board, specialty=Specialty.PATHOLOGY, family_name="Slide")
    asked = an_input(one.case, pathologist, Specialty.PATHOLOGY)
    found = PATHOLOGY | {"biomarkers": [{"marker": "MSI", "result": "high"}]}
    service.sign(specialist_input=asked, version=1, fields=OPINION, details=found, by=pathologist)

    page = client.get(address(one)).content.decode()

    assert "highest CEA 120 µg/L, 03-Feb-2026" in page
    assert "Microsatellites or mismatch repair: High (MSI-H, dMMR) (A. Slide" in page


def test_an_oncologist_signs_all_that_was_asked(client):
    one = wanted(client, Specialty.ONCOLOGY, PrimarySite.COLORECTAL)
    said = {
        "lines_given": "2",
        "fit_for_systemic": "YES",
        "response": "PR",
        "response_percent": "35.5",
        "cea_highest_ug_l": "140",
        "toxicities": ["NEUROPATHY"],
        "neuropathy_grade": "2",
        "dpyd": "NOT_TESTED",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-regimen": "FOLFOX with bevacizumab",
    }

    assert answer(client, one, "sign", **SAID, **said).status_code == 302

    read = client.get(address(one)).content.decode()
    for words in ("35.5", "140", "Neuropathy", "Not tested", "FOLFOX with bevacizumab", "Partial response"):
        assert words in read, words
