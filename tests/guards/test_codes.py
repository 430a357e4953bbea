"""Does every coded choice have its code in its vocabulary, or say why not?"""

import inspect
import sys

import pytest
from django.db.models import TextChoices

import cases.models
import cases.vocabulary
from cases.domain import codes, labs
from cases.domain.biomarkers import MARKERS
from cases.domain.codes import book
from cases.vocabulary import PrimarySite, Symptom


def lists_of_choices() -> dict[str, type[TextChoices]]:
    found = {}
    for module in [cases.models, cases.vocabulary, *sys.modules.values()]:
        if not getattr(module, "__name__", "").startswith(("cases.models", "cases.vocabulary")):
            continue
        for one in vars(module).values():
            if inspect.isclass(one) and issubclass(one, TextChoices) and one is not TextChoices:
                found[one.__name__] = one
    return found


LISTS = lists_of_choices()


@pytest.mark.parametrize("name", sorted(LISTS))
def test_each_choice_has_its_code_or_says_why_not(name):
    for value in LISTS[name].values:
        found, why_not = codes.codes_of(name, value), codes.reason_for_none(name, value)

        assert bool(found) != bool(why_not), f"{name}.{value}"


def test_the_book_has_no_entry_for_a_list_or_choice_that_is_not_there():
    assert set(book.WHOLE) | set(book.BY_CHOICE) == {*LISTS, "Marker"}
    assert not set(book.WHOLE) & set(book.BY_CHOICE)
    for name, entries in book.BY_CHOICE.items():
        assert set(entries) == set(MARKERS if name == "Marker" else LISTS[name].values), name


def test_each_code_belongs_to_a_vocabulary_with_its_edition():
    found = [
        c for entries in book.BY_CHOICE.values() for e in entries.values() if isinstance(e, tuple) for c in e
    ]

    assert len(found) > 100
    assert all(code.vocabulary.edition and code.code for code in found)


def in_system(found, system):
    return {code.code for code in found if code.system == system}


# Expected codes: ICD-10-CM, release of April 2026; ICD-10, WHO edition 2019.
@pytest.mark.parametrize(
    ("site", "american", "who"),
    [
        (PrimarySite.NET_GEP, {"C7B.02"}, {"C78.7"}),
        (PrimarySite.COLORECTAL, {"C78.7"}, {"C78.7"}),
        (PrimarySite.GIST, {"C78.7"}, {"C78.7"}),
        (PrimarySite.HCC, {"C22.0"}, {"C22.0"}),
        (PrimarySite.ICCA, {"C22.1"}, {"C22.1"}),
        (PrimarySite.PCCA, {"C24.0"}, {"C24.0"}),
    ],
)
def test_what_is_in_the_liver(site, american, who):
    found = codes.liver_disease(site)

    assert in_system(found, "icd10cm") == american
    assert in_system(found, "icd10who") == who


def test_gist_and_neuroendocrine_tumours_have_codes_of_their_own_in_one_edition_only():
    gist, net = codes.primary(PrimarySite.GIST), codes.primary(PrimarySite.NET_GEP)

    assert in_system(gist, "icd10cm") == {"C49.A0"}
    assert in_system(net, "icd10cm") == {"C7A.8"}
    assert not any(code.startswith(("C49.A", "C7A", "C7B")) for code in in_system(gist + net, "icd10who"))


def test_a_uveal_melanoma_is_not_one_of_the_skin():
    skin = codes.primary(PrimarySite.MELANOMA, melanoma_type="CUTANEOUS")
    uveal = codes.primary(PrimarySite.MELANOMA, melanoma_type="UVEAL")

    assert in_system(skin, "icd10who") == {"C43.9"}
    assert in_system(uveal, "icd10who") == {"C69.3"}


@pytest.mark.parametrize(
    ("analyte", "unit", "code"),
    [
        ("platelets", "10*9/L", "777-3"),
        ("afp", "ng/mL", "1834-1"),
        ("ca15_3", "U/mL", "6875-9"),  # 17842-6 is CA 27-29
        ("bilirubin", "mg/dL", "1975-2"),
        ("creatinine", "mg/dL", "2160-0"),
        ("inr", "1", "6301-6"),
    ],
)
def test_a_laboratory_code_goes_with_its_unit(analyte, unit, code):
    assert labs.ANALYTES[analyte].loinc[unit] == code
    assert in_system(codes.codes_of("Analyte", analyte), "loinc") == set(
        labs.ANALYTES[analyte].loinc.values()
    )


@pytest.mark.parametrize(
    ("analyte", "unit"),
    [("bilirubin", "umol/L"), ("creatinine", "umol/L"), ("afp", "IU/mL"), ("afp", "kIU/L")],
)
def test_a_code_of_a_mass_is_not_given_to_moles_or_units(analyte, unit):
    assert unit not in labs.ANALYTES[analyte].loinc


def test_referred_pain_has_no_code_and_says_so():
    assert "no code of its own" in codes.reason_for_none("Symptom", Symptom.REFERRED_PAIN_SHOULDER_BLADE)
