"""When is an answer due, and what may it say?"""

from datetime import date

import pytest

from cases.domain.check_in import ALPHABET, LENGTH, is_code, new_code, normal
from cases.domain.errors import Refused
from cases.domain.ratifying import (
    check_answer,
    is_to_be_reminded,
    provisional_words,
)
from cases.domain.sending import WorkingDays


def test_one_is_reminded_on_the_working_day_before():
    monday = date(2026, 11, 30)

    def reminded(day, days=WorkingDays()):  # noqa: B008
        return is_to_be_reminded(monday, today=date.fromisoformat(day), days=days)

    days = ("2026-11-26", "2026-11-27", "2026-11-29", "2026-11-30", "2026-12-01")
    assert [reminded(day) for day in days] == [False, True, True, True, False]
    closed = WorkingDays(closed=frozenset({date(2026, 11, 27)}))
    assert reminded("2026-11-26", closed)


def test_an_objection_has_a_reason_and_an_answer_is_one_of_two():
    check_answer(answer="RATIFIED", note="")
    check_answer(answer="OBJECTED", note="The PET was not read.")
    for answer, note in (("OBJECTED", "  "), ("", "words"), ("MAYBE", "words")):
        with pytest.raises(Refused):
            check_answer(answer=answer, note=note)


def test_a_decision_is_provisional_until_all_stand_by_it():
    assert provisional_words(waiting=[], objected=[]) == ""
    assert (
        provisional_words(waiting=["PATHOLOGY"], objected=[])
        == "Provisional: pathology has not answered yet."
    )
    assert provisional_words(waiting=["PATHOLOGY", "RADIOLOGY"], objected=["ONCOLOGY"]) == (
        "Provisional: medical oncology objects; diagnostic radiology and pathology have not answered yet."
    )


def test_a_code_is_read_without_doubt_and_typed_as_people_type():
    codes = {new_code() for _ in range(50)}

    assert all(is_code(code) for code in codes)
    assert len(codes) > 40
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert normal(" ac-d 3e ") == "ACD3E"
    assert [is_code(code) for code in ("ACD3E", "ACD3EO", "A" * LENGTH)] == [False, False, True]
