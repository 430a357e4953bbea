"""Does one win of fifty who press at once, or as many as there are places, and is nobody's text lost?

The long run (`./dev test --long`) has fifty connections in each row. The ordinary one has a row of each kind,
with twelve where fifty take too long. The table of figures is printed at the end.
"""

import pytest

from tests.services.fifty.crowd import held
from tests.services.fifty.places import PLACES
from tests.services.fifty.winners import WINNERS
from tests.services.fifty.words import WORDS

pytestmark = pytest.mark.django_db(transaction=True)


def named(one):
    return pytest.param(one, id=one.words.replace(" ", "-"), marks=() if one.usually else pytest.mark.long)


@pytest.mark.parametrize("danger", [named(one) for one in WINNERS])
def test_one_of_them_may(danger):
    held(danger)


@pytest.mark.parametrize("danger", [named(one) for one in WORDS])
def test_one_of_them_may_and_the_others_find_their_words_again(danger):
    held(danger)


@pytest.mark.parametrize("danger", [named(one) for one in PLACES])
def test_there_are_so_many_places_and_no_more(danger):
    held(danger)
