"""What could anybody type? Values that an input can read, for any score, and values that it cannot."""

from decimal import Decimal

from hypothesis import strategies as st

from cases.domain import scores
from cases.domain.scores import inputs, units

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
every_score = st.sampled_from(scores.all_scores())


def decimals(low, high, places=2):
    return st.decimals(min_value=Decimal(low), max_value=Decimal(high), places=places)


def within(range_):
    """Any value of the range with three decimals, its ends more often than chance would have it."""
    step = Decimal("0.001")
    least = range_.least if range_.above is None else range_.above + step
    return decimals(least, range_.most, 3) | st.sampled_from([least, range_.most])


def readable(one):
    """JSON that this input accepts; a quantity comes as a decimal in the unit of the formula."""
    match one:
        case inputs.Item():
            return readable(one.of)
        case inputs.Whole():
            return within(one.range).map(int).filter(lambda value: Decimal(value) in one.range)
        case inputs.Number():
            return within(one.range)
        case inputs.Quantity():
            return within(one.range).map(lambda value: {"value": value, "unit": one.unit})
        case inputs.Choice():
            return st.sampled_from(sorted(one.codes))
        case inputs.Truth():
            return st.booleans()
        case inputs.Many():
            least = 0 if one.may_be_empty else 1
            return st.lists(readable(one.of), min_size=least, max_size=4, unique=one.distinct)
    return anything


def complete(score):
    """Everything that the score asks for; what is optional may be absent."""
    required = {one.name: readable(one) for one in score.inputs if not one.optional}
    optional = {one.name: readable(one) for one in score.inputs if one.optional}
    return st.fixed_dictionaries(required, optional=optional)


def in_other_units(score, given, choose):
    """The same patient with every quantity in a unit that `choose` picks."""

    def converted(one, value):
        to = choose(sorted(units.units_of(one.measures)))
        return {"value": units.convert(one.measures, value["value"], value["unit"], to), "unit": to}

    quantities = {one.name: one for one in score.inputs if isinstance(one, inputs.Quantity)}
    return given | {
        name: converted(one, given[name]) for name, one in quantities.items() if given.get(name) is not None
    }
