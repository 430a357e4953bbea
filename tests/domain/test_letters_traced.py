"""What a text states and the record does not."""

import pytest

from cases.domain.letters_traced import untraced

RECORD = (
    "Resection, right hepatectomy, L1 and L2, Mr Ivo Duarte, 04-Dec-2026",
    "the remnant is over 30 %",
    "L1: 31 mm in segment VII",
    "two cycles of FOLFOX",
    "Dr Bea Nightingale",
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing that could be checked.",
        "The operation is on 4 December 2026.",
        "The operation is on 04/12/2026.",
        "It is done by 2026-12-04, or 4 December.",
        "More than 30% stays, 30 percent in words.",
        "The spot in segment 7 measures 3.1 cm.",
        "Lesion 1 is 31 mm.",
        "2 cycles of folfox.",
        "Mr Duarte operates. Dr Nightingale knows.",
        "Resecting both.",
    ],
)
def test_what_the_record_holds_is_traced(text):
    assert untraced(text, RECORD) == ()


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("The operation is on 5 December 2026.", ("5 December 2026",)),
        ("More than 40 % stays.", ("40 %",)),
        ("30 mm", ("30 mm",)),  # the record has 30 per cent
        ("3.2 cm", ("3.2 cm",)),
        ("L3 and lesion 4", ("L3", "lesion 4")),
        ("in segment IVa", ("segment IVa",)),
        ("three cycles of FOLFIRI", ("three cycles", "FOLFIRI")),
        ("ablation of L1", ("ablation",)),
        ("SBRT or TACE", ("SBRT", "TACE")),
        ("Dr Kofi Adeyemi calls", ("Dr Kofi Adeyemi",)),
        ("a transplant, then a transplant", ("transplant",)),
        ("chemoembolisation", ("chemoembolisation",)),
    ],
)
def test_what_the_record_lacks_is_named_once_in_the_order_of_the_text(text, strange):
    assert untraced(text, RECORD) == strange


def test_a_number_without_a_unit_is_met_by_one_with_and_not_the_other_way_round():
    assert untraced("31", ("31 mm",)) == ()
    assert untraced("31 mm", ("31",)) == ("31 mm",)


def test_embolisation_is_not_radioembolisation():
    assert untraced("radioembolisation", ("embolisation of L1",)) == ("radioembolisation",)
    assert untraced("Y-90", ("Radioembolisation (Y-90)",)) == ()
