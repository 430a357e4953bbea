"""Is a fact of the case said anew only by who changes it, and never over what somebody said since?"""

from tests.forms.test_specialist_input import forms

RECORDED = {
    "cirrhosis": "YES",
    "ascites": "none",
    "seen": "the-first",
    "recorded": "by A. Hepatologist, 02-Nov-2026",
}
SHOWN = {"liver-cirrhosis": "YES", "liver-ascites": "none", "liver-seen": "the-first"}


def transplant(said, **recorded):
    return forms("TRANSPLANT", said, facts={"liver": RECORDED | recorded})


def test_what_was_left_as_it_stood_is_not_said_again():
    part = transplant(SHOWN | {"liver-assessed_on": "2026-11-22"})

    assert part.check()
    assert part.typed_facts == {}


def test_what_was_changed_is_said_whole():
    part = transplant(SHOWN | {"liver-ascites": "mild_or_controlled", "liver-assessed_on": "2026-11-22"})

    assert part.check()
    told = part.typed_facts["liver"]
    assert (told["cirrhosis"], told["ascites"], str(told["assessed_on"])) == (
        "YES",
        "mild_or_controlled",
        "2026-11-22",
    )
    assert "seen" not in told


def test_what_somebody_recorded_meanwhile_is_not_overwritten_unread():
    since = {"seen": "the-second", "recorded": "by B. Colleague, 20-Nov-2026", "encephalopathy": "none"}
    part = transplant(SHOWN | {"liver-ascites": "mild_or_controlled"}, **since)

    assert not part.check()
    assert "by B. Colleague, 20-Nov-2026" in part.problems[0].message
    assert part.facts["liver"]["seen"].value() == "the-second"  # to sign again is to have seen it
    assert part.facts["liver"]["ascites"].value() == "mild_or_controlled"


def test_a_form_without_that_part_says_nothing_of_it():
    part = transplant({})

    assert part.check()
    assert part.typed_facts == {}
