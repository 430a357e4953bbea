"""What does one cell say, and is there reason to doubt it?

A reader returns the value as it can be stored, or a doubt, or both: a possible but odd value has both. A
doubt carries what a person may answer and what "convert" would make of it. Nothing is corrected unasked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cases.domain import labs
from cases.domain.intake.profile import AT_LEAST, CONVERT, EXACTLY, KEEP, LEAVE_OUT, Column
from cases.domain.scores import units

NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,9})?")
COMMA_NUMBER = re.compile(r"[+-]?[0-9]{1,12},[0-9]{1,9}")
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+")

# What a group of questions of one kind has in common, for the page that asks once for all of them.
SENTENCES = {
    "unit": "Impossible in the unit of the heading, usual in another unit.",
    "unit_doubt": "Possible in the unit of the heading, but the same numbers are usual in another unit.",
    "out_of_range": "Outside what is possible.",
    "unusual": "Possible, but unusual.",
    "not_a_number": "Not a number that can be read with certainty.",
    "decimal_comma": "Written with a decimal comma.",
    "unknown_code": "A code that the description of this file does not know.",
    "or_more": "The highest count that this file knows, so it may stand for more.",
}

LENGTHS = {"mm": Decimal(1), "cm": Decimal(10)}
POSSIBLE_MM = (Decimal("0.1"), Decimal(400))
USUAL_MM = (Decimal(3), Decimal(250))


@dataclass(frozen=True)
class Doubt:
    kind: str
    why: str
    offered: tuple[str, ...]
    suggestion: str = ""
    converted: object = None  # the value that "convert" stores
    rewritten: str = ""  # or the text that "convert" reads again


@dataclass(frozen=True)
class AtLeast:
    """A count that may be higher."""

    count: int


@dataclass(frozen=True)
class Reading:
    value: object = None
    doubt: Doubt | None = None


def read(column: Column, text: str) -> Reading:
    """Read one cell that is not missing."""
    return _READERS[column.read](column, text)


def _coded(column: Column, text: str) -> Reading:
    code = _as_code(text)
    by_code = {known.casefold(): meaning for known, meaning in column.codes.items()}
    if code not in by_code:
        known = ", ".join(column.codes)
        return Reading(doubt=Doubt("unknown_code", f"The codes of this column are {known}.", (LEAVE_OUT,)))
    return Reading(by_code[code])


def _as_code(text: str) -> str:
    """Spreadsheets write the code 1 as 1.0."""
    if NUMBER.fullmatch(text) and Decimal(text) == int(Decimal(text)):
        return str(int(Decimal(text)))
    return text.casefold()


def _numeric(then: Callable[[Column, Decimal], Reading]) -> Callable[[Column, str], Reading]:
    def reader(column: Column, text: str) -> Reading:
        return then(column, Decimal(text)) if NUMBER.fullmatch(text) else Reading(doubt=_no_number(text))

    return reader


def _no_number(text: str) -> Doubt:
    if COMMA_NUMBER.fullmatch(text) and not THOUSANDS.fullmatch(text):
        point = text.replace(",", ".")
        return Doubt("decimal_comma", f"Read as {point}?", (CONVERT, LEAVE_OUT), point, rewritten=point)
    if THOUSANDS.fullmatch(text):
        why = "The comma can mark thousands or decimals."
    elif text[:1] in "<>≤≥":
        why = "A limit of the measurement, not a value; it cannot be calculated with."
    else:
        why = "A number is expected here."
    return Doubt("not_a_number", why, (LEAVE_OUT,))


def _decimal(column: Column, number: Decimal) -> Reading:
    if column.range and not _within(number, column.range):
        low, high = column.range
        return Reading(doubt=Doubt("out_of_range", f"Possible are {low} to {high}.", (LEAVE_OUT,)))
    if column.usual and not _within(number, column.usual):
        low, high = column.usual
        return Reading(number, Doubt("unusual", f"Usual are {low} to {high}.", (KEEP, LEAVE_OUT)))
    return Reading(number)


def _integer(column: Column, number: Decimal) -> Reading:
    if number != int(number):
        return Reading(doubt=Doubt("not_a_number", "A whole number is expected here.", (LEAVE_OUT,)))
    reading = _decimal(column, number)
    if reading.doubt is None and column.at_least is not None and number >= column.at_least:
        return Reading(int(number), _or_more(column, int(number)))
    return Reading(None if reading.value is None else int(number), reading.doubt)


def _or_more(column: Column, number: int) -> Doubt:
    shown = f"{number} or more"
    why = f"{column.why or 'This is the highest count of the file.'} Is it {shown}, or exactly {number}?"
    return Doubt("or_more", why, (AT_LEAST, EXACTLY, LEAVE_OUT), shown, AtLeast(number))


def _percent(column: Column, number: Decimal) -> Reading:
    if not 0 <= number <= 100:
        return Reading(doubt=Doubt("out_of_range", "A percentage lies between 0 and 100.", (LEAVE_OUT,)))
    return _decimal(column, number)


def _analyte(column: Column, number: Decimal) -> Reading:
    analyte, unit = column.analyte, column.unit
    check = labs.check(analyte, number, unit)
    stored = {"analyte": analyte, "value": number, "unit": unit}
    why = check.refusal or check.question
    if why is None:
        return Reading(stored)
    possible = None if check.refusal else stored
    if check.suggested_unit is None:
        return Reading(possible, _odd(why, possible))
    converted = _in_unit_of_column(analyte, number, check.suggested_unit, unit)
    suggestion = labs.amount(converted["value"], converted["unit"])
    return Reading(possible, _other_unit(why, possible, suggestion, converted))


def _in_unit_of_column(analyte: str, number: Decimal, suggested: str, heading: str) -> dict:
    """In the unit of the heading when that only moves the decimal point; else the number stays as it is."""
    if heading in labs.ANALYTES[analyte].units:
        value = units.convert(analyte, number, suggested, heading)
        if value.normalize().as_tuple().digits == number.normalize().as_tuple().digits:
            return {"analyte": analyte, "value": _tidy(value), "unit": heading}
    return {"analyte": analyte, "value": number, "unit": suggested}


def _length(column: Column, number: Decimal) -> Reading:
    """Stored in millimetres."""
    mm = number * LENGTHS[column.unit]
    possible = _tidy(mm) if _within(mm, POSSIBLE_MM) else None
    if _within(mm, USUAL_MM):
        return Reading(_tidy(mm))
    why = f"{labs.plain(number)} {column.unit} is unusual for a liver lesion; usual are 3 to 250 mm."
    other = "mm" if column.unit == "cm" else "cm"
    converted = number * LENGTHS[other]
    if _within(converted, USUAL_MM):
        shown = f"{labs.plain(number)} {other}"
        return Reading(
            possible, _other_unit(f"{why} Did you mean {shown}?", possible, shown, _tidy(converted))
        )
    return Reading(possible, _odd(why, possible))


def _tidy(number: Decimal) -> Decimal:
    return Decimal(labs.plain(number))


def _other_unit(why: str, possible: object, suggestion: str, converted: object) -> Doubt:
    if possible is None:
        return Doubt("unit", why, (CONVERT, LEAVE_OUT), suggestion, converted)
    return Doubt("unit_doubt", why, (KEEP, CONVERT, LEAVE_OUT), suggestion, converted)


def _odd(why: str, possible: object) -> Doubt:
    if possible is None:
        return Doubt("out_of_range", why, (LEAVE_OUT,))
    return Doubt("unusual", why, (KEEP, LEAVE_OUT))


def _within(number: Decimal, ends: tuple[Decimal, Decimal]) -> bool:
    return ends[0] <= number <= ends[1]


_READERS: dict[str, Callable[[Column, str], Reading]] = {
    "yes_no": _coded,
    "codes": _coded,
    "member": _coded,
    "integer": _numeric(_integer),
    "decimal": _numeric(_decimal),
    "percent": _numeric(_percent),
    "analyte": _numeric(_analyte),
    "length": _numeric(_length),
    "ignore": lambda _column, _text: Reading(),
}
