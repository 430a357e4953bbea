"""Is a patient's name noticed in a sentence that would leave by e-mail, and nobody else's?"""

from dataclasses import dataclass

import pytest

from cases.domain.errors import Refused
from cases.domain.naming import require_nobody_named


@dataclass
class Somebody:
    family_name: str
    record_number: str = "RN-77889"


LIST = [Somebody("O’Hara-Núñez"), Somebody("Lee", "4711-08"), Somebody("", "12")]


@pytest.mark.parametrize(
    "words",
    [
        "Mr Lee is not fit yet.",
        "LEE, again",
        "Scan of O'Hara-Nunez is late.",
        "We wait for rn 77889.",
        "4711 08 must be imaged first.",
        "About 471108.",
    ],
)
def test_a_name_or_a_number_is_noticed(words):
    with pytest.raises(Refused, match="without the name"):
        require_nobody_named(words, LIST)


@pytest.mark.parametrize("words", ["Three on leave, 12-Nov.", "The room is taken until 11:47.", "", "Nunez"])
def test_other_words_are_not(words):
    require_nobody_named(words, LIST)
