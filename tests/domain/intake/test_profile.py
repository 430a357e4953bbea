"""Is a wrong profile noticed when it is read, and a wrong file when it is opened?"""

import pytest

from cases.domain.errors import Refused
from cases.domain.intake import BadProfile, match, profile_from

AGE = {"header": "Age", "read": "integer", "target": "case.stated_age"}
BASE = {
    "name": "t",
    "title": "Trial",
    "source": "",
    "licence": "",
    "record_column": "Record",
    "missing": ["?"],
}


def profile(*columns, rules=()):
    return profile_from(BASE | {"columns": list(columns), "rules": list(rules)})


@pytest.mark.parametrize(
    "column",
    [
        AGE | {"read": "guess"},
        AGE | {"target": "case.nonsense"},
        AGE | {"colour": "red"},
        AGE | {"target": "labs"},
        AGE | {"read": "codes"},
        AGE | {"target": "liver.aetiologies"},
        {"header": "X", "read": "ignore"},
        {"header": "X", "read": "analyte", "target": "labs", "analyte": "tsh", "unit": "1"},
        {"header": "X", "read": "length", "target": "lesions.largest_mm"},
        {"header": "Record", "read": "ignore", "why": "the record column stands apart"},
    ],
    ids=str,
)
def test_a_wrong_column_is_an_error_of_the_profile(column):
    with pytest.raises(BadProfile):
        profile(column)


@pytest.mark.parametrize(
    "change",
    [
        {"when": [{"column": "Weight", "missing": True}]},
        {"when": [{"column": "Age", "about": 3}]},
        {"when": [{"column": "Age", "exceeds": "Weight"}]},
        {"ask": "Weight"},
        {"offered": ["guess"]},
    ],
    ids=str,
)
def test_a_wrong_rule_is_an_error_of_the_profile(change):
    rule = {
        "kind": "k",
        "when": [{"column": "Age", "missing": True}],
        "ask": "Age",
        "why": "w",
        "offered": ["keep"],
    }
    profile(AGE, rules=[rule])

    with pytest.raises(BadProfile):
        profile(AGE, rules=[rule | change])


def test_headings_match_without_regard_to_case_and_spaces():
    headings = match(profile(AGE), ["RECORD ", "age", "Notes", ""])

    assert headings.found == {"RECORD ": "Record", "age": "Age"}
    assert headings.notes() == ["Not known, so not imported: Notes, (no heading)."]


def test_a_missing_column_is_told():
    weight = AGE | {"header": "Weight"}

    assert match(profile(AGE, weight), ["Record", "Age"]).notes() == [
        "Not in the file, so left missing: Weight."
    ]


@pytest.mark.parametrize(
    ("headings", "why"),
    [
        (["Age"], "no column “Record”"),
        (["Record", "Weight"], "None of the columns"),
        (["Record", "Age", "age"], "more than once: Age"),
    ],
)
def test_a_file_for_another_profile_is_refused(headings, why):
    with pytest.raises(Refused, match=why):
        match(profile(AGE), headings)
