"""Does readiness name everything that is missing, old or awaited, and nothing else?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cases.domain.readiness import Awaited, Facts, State, assess

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LABS = ("bilirubin", "albumin", "inr", "creatinine", "platelets")

COMPLETE = Facts(
    question="Resect in one step?",
    primary_site="BREAST",
    histology="Ductal carcinoma",
    extrahepatic_disease="NONE",
    ecog=0,
    imaging_on=DAY - timedelta(days=42),
    imaging_name="liver MRI",
    lesion_count=2,
    largest_mm=Decimal(31),
    segments_known=True,
    taken_on=dict.fromkeys(LABS, DAY - timedelta(days=14)),
    referrer="Dr B. Nightingale",
)
FRESH = {"cea": DAY, "afp": DAY, "ldh": DAY, "ca19_9": DAY}
COLORECTAL = replace(
    COMPLETE, primary_site="COLORECTAL", primary_control="RESECTED_R0", taken_on=COMPLETE.taken_on | FRESH
)
HCC = replace(
    COMPLETE,
    primary_site="HCC",
    cirrhosis="NO",
    ascites="none",
    encephalopathy="none",
    macrovascular_invasion="NO",
    taken_on=COMPLETE.taken_on | FRESH,
)


def blocking(facts):
    return [lack.what for lack in assess(facts, on=DAY, now=NOW).blocking]


@pytest.mark.parametrize("facts", [COMPLETE, COLORECTAL, HCC], ids=["breast", "colorectal", "hcc"])
def test_a_complete_case_is_ready(facts):
    assert assess(facts, on=DAY, now=NOW).state == State.READY


@pytest.mark.parametrize(
    ("facts", "change", "missing"),
    [
        (COMPLETE, {"question": " "}, "the question for the board"),
        (COMPLETE, {"primary_site": ""}, "primary site"),
        (COMPLETE, {"histology": ""}, "histology or accepted imaging diagnosis"),
        (COMPLETE, {"extrahepatic_disease": ""}, "staging outside the liver"),
        (COMPLETE, {"extrahepatic_disease": "UNKNOWN"}, "staging outside the liver"),
        (COMPLETE, {"imaging_on": None, "imaging_name": ""}, "imaging of the liver"),
        (COMPLETE, {"lesion_count": None}, "number of lesions"),
        (COMPLETE, {"largest_mm": None}, "size of the largest lesion"),
        (COMPLETE, {"segments_known": False}, "segments of the lesions"),
        (COMPLETE, {"ecog": None}, "performance status (ECOG)"),
        (COLORECTAL, {"primary_control": ""}, "control of the primary"),
        (COLORECTAL, {"primary_control": "UNKNOWN"}, "control of the primary"),
        (HCC, {"cirrhosis": ""}, "cirrhosis, yes or no"),
        (HCC, {"cirrhosis": "UNKNOWN"}, "cirrhosis, yes or no"),
        (HCC, {"ascites": ""}, "ascites"),
        (HCC, {"encephalopathy": ""}, "encephalopathy"),
        (HCC, {"macrovascular_invasion": ""}, "macrovascular invasion"),
        (HCC, {"macrovascular_invasion": "UNKNOWN"}, "macrovascular invasion"),
    ],
)
def test_each_item_blocks_alone(facts, change, missing):
    assert blocking(replace(facts, **change)) == [missing]


@pytest.mark.parametrize(
    ("facts", "analyte", "missing"),
    [
        (COMPLETE, "bilirubin", "bilirubin"),
        (COMPLETE, "albumin", "albumin"),
        (COMPLETE, "inr", "INR"),
        (COMPLETE, "creatinine", "creatinine"),
        (COMPLETE, "platelets", "platelets"),
        (COLORECTAL, "cea", "CEA"),
        (HCC, "afp", "AFP"),
        (replace(COLORECTAL, primary_site="MELANOMA"), "ldh", "LDH"),
        (replace(COLORECTAL, primary_site="PCCA"), "ca19_9", "CA 19-9"),
    ],
)
def test_each_laboratory_value_blocks_where_its_site_needs_it(facts, analyte, missing):
    without = {name: day for name, day in facts.taken_on.items() if name != analyte}

    assert blocking(replace(facts, taken_on=without)) == [missing]


def test_nothing_known_names_the_whole_base_list():
    assert len(blocking(Facts())) == 14


def test_zero_is_an_answer():
    none_left = replace(COMPLETE, lesion_count=0, largest_mm=None, segments_known=False)

    assert blocking(none_left) == []


def test_markers_of_another_site_are_not_asked():
    assert blocking(replace(COLORECTAL, taken_on=COLORECTAL.taken_on | {"afp": DAY})) == []


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        ({"imaging_on": DAY - timedelta(days=42)}, []),
        ({"imaging_on": DAY - timedelta(days=43)}, [("liver MRI", "43 days old on the day, limit 42")]),
        ({"imaging_on": None}, [("liver MRI", "date not known")]),
    ],
)
def test_imaging_is_counted_on_the_day_of_the_meeting(change, stale):
    told = assess(replace(COMPLETE, **change), on=DAY, now=NOW).stale

    assert [(lack.what, lack.detail) for lack in told] == stale


@pytest.mark.parametrize(
    ("analyte", "age", "is_stale"),
    [("albumin", 14, False), ("albumin", 15, True), ("cea", 28, False), ("cea", 29, True)],
)
def test_blood_keeps_two_weeks_and_markers_four(analyte, age, is_stale):
    facts = replace(COLORECTAL, taken_on=COLORECTAL.taken_on | {analyte: DAY - timedelta(days=age)})

    assert (assess(facts, on=DAY, now=NOW).state == State.STALE) is is_stale


def test_a_value_without_a_day_is_stale_and_not_missing():
    undated = replace(COMPLETE, taken_on=COMPLETE.taken_on | {"inr": None})
    told = assess(undated, on=DAY, now=NOW)

    assert told.blocking == ()
    assert [(lack.what, lack.detail) for lack in told.stale] == [("INR", "date not known")]


@pytest.mark.parametrize(
    ("due_at", "begun", "detail"),
    [
        (NOW - timedelta(minutes=1), False, "asked, late"),
        (NOW, False, "asked"),
        (NOW + timedelta(days=1), True, "draft"),
        (None, True, "draft"),
    ],
)
def test_an_awaited_input_names_who_owes_it(due_at, begun, detail):
    radiology = Awaited("Diagnostic radiology", "RAD", "Dr Sorensen", due_at=due_at, begun=begun)
    told = assess(replace(COMPLETE, awaited=(radiology,)), on=DAY, now=NOW)

    assert told.state == State.WAITING
    assert [(w.what, w.who_owes, w.detail) for w in told.waiting] == [
        ("Diagnostic radiology", "Dr Sorensen", detail)
    ]
    assert (told.words, told.detail) == ("Waiting for 1", "RAD")


def test_what_blocks_speaks_before_what_is_stale_and_what_is_awaited():
    everything = replace(COMPLETE, ecog=None, imaging_on=None, awaited=(Awaited("Surgery", "SUR"),))
    told = assess(everything, on=DAY, now=NOW)

    assert (told.state, told.words, told.may_be_listed) == (State.BLOCKED, "Blocked by 1", False)
    assert len(told.lacks) == 3


def test_an_emergency_can_always_be_listed_and_says_what_it_goes_without():
    told = assess(replace(COMPLETE, ecog=None, histology="", emergency=True), on=DAY, now=NOW)

    assert (told.may_be_listed, told.words) == (True, "Emergency, 2 missing")


def test_the_radiologist_owes_what_is_read_from_images():
    asked = replace(COMPLETE, lesion_count=None, ecog=None, radiologist="Dr Sorensen")
    owes = {lack.what: lack.who_owes for lack in assess(asked, on=DAY, now=NOW).blocking}

    assert owes == {"number of lesions": "Dr Sorensen", "performance status (ECOG)": "Dr B. Nightingale"}
