"""Rules of three-valued items: which item decides, on which cut-off, and in which words?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain import flag_words, scores
from cases.domain.scores.inputs import NO_ANSWER
from cases.domain.scores.readiness_rule import BASE, BY_SITE

MET = {
    "flag_resection": {
        "r0_possible": True,
        "two_adjacent_segments_spared": True,
        "inflow_outflow_biliary_preserved": True,
        "sflr_percent": 35,
        "liver_background": "normal",
        "ecog": 1,
        "extrahepatic_disease": "none",
        "primary_control": "resected_r0",
        "child_pugh_class": "not_applicable",
    },
    "flag_transplant_crlm": {
        "resectable": False,
        "extrahepatic_disease": "none",
        "primary_control": "resected_r0",
        "braf": "wild_type",
        "msi": "stable",
        "months_disease_control_on_chemo": 6,
        "cea_ug_l": 100,
        "cea_highest_ug_l": 300,
        "ecog": 0,
        "age_years": 52,
    },
    "flag_transplant_net": {
        "resectable": False,
        "net_grade": 1,
        "differentiation": "well",
        "primary_portal_drained": True,
        "primary_control": "resected_r0",
        "liver_involvement_percent": 35,
        "months_stable_or_response": 9,
        "extrahepatic_disease": "none",
        "age_years": 48,
    },
    "flag_transplant_hcc": {
        "tumour_sizes_cm": [3],
        "macrovascular_invasion": False,
        "extrahepatic_spread": False,
        "afp_ng_ml": 20,
        "absolute_contraindication": False,
    },
}
flags = st.sampled_from(sorted(MET))


def judge(flag, **changes):
    result = scores.compute(flag, MET[flag] | changes)
    assert result["status"] == "ok"
    return result


@pytest.mark.parametrize("flag", sorted(MET))
def test_a_rule_that_is_met_lists_every_item_in_its_order(flag):
    result = judge(flag)

    assert result["flag"] == "could_be_considered"
    assert result["met"] == list(flag_words.FLAGS[flag].items)


@given(flags, st.data())
def test_every_item_is_in_one_list_and_a_known_failure_wins(flag, data):
    answers = st.sampled_from([None, True, False, 0, 1, 60, 100, "none", "A", "high", *sorted(NO_ANSWER)])
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(MET[flag])), answers))
    result = scores.compute(flag, MET[flag] | changes)
    if result["status"] == "invalid":
        return

    order = list(flag_words.FLAGS[flag].items)
    lists = [result["met"], result["failed"], result["unknown"]]
    assert sorted(itertools.chain(*lists)) == sorted(order)
    assert all(names == sorted(names, key=order.index) for names in lists)
    expected = "not_suggested" if result["failed"] else "cannot_tell" if result["unknown"] else None
    assert result["flag"] == (expected or "could_be_considered")


@given(flags, st.data())
def test_forgetting_something_never_meets_a_rule_that_was_not(flag, data):
    """What is missing is never taken as normal."""
    forgotten = data.draw(st.sets(st.sampled_from(sorted(MET[flag])), min_size=1))
    code = data.draw(st.sampled_from([None, *sorted(NO_ANSWER)]))
    only_when_cea_is_high = {"cea_highest_ug_l"}

    result = judge(flag, **dict.fromkeys(forgotten, code))

    assert result["flag"] == "cannot_tell"
    assert result["failed"] == []
    assert len(result["unknown"]) <= len(forgotten | only_when_cea_is_high)


@pytest.mark.parametrize(
    ("flag", "changes", "failed"),
    [
        ("flag_resection", {"sflr_percent": 20}, ["sflr_above_threshold"]),
        ("flag_resection", {"sflr_percent": 20.001}, []),
        (
            "flag_resection",
            {"sflr_percent": 40, "liver_background": "cirrhosis_or_fibrosis"},
            ["sflr_above_threshold"],
        ),
        ("flag_resection", {"ecog": 2, "extrahepatic_disease": "resectable", "child_pugh_class": "A"}, []),
        ("flag_resection", {"ecog": 3, "child_pugh_class": "B"}, ["ecog_0_2", "liver_function_allows"]),
        ("flag_resection", {"primary_control": "resectable"}, []),
        ("flag_resection", {"primary_control": "progressing"}, ["primary_controlled_or_controllable"]),
        ("flag_transplant_crlm", {"age_years": 18, "months_disease_control_on_chemo": 3, "ecog": 1}, []),
        ("flag_transplant_crlm", {"age_years": 65}, []),
        ("flag_transplant_crlm", {"age_years": 65.1, "ecog": 2}, ["ecog_0_1", "age_18_65"]),
        ("flag_transplant_crlm", {"age_years": 17}, ["age_18_65"]),
        ("flag_transplant_crlm", {"months_disease_control_on_chemo": 2.9}, ["disease_control_3_months"]),
        ("flag_transplant_crlm", {"cea_ug_l": 79.9, "cea_highest_ug_l": None}, []),
        ("flag_transplant_crlm", {"cea_ug_l": 80, "cea_highest_ug_l": 160}, []),
        ("flag_transplant_crlm", {"cea_ug_l": 80, "cea_highest_ug_l": 159}, ["cea_below_80_or_halved"]),
        ("flag_transplant_crlm", {"braf": "mutated_other"}, []),
        ("flag_transplant_crlm", {"extrahepatic_disease": "resectable"}, ["liver_only"]),
        ("flag_transplant_net", {"net_grade": 2, "liver_involvement_percent": 50}, []),
        ("flag_transplant_net", {"liver_involvement_percent": 50.1}, ["liver_involvement_at_most_50"]),
        ("flag_transplant_net", {"months_stable_or_response": 6, "age_years": 60}, []),
        ("flag_transplant_net", {"months_stable_or_response": 5.9}, ["stable_or_response_6_months"]),
        (
            "flag_transplant_net",
            {"differentiation": "poor", "net_grade": None},
            ["well_differentiated_g1_g2"],
        ),
        ("flag_transplant_hcc", {"afp_ng_ml": 1000}, []),
        ("flag_transplant_hcc", {"afp_ng_ml": 1000.1}, ["afp_at_most_1000"]),
        ("flag_transplant_hcc", {"absolute_contraindication": True}, ["no_absolute_contraindication"]),
    ],
    ids=str,
)
def test_the_cut_offs(flag, changes, failed):
    """Adam 2024; Mazzaferro 2007 and 2016; that the remnant must be above 20, 30, 40 % is a convention."""
    result = judge(flag, **changes)

    assert (result["failed"], result["unknown"]) == (failed, [])


@pytest.mark.parametrize(
    ("changes", "within", "item"),
    [
        ({"tumour_sizes_cm": [3, 3, 3]}, ["milan", "up_to_seven", "afp_score_low"], "met"),
        ({"tumour_sizes_cm": [5, 5, 5]}, ["afp_score_low"], "met"),
        ({"tumour_sizes_cm": [5, 5, 5], "afp_ng_ml": 101}, [], "failed"),
        ({"tumour_sizes_cm": [5, 5, 5], "afp_ng_ml": None}, [], "unknown"),
        ({"tumour_sizes_cm": [8], "afp_ng_ml": None}, [], "failed"),
        ({"tumour_sizes_cm": [3], "extrahepatic_spread": True}, [], "met"),
    ],
    ids=str,
)
def test_which_set_a_hepatocellular_carcinoma_is_within(changes, within, item):
    """Three nodules of 3 cm are outside UCSF (Yao 2001); the AFP score decides where size does not."""
    result = judge("flag_transplant_hcc", **changes)

    assert result["within"] == within
    assert "within_a_published_set" in result[item]


@pytest.mark.parametrize(
    ("flag", "changes", "field"),
    [
        ("flag_transplant_crlm", {"cea_ug_l": 20, "cea_highest_ug_l": 19}, "cea_highest_ug_l"),
        ("flag_transplant_crlm", {"msi": "waived"}, "msi"),
        ("flag_resection", {"r0_possible": "yes"}, "r0_possible"),
        ("flag_resection", {"sflr_percent": 201}, "sflr_percent"),
        ("flag_transplant_hcc", {"tumour_sizes_cm": []}, "tumour_sizes_cm"),
    ],
    ids=str,
)
def test_what_a_rule_refuses(flag, changes, field):
    assert scores.compute(flag, MET[flag] | changes) == {"status": "invalid", "field": field}


@given(st.sampled_from(sorted(BY_SITE)), st.data())
def test_exactly_what_is_missing_blocks(site, data):
    needed = sorted((*BASE, *BY_SITE[site]))
    missing = data.draw(st.sets(st.sampled_from(needed)))
    answers = st.sampled_from([0, False, "waived", "x", {"value": 0, "unit": "g/L"}, ["4a"]])
    gaps = st.sampled_from([None, "", " ", [], {"value": None, "unit": "g/L"}, *sorted(NO_ANSWER)])
    given_values = {name: data.draw(gaps if name in missing else answers) for name in needed}

    result = scores.compute("blocking_missing", given_values | {"primary_site": site})

    assert (result["ready"], result["blocking"]) == (not missing, sorted(missing))


@pytest.mark.parametrize(("days", "stale"), [(42, False), (42.5, True), (None, False), ("unknown", False)])
def test_images_are_stale_after_six_weeks_which_does_not_block(days, stale):
    result = scores.compute("blocking_missing", {"primary_site": "other", "imaging_age_days": days})

    assert result["stale_imaging"] is stale
    assert result["blocking"] == sorted(BASE)


def test_a_site_that_nobody_assessed_is_missing_and_one_that_is_not_known_here_refused():
    for site, answer in (
        ("not_assessed", {"status": "incomplete", "missing": ["primary_site"]}),
        ("thyroid", {"status": "invalid", "field": "primary_site"}),
    ):
        assert scores.compute("blocking_missing", {"primary_site": site}) == answer


def every_word():
    for flag, words in flag_words.FLAGS.items():
        yield from (words.title, words.could_be_considered, *words.beside)
        yield from (one.words for one in words.items.values())
        for failed, unknown in ((["x"], []), ([], ["x", "y"])):
            outcome = "not_suggested" if failed else "cannot_tell"
            yield flag_words.sentence(flag, {"flag": outcome, "failed": failed, "unknown": unknown})
        yield from scores.get(flag).cautions


def test_the_words_are_never_a_verdict():
    for words in every_word():
        assert "eligible" not in words.lower()
        assert "candidate" not in words.lower()
        assert "must" not in words.lower().split()


def test_a_rule_in_words():
    result = judge("flag_resection", sflr_percent=None, r0_possible=False)
    lines = {line.name: line for line in flag_words.lines("flag_resection", result)}

    assert flag_words.sentence("flag_resection", judge("flag_resection")) == (
        "Surgical resection could be considered; for the hepatobiliary surgeon."
    )
    assert flag_words.sentence("flag_resection", result) == (
        "This published rule is not met (1 item); the case stays on the agenda."
    )
    assert flag_words.sentence("flag_resection", judge("flag_resection", ecog=None)) == (
        "Cannot tell yet (1 item not known)."
    )
    assert lines["r0_possible"].state == "unmet"
    assert lines["r0_possible"].words == "R0 resection is possible"
    assert lines["sflr_above_threshold"].state == "unknown"
    assert lines["ecog_0_2"].state == "met"
    assert all(line.source for line in lines.values())
    assert "portal hypertension" in flag_words.beside("flag_resection", "hcc")
    assert flag_words.beside("flag_resection", None) == ()


def added(flag, changes, **known):
    return [notice.id for notice in flag_words.messages(flag, judge(flag, **changes), known)]


def test_what_a_rule_adds():
    small = {"sflr_percent": 18}
    assert added("flag_resection", small, primary_site="colorectal") == ["R-SURG-1-REMNANT"]
    assert added("flag_resection", small | {"ecog": 3}) == []
    assert added("flag_resection", {}, primary_site="pancreatic") == ["R-SURG-1-UNUSUAL"]
    assert added("flag_resection", {}, primary_site=None) == []

    single = {"tumour_sizes_cm": [7.5]}
    downstaging = ["R-TX-HCC-DOWNSTAGING"]
    assert added("flag_transplant_hcc", single, unos_downstaging_eligible=True) == downstaging
    assert added("flag_transplant_hcc", single, unos_downstaging_eligible=None) == []
    unseen = single | {"macrovascular_invasion": None}
    assert added("flag_transplant_hcc", unseen, unos_downstaging_eligible=True) == []
    assert added("flag_transplant_hcc", {}, unos_downstaging_eligible=True) == []
