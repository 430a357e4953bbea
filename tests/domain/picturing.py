"""What do the tests of the clinical picture share? A picture from a few facts."""

from datetime import date
from decimal import Decimal as D

from cases.domain.picture import assemble, from_facts, items_of
from cases.domain.picture.from_labs import of_labs
from cases.domain.picture.seen import LesionSeen, Measured

ON = date(2026, 11, 24)  # the day of the meeting
EARLIER, LATER = date(2026, 10, 1), date(2026, 11, 12)
SHEETS = {
    "liver": from_facts.of_liver,
    "fitness": from_facts.of_fitness,
    "comorbidity": from_facts.of_comorbidity,
    "course": from_facts.of_course,
}


def drawn(*, diagnosis=None, labs=(), lesions=(), **said):
    """Sheets that were written on 1-Oct-2026, and by specialty what was signed on 12-Nov-2026."""
    sources = from_facts.of_case(said.pop("case", {}), on=ON) + of_labs(labs)
    if diagnosis is not None:
        written = {"macrovascular_invasion": EARLIER, "extrahepatic_disease": EARLIER}
        sources += from_facts.of_diagnosis(diagnosis, by="Dr A", said_on=written)
    for sheet, read in SHEETS.items():
        if sheet in said:
            sources += read(said.pop(sheet), by="Dr A", said_on=EARLIER)
    for specialty, details in said.items():
        sources += items_of(specialty, details, on=LATER, by="Dr B")
    return assemble(sources, on=ON, lesions=tuple(lesions))


def seen(number, *sizes, **more):
    """A lesion; each size is mm, (mm, viable mm) or (mm, viable mm, day), the newest first."""
    return LesionSeen(number, measured=tuple(_measured(one) for one in sizes), **more)


def _measured(size):
    mm, viable, on = (*(size if isinstance(size, tuple) else (size,)), None, None)[:3]
    return Measured(on or LATER, D(str(mm)), None if viable is None else D(str(viable)), by="Dr R")


def lab(analyte, value, unit, taken_on=LATER, **more):
    return {
        "analyte": analyte,
        "value": D(str(value)),
        "unit": unit,
        "taken_on": taken_on,
        "by": "Dr L",
    } | more
