"""Does readiness name everything that is missing, old, awaited or waived, and nothing else?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.domain import scores
from cases.domain.picture import Gap, Item, Picture
from cases.domain.readiness import Around, Awaited, State, as_the_rule_asks, assess
from cases.domain.scores.readiness_rule import BASE, BY_SITE
from cases.domain.shelf_life import Limits
from cases.vocabulary import PrimarySite, Specialty

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITES = sorted(BY_SITE)
BLOOD = ("bilirubin", "albumin", "inr", "creatinine", "platelets")


def a_picture(site="breast", *, without=(), gaps=(), on=None, **said):
    """Everything that this site needs, but for what is left out or said otherwise."""
    values = dict.fromkeys(("primary_site", *BASE, *BY_SITE.get(site, ())), True) | said
    values |= {"primary_site": site} if site else {}
    left_out = {*without, *(gap.name for gap in gaps), *(() if site else ("primary_site",))}
    items = {
        name: Item(name, value, str(value), on=(on or {}).get(name, DAY))
        for name, value in values.items()
        if name not in left_out
    }
    return Picture(items, {gap.name: gap for gap in gaps}, site, DAY)


def judged(picture, **around):
    return assess(picture, Around(**({"referrer": "Dr B. Nightingale"} | around)), now=NOW)


def names(lacks):
    return [lack.item for lack in lacks]


def test_the_rule_knows_every_primary_site():
    assert {site.lower() for site in PrimarySite.values} == set(SITES)


@pytest.mark.parametrize("site", SITES)
def test_a_complete_case_is_ready(site):
    assert judged(a_picture(site)).state == State.READY


@pytest.mark.parametrize(
    ("site", "name"), [(site, name) for site in SITES for name in (*BASE, *BY_SITE[site])]
)
def test_each_item_of_each_site_blocks_alone(site, name):
    [lack] = judged(a_picture(site, without=[name])).blocking

    assert (lack.item, lack.detail) == (name, "not recorded")
    assert lack.what
    assert lack.who_owes


@pytest.mark.parametrize("site", [*SITES, ""])
@pytest.mark.parametrize(
    "gaps",
    [
        (),
        (Gap("ecog", "pending"), Gap("inr", "bound")),
        (Gap("ras", "not_tested"), Gap("er", "unknown"), Gap("cirrhosis", "not_assessed")),
        (Gap("ras", "waived"), Gap("histology_or_accepted_imaging_diagnosis", "waived")),
        tuple(Gap(name) for name in BASE),
    ],
)
def test_what_blocks_is_what_the_published_rule_calls_missing(site, gaps):
    picture = a_picture(site, gaps=gaps)
    told = scores.compute("blocking_missing", as_the_rule_asks(picture))
    expected = told["blocking"] if site else ["primary_site"]

    assert set(names(judged(picture).blocking)) >= set(expected)
    assert not site or sorted(names(judged(picture).blocking)) == expected


def test_without_a_primary_site_what_every_site_needs_is_asked():
    told = judged(Picture({}, {}, "", DAY))

    assert set(names(told.blocking)) == {"primary_site", *BASE}


@pytest.mark.parametrize(
    ("gap", "detail"),
    [
        (Gap("ras", "pending", on=date(2026, 11, 12)), "pending since 12-Nov-2026"),
        (Gap("ras", "pending"), "pending"),
        (Gap("ras", "not_tested"), "recorded as not tested"),
        (Gap("ras", "not_assessed"), "recorded as not assessed"),
        (Gap("ras", "unknown"), "recorded as not known"),
    ],
)
def test_a_reason_for_having_no_answer_is_told_and_still_missing(gap, detail):
    [lack] = judged(a_picture("colorectal", gaps=[gap])).blocking

    assert (lack.item, lack.detail) == ("ras", detail)


def test_what_is_waived_is_not_missing_and_says_by_whom_and_why():
    told = judged(a_picture("colorectal", gaps=[Gap("ras", "waived", "No tissue left.", "Dr Okafor")]))

    assert told.state == State.READY
    assert [(lack.item, lack.detail, lack.who_owes) for lack in told.waived] == [
        ("ras", "No tissue left.", "Dr Okafor")
    ]


def test_a_board_may_ask_for_less():
    picture = a_picture("colorectal", without=["ras", "msi"])

    assert names(judged(picture, not_required=frozenset({"ras"})).blocking) == ["msi"]


@pytest.mark.parametrize("value", [0, False, "none", []])
def test_zero_and_no_are_answers_and_an_empty_list_is_none(value):
    blocking = judged(a_picture("hcc", macrovascular_invasion=value)).blocking

    assert names(blocking) == (["macrovascular_invasion"] if value == [] else [])


def test_where_there_is_no_lesion_none_is_measured_or_placed():
    nothing_left = a_picture(without=["largest_lesion_cm", "lesion_segments"], lesion_count=0)

    assert judged(nothing_left).state == State.READY


@pytest.mark.parametrize(("name", "reason"), [("lesion_count", "10 or more"), ("inr", "<0.9")])
def test_a_bound_is_an_answer_as_far_as_readiness_goes(name, reason):
    assert judged(a_picture(gaps=[Gap(name, "bound", reason, on=DAY)])).state == State.READY


@pytest.mark.parametrize(
    ("limits", "age", "is_stale"),
    [(Limits(), 42, False), (Limits(), 43, True), (Limits(imaging_days=56), 56, False)],
)
def test_imaging_is_counted_on_the_day_of_the_meeting(limits, age, is_stale):
    told = judged(a_picture(on={"liver_imaging_date": DAY - timedelta(days=age)}), limits=limits)
    detail = f"{age} days old on the day, limit {limits.imaging_days}"

    assert [(lack.what, lack.detail) for lack in told.stale] == [("liver imaging", detail)] * is_stale


@pytest.mark.parametrize("age", [42, 43])
def test_stale_imaging_agrees_with_the_published_rule(age):
    picture = a_picture(on={"liver_imaging_date": DAY - timedelta(days=age)})
    told = scores.compute("blocking_missing", as_the_rule_asks(picture) | {"imaging_age_days": age})

    assert bool(judged(picture).stale) is told["stale_imaging"]


@pytest.mark.parametrize(
    ("name", "age", "is_stale"),
    [*((name, age, age > 14) for name in BLOOD for age in (14, 15)), ("cea", 28, False), ("cea", 29, True)],
)
def test_blood_keeps_two_weeks_and_markers_four(name, age, is_stale):
    told = judged(a_picture("colorectal", on={name: DAY - timedelta(days=age)}))

    assert names(told.stale) == [name] * is_stale


def test_a_board_says_for_itself_how_long_blood_and_markers_count():
    limits = Limits(blood_days=7, marker_days=90)
    old = {"albumin": DAY - timedelta(days=8), "cea": DAY - timedelta(days=90)}

    assert names(judged(a_picture("colorectal", on=old), limits=limits).stale) == ["albumin"]


def test_a_bound_grows_old_like_a_value_and_a_waived_item_does_not():
    old = DAY - timedelta(days=99)
    told = judged(a_picture("hcc", gaps=[Gap("afp", "bound", "<2", on=old), Gap("inr", "waived", on=old)]))

    assert names(told.stale) == ["afp"]


def test_a_value_without_a_day_is_stale_and_not_missing():
    told = judged(a_picture(on={"inr": None}))

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
    told = judged(a_picture(), awaited=(radiology,))

    assert (told.state, told.words, told.detail) == (State.WAITING, "Waiting for 1", "RAD")
    assert [(w.what, w.who_owes, w.detail) for w in told.waiting] == [
        ("Diagnostic radiology", "Dr Sorensen", detail)
    ]


def test_what_blocks_speaks_before_what_is_stale_and_what_is_awaited():
    picture = a_picture(without=["ecog"], on={"liver_imaging_date": None})
    told = judged(picture, awaited=(Awaited("Surgery", "SUR"),))

    assert (told.state, told.words, told.may_be_listed) == (State.BLOCKED, "Blocked by 1", False)
    assert len(told.lacks) == 3


def test_an_emergency_can_always_be_listed_and_says_what_it_goes_without():
    told = judged(a_picture(without=["ecog", "inr"]), emergency=True)

    assert (told.may_be_listed, told.words) == (True, "Emergency, 2 missing")


@pytest.mark.parametrize(
    ("name", "asked_of", "owes"),
    [
        ("ecog", {Specialty.RADIOLOGY: "Dr Sorensen"}, "Dr B. Nightingale"),
        ("lesion_count", {Specialty.RADIOLOGY: "Dr Sorensen"}, "Dr Sorensen"),
        ("lesion_count", {}, "Dr B. Nightingale"),
        ("ras", {Specialty.PATHOLOGY: "Dr Okafor"}, "Dr Okafor"),
        ("ras", {}, "Pathology"),
    ],
)
def test_who_owes_it_is_whoever_was_asked_else_the_discipline_else_the_referrer(name, asked_of, owes):
    [lack] = judged(a_picture("colorectal", without=[name]), asked_of=asked_of).blocking

    assert lack.who_owes == owes
