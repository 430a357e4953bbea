"""What do the pages of a case's lesions, and of one lesion, show?"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.forms.models import model_to_dict
from django.utils import timezone

from cases.domain import anatomy
from cases.domain import lesions as rules
from cases.models import Case, Diagnosis, ImagingStudy, Lesion, LesionMeasurement, LiverStatus
from cases.queries import case_course as course
from cases.queries.lesion_rows import LesionRow
from cases.queries.lesions import Cell, GridRow, LesionGrid, lesion_grid, lesions_with_looks
from cases.queries.picture import picture_of
from cases.vocabulary import Known, PrimarySite
from tumorboard.audit.changes import changes_of


@dataclass(frozen=True)
class LesionsPage:
    grid: LesionGrid
    segment: str
    rows: list[GridRow]  # those that the chosen segment leaves

    @property
    def chosen(self) -> tuple[str, ...]:
        """What the map rings: both halves of a segment that is drawn in two."""
        return ("4a", "4b") if self.segment == "4" else (self.segment,)

    @property
    def where(self) -> str:
        return f"Segment {self.segment}, {anatomy.NAMES[self.segment]}" if self.segment else ""


def lesions_page(case: Case, *, user, segment: str, sits: bool) -> LesionsPage:
    plans = course.plans_of(course.decisions_of(case, user=user))
    today = timezone.now().astimezone(case.board.zone).date()
    # What the disciplines say is not for a referrer from outside.
    said = picture_of(case, on=today).known() if sits else {}
    grid = lesion_grid(case, plans=plans, said=said, hepatocellular=is_hepatocellular(case))
    return LesionsPage(grid, segment, grid.within(segment))


@dataclass(frozen=True)
class OneLesion:
    """A lesion with every look at it, the newest first, and who changed it last."""

    row: LesionRow
    cells: tuple[Cell, ...]
    changed_at: datetime | None
    changed_by: Any

    @property
    def lesion(self) -> Lesion:
        return self.row.lesion

    @property
    def days(self) -> list[date | None]:
        return [one.look.measured_on for one in self.cells if one.look]

    @property
    def wording(self) -> str:
        return rules.wording(self.lesion)

    def look(self, pk: UUID | None) -> LesionMeasurement | None:
        return next((one.look for one in self.cells if one.look and one.look.pk == pk), None)


def one_lesion(lesion: Lesion) -> OneLesion:
    full = next(one for one in lesions_with_looks(lesion.case) if one.pk == lesion.pk)
    newest = list(reversed(full.measurements.all()))
    last = next(iter(changes_of(full, *newest)), None)
    return OneLesion(
        row=LesionRow.of(full, newest, plan="", before_on=None),
        cells=tuple(Cell(one) for one in newest),
        changed_at=last.at if last else None,
        changed_by=last.by if last else None,
    )


def is_hepatocellular(case: Case) -> bool:
    """LI-RADS speaks of livers that may grow an HCC: there its questions stand open."""
    known = Diagnosis.objects.filter(case=case).first()
    cirrhosis = LiverStatus.objects.standing().filter(case=case).order_by("-created_at").first()
    has_hcc = known is not None and known.primary_site == PrimarySite.HCC
    return has_hcc or (cirrhosis is not None and cirrhosis.cirrhosis == Known.YES)


def as_described(lesion: Lesion) -> dict[str, Any]:
    """As the form begins: what stands, and the mark of it."""
    return model_to_dict(lesion, fields=rules.DESCRIBED) | {"seen": rules.wording(lesion)}


def as_measured(
    look: LesionMeasurement | None, studies: Sequence[ImagingStudy], known_days: Collection[date | None] = ()
) -> dict[str, Any]:
    """A size that is opened to be corrected; else the newest study that waits for one."""
    if look is not None:
        return model_to_dict(look)
    waiting = [one.pk for one in studies if one.performed_on not in known_days]
    return {"study": waiting[-1]} if waiting else {}


def differences(form: Any, known: Lesion | None) -> list[dict[str, str]]:
    """Where what was typed differs from what another has written meanwhile, field by field."""
    if known is None or not getattr(form, "was_overtaken", False):
        return []
    stands = as_described(known)
    return [
        {
            "label": str(form[name].label),
            "theirs": _in_words(form.fields[name], stands[name]),
            "mine": _in_words(form.fields[name], mine),
        }
        for name, mine in form.described.items()
        if (mine or None) != (stands[name] or None)
    ]


def _in_words(field: Any, value: Any) -> str:
    choices = dict(_flat(getattr(field, "choices", ())))
    values = value if isinstance(value, list) else [value]
    said = [str(choices.get(one, one)) for one in values if one not in (None, "", False)]
    return ", ".join("yes" if one == "True" else one for one in said) or "not recorded"


def _flat(choices: Iterable) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
