"""How does a laboratory value come into the record? Checked against its unit, once a day and analyte."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.formats import date_format

from cases.domain import labs
from cases.domain.errors import Refused
from cases.domain.referral import Lab
from cases.models import Case, LabResult
from cases.services.disease._recording import recorded, require_recording

DECIMALS = Decimal("0.0001")


@transaction.atomic
def record_labs(*, case: Case, results: Sequence[Lab], by) -> list[LabResult]:
    require_recording(case, by=by)
    if not results:
        raise Refused("Give at least one value.")
    written = write_labs(case, results, by=by)
    recorded("labs.recorded", case=case, by=by, facts=[str(one.pk) for one in written])
    return written


def write_labs(case: Case, results: Sequence[Lab], *, by) -> list[LabResult]:
    """Write what is new. A value that stands already, the same, is left alone; another one is refused."""
    _require_believable(results)
    standing = {(one.analyte, one.taken_on): one for one in LabResult.objects.standing().filter(case=case)}
    written = []
    for result in results:
        known = standing.get((result.analyte, result.taken_on))
        if known is None:
            known = _write(case, result, by=by)
            standing[result.analyte, result.taken_on] = known
            written.append(known)
        elif not same_value(known, result):
            raise Refused(_differs(known))
        elif result.upper_limit is not None:
            # The laboratory's limit may be told later than the value.
            LabResult.objects.filter(pk=known.pk, upper_limit=None).update(upper_limit=result.upper_limit)
    return written


def same_value(known: LabResult, result: Lab) -> bool:
    """Of an upper limit of normal that only one of them names, the other says nothing."""
    limits = {known.upper_limit, result.upper_limit and result.upper_limit.quantize(DECIMALS)}
    return len(limits - {None}) <= 1 and (known.value, known.unit, known.comparator) == (
        result.value.quantize(DECIMALS),
        result.unit,
        result.comparator,
    )


def _require_believable(results: Sequence[Lab]) -> None:
    said = [(labs.check(result.analyte, result.value, result.unit), result) for result in results]
    wrong = [check.refusal or check.question for check, result in said if _stops(check, result)]
    if wrong:
        raise Refused(" ".join(filter(None, wrong)))


def _stops(check: labs.Check, result: Lab) -> bool:
    return bool(check.refusal or (check.question and not result.confirmed))


def _write(case: Case, result: Lab, *, by) -> LabResult:
    try:
        with transaction.atomic():
            return LabResult.objects.create(
                case=case,
                analyte=result.analyte,
                value=result.value,
                comparator=result.comparator,
                unit=result.unit,
                upper_limit=result.upper_limit,
                taken_on=result.taken_on,
                created_by=by,
            )
    except IntegrityError as error:
        if "one_standing_lab_value_a_day" not in str(error):
            raise
    raise Refused(
        "Somebody else has just recorded one of these values. Reload the case and add what is missing."
    )


def _differs(known: LabResult) -> str:
    day = f"of {date_format(known.taken_on, 'd-M-Y')}" if known.taken_on else "without a date"
    amount = f"{known.comparator}{labs.amount(known.value, known.unit)}"
    if known.upper_limit:
        amount += f", upper limit of normal {labs.plain(known.upper_limit)}"
    return (
        f"{known.get_analyte_display()} {day} is recorded already as {amount}."
        " Withdraw that value first if it is wrong."
    )
