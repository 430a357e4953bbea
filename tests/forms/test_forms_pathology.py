"""Is the pathologist asked what this tumour and specimen can tell, and each marker by its own results?"""

import pytest

from cases.domain.biomarkers import asked_for
from cases.forms.specialist_input import InputForms
from cases.models import PathologyInput
from cases.vocabulary import Absent, PrimarySite
from tests.forms.test_specialist_input import COMPLETE, OPINION, forms, posted

COLUMNS = {f.name for f in PathologyInput._meta.concrete_fields if not f.primary_key}
SITES = ["", *PrimarySite]
RESECTED = {"specimen": "RESECTION"}


def case(site):
    return {"primary_site": site, "cirrhosis": ""}


def asked(site):
    return forms("PATHOLOGY", {}, case=case(site)).details


def opened(site, **details):
    """The form as it is first seen, with a row for each marker of this primary."""
    rows = {"biomarkers": [{"marker": one.code} for one in asked_for(site)]}
    known = {"opinion": {}, "details": details, "rows": rows, "facts": {}, "case": case(site)}
    return InputForms(specialty="PATHOLOGY", stands=known)


def typed(site, *rows, known=None, **said):
    """The same, with what was typed in its first rows and in others after them."""
    initial = [{"marker": one.code} for one in asked_for(site)] if known is None else known
    data = {"biomarkers-TOTAL_FORMS": str(max(len(initial), len(rows)))}
    data |= {"biomarkers-INITIAL_FORMS": str(len(initial))}
    for place, row in enumerate(rows):
        data |= {f"biomarkers-{place}-{name}": value for name, value in row.items()}
    stands = {"opinion": {}, "details": {}, "rows": {"biomarkers": initial}, "facts": {}, "case": case(site)}
    return InputForms(posted(data | said), specialty="PATHOLOGY", stands=stands)


def wrong(part):
    part.check()
    return {problem.anchor.removeprefix("id_") for problem in part.problems}


def test_every_column_is_asked_for_some_primary():
    assert set().union(*(asked(site).fields for site in SITES)) == COLUMNS


@pytest.mark.parametrize("site", SITES)
def test_each_question_that_is_asked_stands_in_a_card_once(site):
    form = asked(site)

    laid_out = [name for card in form.questions for name, _ in card.asked]

    assert sorted(laid_out) == sorted(form.fields)


@pytest.mark.parametrize(
    ("site", "only_here"),
    [
        ("COLORECTAL", {"growth_pattern", "primary_node_positive"}),
        ("NET_GEP", {"ki67_percent", "mitoses_per_2mm2", "primary_node_positive"}),
        ("BREAST", {"ki67_percent", "primary_node_positive"}),
        ("GIST", {"primary_node_positive"}),
        ("HCC", set()),
        ("PCCA", {"aneuploidy", "transperitoneal_biopsy_done"}),
        ("UNKNOWN_PRIMARY", {"ki67_percent", "mitoses_per_2mm2", "primary_node_positive"}),
    ],
)
def test_what_one_tumour_never_tells_is_not_asked(site, only_here):
    every = {"growth_pattern", "ki67_percent", "mitoses_per_2mm2", "aneuploidy"}
    every |= {"transperitoneal_biopsy_done", "primary_node_positive"}

    assert every & set(asked(site).fields) == only_here


def test_a_neuroendocrine_tumour_is_well_or_poorly_differentiated():
    def offered(site):
        return {code for code, _ in asked(site).fields["differentiation"].choices}

    assert offered("NET_GEP") == {"well", "poor", *Absent.values}
    assert offered("COLORECTAL") == offered("NET_GEP") | {"moderate", "undifferentiated"}


def test_the_code_of_a_histology_is_seen_and_the_usual_comes_first():
    groups = dict(asked("HCC").fields["morphology"].choices)

    assert groups["Usual for this tumour"][0] == ("8170/3", "8170/3 Hepatocellular carcinoma")
    assert ("8140/3", "8140/3 Adenocarcinoma") in groups["Others"]


