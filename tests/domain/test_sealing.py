"""Who may read which opinion while a board seals them, and what does the index of agreement tell?"""

import pytest

from cases.domain.agreement import Agree, Agreement, agreement
from cases.domain.sealing import Reader, Standing, is_sealed

# board seals, opened, reader has given, reader speaks for -> is the surgeon's opinion sealed?
SEALING = [
    (False, False, False, "ONCOLOGY", False),
    (True, False, False, "ONCOLOGY", True),
    (True, False, False, "", True),  # a coordinator or an observer: only once it is opened
    (True, False, False, "SURGERY", False),  # a discipline has one voice
    (True, False, True, "ONCOLOGY", False),
    (True, True, False, "ONCOLOGY", False),
    (True, True, False, "", False),
    (False, True, True, "", False),
]


@pytest.mark.parametrize(("seals", "opened", "given", "speaks_for", "sealed"), SEALING)
def test_an_opinion_is_sealed_until_one_has_given_ones_own_or_it_is_opened(
    seals, opened, given, speaks_for, sealed
):
    standing = Standing(board_seals=seals, is_opened=opened)
    reader = Reader(frozenset({speaks_for} - {""}), has_given=given)

    assert is_sealed("SURGERY", standing=standing, reader=reader) is sealed


AGREEING = [
    ([], Agreement(0, 0, 0), Agree.MISSING, "nobody asked"),
    (["", ""], Agreement(2, 0, 0), Agree.MISSING, "0 of 2 opinions"),
    (["RESECT", ""], Agreement(2, 1, 1), Agree.MISSING, "1 of 1 agree, 1 missing"),
    (["RESECT", "RESECT"], Agreement(2, 2, 2), Agree.ALL, "2 of 2 agree"),
    (["RESECT", "ABLATE"], Agreement(2, 2, 1), Agree.SPLIT, "1 of 2 agree"),
    (["RESECT", "RESECT", "ABLATE", ""], Agreement(4, 3, 2), Agree.SPLIT, "2 of 3 agree, 1 missing"),
    (["RESECT", "RESECT", "RESECT", ""], Agreement(4, 3, 3), Agree.MISSING, "3 of 3 agree, 1 missing"),
]


@pytest.mark.parametrize(("opinions", "expected", "kind", "words"), AGREEING)
def test_agreement_is_a_number_without_the_opinions(opinions, expected, kind, words):
    found = agreement(opinions)

    assert found == expected
    assert found.kind == kind
    assert found.words == words
