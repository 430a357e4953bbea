"""How much of the functioning liver would a resection leave?"""

from decimal import Decimal


def remnant_percent(
    *, remnant: Decimal | None, total: Decimal | None, tumour: Decimal | None
) -> Decimal | None:
    """Future liver remnant as per cent of the measured liver without tumour; volumes in mL.

    None when the remnant or the total is not known, or when the volumes contradict each other. A tumour
    volume that is not known counts as nothing, which makes the percentage too small rather than too large.
    It is not the standardised remnant, which uses body surface; the two can disagree about a threshold.

    Source of the definition: review PMC6422720, table 1.
    """
    if remnant is None or total is None:
        return None
    functioning = total - (tumour or Decimal(0))
    if remnant <= 0 or functioning <= 0 or remnant > functioning:
        return None
    return 100 * remnant / functioning
