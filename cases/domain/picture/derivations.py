"""What follows from what was recorded? The rules in the order in which they build on each other."""

from cases.domain.picture.known import Rule

RULES: tuple[Rule, ...] = ()
