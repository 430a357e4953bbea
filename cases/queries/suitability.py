"""What should the interventional radiologist think of, given the record and what is being written?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from cases.domain.suitability import Caution, Facts, cautions
from cases.queries.picture import drawn
from cases.queries.recorded import Recorded

Row = Mapping[str, Any]


def cautions_for(found: Recorded, *, said: Row, lesions: Sequence[Row]) -> tuple[Caution, ...]:
    """`lesions` are the rows of the form, each with the lesion's label and newest size."""
    today = timezone.now().astimezone(found.case.board.zone).date()
    return cautions(Facts(said=said, lesions=lesions, known=drawn(found, on=today).known()))
