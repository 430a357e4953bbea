"""How strong is a course of radiotherapy for the tumour, whatever the size of its fractions?"""

from decimal import Decimal

ALPHA_BETA = Decimal(10)  # Gy; the usual value for tumours


def bed10(*, dose_gy: Decimal | None, fractions: int | None) -> Decimal | None:
    """Biologically effective dose in Gy for a tumour: n d (1 + d / 10), with `dose_gy` the whole dose n d.

    None while either is not known. It says nothing of the healthy tissue, whose ratio is another.
    Source: Fowler JF, Br J Radiol 1989;62:679 (linear-quadratic model).
    """
    if dose_gy is None or not fractions:
        return None
    dose = Decimal(dose_gy)
    return dose * (1 + dose / fractions / ALPHA_BETA)