@pytest.mark.parametrize(
    ("site", "said", "where"),
    [
        ("COLORECTAL", {"pt": "pT3"}, "tnm_edition_0"),
        ("COLORECTAL", {"pn": "N1"}, "tnm_edition_0"),
        ("COLORECTAL", {"pn": "N1", "tnm_edition": "UNKNOWN"}, "tnm_edition_0"),
        ("COLORECTAL", {"morphology": "OTHER"}, "morphology_note"),
        (
            "COLORECTAL",
            {"morphology": "8140/3", "positive_biopsy_or_cytology": "NO"},
            "positive_biopsy_or_cytology_0",
        ),
        ("COLORECTAL", RESECTED | {"regression": "1", "viable_percent": "10"}, "viable_percent"),
        ("COLORECTAL", RESECTED | {"margin_mm": "301"}, "margin_mm"),
        (
            "COLORECTAL",
            {"specimen_site": "PRIMARY", "pn": "N1", "tnm_edition": "8", "primary_node_positive": "NO"},
            "primary_node_positive_0",
        ),
        ("NET_GEP", {"morphology": "8246/3", "differentiation": "well"}, "differentiation_0"),
        ("NET_GEP", {"morphology": "8240/3", "differentiation": "poor"}, "differentiation_0"),
        ("NET_GEP", {"ki67_percent": "101"}, "ki67_percent"),
        ("NET_GEP", {"differentiation": "moderate"}, "differentiation_0"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(site, said, where):
    assert wrong(typed(site, **said)) == {where}


@pytest.mark.parametrize(
    "said",
    [
        {"pn": "NOT_ASSESSED"},
        {"pt": "pT3", "pn": "N1", "tnm_edition": "8"},
        RESECTED | {"regression": "1", "viable_percent": "0"},
        {"morphology": "8140/3", "positive_biopsy_or_cytology": "PENDING"},
    ],
)
def test_what_agrees_is_taken(said):
    assert not wrong(typed("COLORECTAL", **said))


def test_a_biopsy_has_no_margin():
    part = typed("COLORECTAL", specimen="CORE_BIOPSY", margin_mm="2", residual="R0", fibrosis_stage="2")

    assert part.check()
    assert (part.typed_details["margin_mm"], part.typed_details["residual"]) == (None, "")
    assert part.typed_details["fibrosis_stage"] == 2


def test_the_margin_suggests_and_what_is_chosen_stays():
    part = typed("COLORECTAL", **RESECTED, margin_mm="0", residual="R0")

    assert part.check()
    assert part.typed_details["residual"] == "R0"
    assert part.derived["residual"].startswith("0 mm is R1 (UICC")
    assert "R0 is chosen" in part.derived["residual"]


def test_the_code_as_a_metastasis_is_told_only_of_the_liver_and_only_of_what_came_from_elsewhere():
    said = {"morphology": "8140/3", "specimen_site": "LIVER"}

    assert "8140/6" in typed("COLORECTAL", **said).derived["morphology"]
    assert not typed("ICCA", **said).derived["morphology"]
    assert not typed("COLORECTAL", morphology="8140/3", specimen_site="PRIMARY").derived["morphology"]


@pytest.mark.parametrize("site", SITES)
def test_each_marker_of_the_primary_has_a_row_with_its_own_results(site):
    rows = opened(site).rows["biomarkers"]

    for marker, row in zip(asked_for(site), rows, strict=False):
        offered = (
            {code for code, _ in row.fields["result"].choices}
            - set(Absent.values)
            - {"", "No answer because"}
        )
        assert offered == set(marker.answers) - (set() if site == "BREAST" else {"ultralow"})
        assert ("figure" in row.fields) == bool(marker.figure)
        assert ("variant" in row.fields) == bool(marker.variant)
    assert len(rows) == len(asked_for(site)) + 1


def test_only_what_is_answered_is_kept_and_not_tested_is_an_answer():
    part = typed(
        "COLORECTAL",
        {"marker": "KRAS", "result": "mutated", "variant": "G12D", "laboratory": "Genomics", "method": "NGS"},
        {"marker": "NRAS", "result": "NOT_TESTED", "laboratory": "typed before"},
        {"marker": "BRAF"},
        {"marker": "MSI", "result": "PENDING", "laboratory": "Genomics", "tested_on": "2026-11-12"},
    )

    assert part.check(), part.problems
    kept = {one["marker"]: one for one in part.typed_details["biomarkers"]}
    assert set(kept) == {"KRAS", "NRAS", "MSI"}
    assert (kept["KRAS"]["result"], kept["KRAS"]["variant"]) == ("mutated", "G12D")
    assert kept["NRAS"]["laboratory"] == ""
    assert (kept["MSI"]["laboratory"], str(kept["MSI"]["tested_on"])) == ("Genomics", "2026-11-12")


def test_a_marker_of_any_tumour_may_be_added():
    part = typed("GIST", {}, {}, {}, {}, {"marker": "TMB", "result": "measured", "figure": "12.5"})

    assert part.check(), part.problems
    assert [(one["marker"], str(one["figure"])) for one in part.typed_details["biomarkers"]] == [
        ("TMB", "12.5")
    ]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"marker": "MSI", "result": "mutated"}, "result"),
        ({"marker": "TMB", "result": "measured"}, "figure"),
        ({"marker": "KRAS", "result": "mutated", "figure": "12"}, "figure"),
        ({"marker": "MSI"}, "result"),
        ({"result": "mutated"}, "marker"),
        ({"marker": "TP53", "result": "mutated"}, "marker"),
        ({"marker": "BRAF", "result": "v600e"}, "marker"),
        ({"marker": "MSI", "result": "high", "tested_on": "2126-01-01"}, "tested_on"),
    ],
)
def test_an_added_row_that_cannot_stand_is_refused_at_its_field(row, where):
    part = typed("", row, {"marker": "BRAF", "result": "wild_type"}, known=[])

    found = {anchor.split("-")[-1] for anchor in wrong(part)}

    assert found == {where}
    assert "biomarkers" not in part.typed_details


