"""Is whoever must leave served first, then the emergency, then what is difficult? How long does each want?"""

from datetime import UTC, datetime, timedelta

import pytest

from cases.domain.agreement import agreement
from cases.domain.ordering import Complexity, Item, complexity, gone_before, suggest, suggested_minutes
from cases.vocabulary import Specialty as S

EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HARD = Complexity(5, ("6 lesions", "opinions split"))


def at(minutes):
    return EIGHT + timedelta(minutes=minutes)


def leaving(**by):
    """Who goes how many minutes after eight."""
    return {S(one): (at(minutes), f"{at(minutes):%H:%M}") for one, minutes in by.items()}


def case(key, minutes=6, needs=(), **more):
    return Item(key, minutes, frozenset(S(one) for one in needs), **more)


RAD, ONC = {"needs": ["RADIOLOGY"]}, {"needs": ["ONCOLOGY"]}


@pytest.mark.parametrize(
    ("items", "leaves", "order"),
    [
        ([], {}, ""),
        ([case("a"), case("b"), case("c")], {}, "abc"),
        # what nothing tells apart keeps its place
        ([case("c", **RAD), case("a", **RAD), case("b", **RAD)], {"RADIOLOGY": 15}, "cab"),
        ([case("a"), case("b", **RAD)], {"RADIOLOGY": 10}, "ba"),
        # who leaves when the list is over, with its break, leaves nobody without them
        ([case("a"), case("b", **RAD)], {"RADIOLOGY": 17}, "ab"),
        ([case("a", **RAD), case("b", **ONC), case("c")], {"RADIOLOGY": 16, "ONCOLOGY": 8}, "bac"),
        ([case("a"), case("b", is_emergency=True)], {}, "ba"),
        # the emergency can wait for those who cannot
        ([case("a", is_emergency=True), case("b", **RAD)], {"RADIOLOGY": 9}, "ba"),
        ([case("a", complexity=Complexity(1)), case("b", complexity=HARD), case("c")], {}, "bac"),
        ([case("a", complexity=HARD), case("b", is_emergency=True)], {}, "ba"),
        ([case("a", needs=["SURGERY"]), case("b", needs=["SURGERY", "RADIOLOGY"])], {"RADIOLOGY": 9}, "ba"),
    ],
)
def test_the_order(items, leaves, order):
    found = suggest(items, starts_at=EIGHT, leaves=leaving(**leaves))

    assert "".join(found.order) == order


def test_each_place_has_its_reason():
    items = [
        case("plain"),
        case("hard", complexity=HARD),
        case("urgent", is_emergency=True),
        case("seen", **RAD),
        case("both", needs=["ONCOLOGY", "RADIOLOGY"], is_emergency=True),
        case("unseen", minutes=20, **RAD),
    ]

    found = suggest(items, starts_at=EIGHT, leaves=leaving(RADIOLOGY=15, ONCOLOGY=10))

    assert found.order == ("both", "seen", "unseen", "urgent", "hard", "plain")
    assert found.reasons == {
        "both": "Medical oncology leaves at 08:10; Diagnostic radiology leaves at 08:15; emergency",
        "seen": "Diagnostic radiology leaves at 08:15",
        "unseen": "Diagnostic radiology leaves at 08:15; not reached before that",
        "urgent": "emergency",
        "hard": "complex: 6 lesions, opinions split",
        "plain": "",
    }


@pytest.mark.parametrize(
    ("minutes", "after"), [([6] * 9, None), ([6] * 10, 5), ([20, 20, 20], 1), ([30, 10, 10, 10], 1)]
)
def test_a_long_list_is_given_a_break(minutes, after):
    items = [case(str(n), length) for n, length in enumerate(minutes)]

    assert suggest(items, starts_at=EIGHT, leaves={}).break_after == after


@pytest.mark.parametrize(("starts", "gone"), [(0, ()), (9, ()), (10, (S.RADIOLOGY,)), (40, (S.RADIOLOGY,))])
def test_who_has_left_before_a_case_is_over(starts, gone):
    found = gone_before(
        case("a", needs=["SURGERY", "RADIOLOGY"]), at=at(starts), leaves=leaving(RADIOLOGY=15, ONCOLOGY=2)
    )

    assert found == gone


@pytest.mark.parametrize(
    ("presentation", "lesions", "opinions", "score", "words"),
    [
        (1, 0, [], 0, ""),
        (1, 1, ["RESECT"], 0, ""),
        (1, 4, ["RESECT"] * 2, 1, ""),
        (1, 5, ["RESECT", ""], 2, ""),
        (2, 5, ["RESECT"], 3, "complex: 5 lesions, presented for the second time"),
        (4, 1, ["RESECT"] * 5, 3, "complex: 5 disciplines, presented for the 4th time"),
        (1, 1, ["RESECT", "ABLATE"], 3, "complex: opinions split"),
        (1, 6, ["RESECT", "ABLATE", ""], 5, "complex: 6 lesions, opinions split"),
    ],
)
def test_what_makes_a_case_complex(presentation, lesions, opinions, score, words):
    found = complexity(presentation=presentation, lesions=lesions, agreement=agreement(opinions))

    assert (found.score, found.words) == (score, words)


@pytest.mark.parametrize(
    ("opinions", "presentation", "minutes", "why"),
    [
        (["RESECT"] * 4, 2, 3, "4 of 4 agree"),
        (["RESECT"] * 4, 1, 4, "4 of 4 agree, first discussion"),
        (["RESECT", "RESECT", ""], 2, 5, "2 of 2 agree, 1 missing"),
        (["", ""], 1, 6, "0 of 2 opinions, first discussion"),
        (["RESECT", "ABLATE"], 2, 8, "1 of 2 agree"),
        (["RESECT", "ABLATE", ""], 1, 9, "1 of 2 agree, 1 missing, first discussion"),
    ],
)
def test_minutes_follow_the_agreement(opinions, presentation, minutes, why):
    found = suggested_minutes(agreement(opinions), presentation=presentation)

    assert (found.minutes, found.why) == (minutes, why)


def test_nothing_is_suggested_where_nobody_was_asked_and_little_for_what_is_only_recorded():
    assert suggested_minutes(agreement([]), presentation=1) is None
    assert suggested_minutes(agreement([]), presentation=1, is_standard=True).minutes == 1
