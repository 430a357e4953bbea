"""Can a figure be read against the category beside it, because it was rounded onto a cut-off?"""

from decimal import Decimal as D

import pytest

from cases.domain.scores import all_scores, get
from cases.domain.scores.registry import Output
from cases.domain.scores.units import decimal_of

CUTS = [(one, output) for one in all_scores() for output in one.outputs if output.cuts]


@pytest.mark.parametrize(("one", "output"), CUTS, ids=lambda it: getattr(it, "id", getattr(it, "name", "")))
@pytest.mark.parametrize("off", ["0.04", "-0.04", "0.0004", "-0.0004", "0.0000004"])
def test_what_is_beside_a_cut_is_never_shown_on_it(one, output, off):
    for cut in output.cuts:
        shown = output.display(float(D(cut) + D(off))).replace("\N{MINUS SIGN}", "-")
        assert (D(shown) < D(cut)) == (D(off) < 0)
        assert D(shown) != D(cut)
        assert D(output.display(float(cut)).replace("\N{MINUS SIGN}", "-")) == decimal_of(float(cut))


def test_what_is_far_from_a_cut_keeps_its_decimals():
    assert Output("score", decimals=2, cuts=("-1.39",)).display(-2.1049) == "−2.10"
    assert get("albi").display({"score": -1.3866}) == {"score": "−1.387"}  # 32 umol/L with 28 g/L, grade 3
