"""What follows from what was recorded? The rules in the order in which they build on each other."""

from cases.domain.picture import computed, spread
from cases.domain.picture.burden import burden
from cases.domain.picture.known import Rule
from cases.domain.picture.targets import target_sums
from cases.domain.picture.times import times

RULES: tuple[Rule, ...] = (
    burden,
    target_sums,
    times,
    spread.outside,
    spread.vessels,
    spread.follows_from_outside,
    spread.primary,
    computed.markers,
    computed.highest_cea,
    computed.disease_control,
    computed.remnant,
    computed.liver_function,
    computed.pathology,
    computed.strictures,
    computed.solid_tumour,
)