def test_a_preset_row_with_a_laboratory_and_no_result_asks_for_it():
    assert wrong(typed("COLORECTAL", {"marker": "KRAS", "laboratory": "Genomics"})) == {
        "biomarkers-0-result_0"
    }


def test_a_result_of_another_marker_is_refused_in_a_preset_row():
    assert wrong(typed("GIST", {}, {"marker": "PDGFRA", "result": "v600e"})) == {"biomarkers-1-result_0"}


def test_a_row_is_of_the_marker_that_the_person_saw():
    """Another has added a marker to the record since: no answer slides to it."""
    now = [{"marker": "BRAF"}, {"marker": "MSI"}]

    part = typed("", {"marker": "MSI", "result": "high"}, known=now)

    assert part.check(), part.problems
    assert [(one["marker"], one["result"]) for one in part.typed_details["biomarkers"]] == [("MSI", "high")]


@pytest.mark.parametrize(
    ("kras", "nras", "words"),
    [
        ("mutated", "NOT_TESTED", "RAS mutated: KRAS mutated, NRAS not tested."),
        ("wild_type", "wild_type", "RAS wild type: KRAS wild type, NRAS wild type."),
        ("wild_type", "PENDING", "RAS not known: KRAS wild type, NRAS pending."),
        ("", "PENDING", "RAS not known: KRAS not recorded, NRAS pending."),
        ("", "", ""),
    ],
)
def test_ras_is_told_from_its_two_genes(kras, nras, words):
    part = typed("COLORECTAL", {"marker": "KRAS", "result": kras}, {"marker": "NRAS", "result": nras})

    assert part.derived["markers"] == words


def test_her2_of_the_breast_is_told_from_both_tests():
    assert opened("BREAST").derived["markers"] == ""
    two = typed("BREAST", {}, {}, {"marker": "HER2", "result": "2+"})
    assert two.derived["markers"] == "HER2 2+ is open until in situ hybridisation."
    low = typed(
        "BREAST", {}, {}, {"marker": "HER2", "result": "2+"}, {"marker": "HER2_FISH", "result": "negative"}
    )
    assert low.derived["markers"] == "HER2 taken together: low."


@pytest.mark.parametrize("name", ["specimen", "morphology"])
def test_a_signature_needs_specimen_and_histology_or_why_there_is_none(name):
    said = OPINION | COMPLETE["PATHOLOGY"]
    assert typed("COLORECTAL", **said).check_for_signature()
    assert typed("COLORECTAL", **(said | {name: "NOT_ASSESSED"})).check_for_signature()

    assert not typed("COLORECTAL", **(said | {name: ""})).check_for_signature()


def test_two_versions_of_the_markers_are_told_apart_in_words():
    part = typed("COLORECTAL", {"marker": "KRAS", "result": "mutated", "variant": "G12D"})
    part.stands["rows"]["biomarkers"][1]["result"] = "PENDING"

    (found,) = [one for one in part.differences() if one.label == "Biomarkers"]

    assert (found.theirs, found.mine) == ("NRAS pending", "KRAS mutated G12D")
