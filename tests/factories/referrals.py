"""Referrals as a form would hand them in."""

from datetime import date
from decimal import Decimal
from itertools import count

from cases.domain.referral import Lab, LesionSeen, PatientDetails, Referral

_numbers = count(1)


def a_referral(board, patient=None, **more):
    """Complete enough to be sent; `patient` overrides details of the person."""
    details = {
        "record_number": f"REF-{next(_numbers):05}",
        "family_name": "Fairweather",
        "given_name": f"Marian {next(_numbers)}",
        "birth_date": date(1958, 3, 7),
        "sex": "FEMALE",
    }
    defaults = {
        "board": board,
        "question": "Is right hepatectomy safe in one step?",
        "why_now": "Chemotherapy ended two weeks ago.",
        "diagnosis": {"primary_site": "COLORECTAL"},
        "fitness": {"ecog": 1, "assessed_on": date(2026, 11, 16)},
    }
    return Referral(patient=PatientDetails(**(details | (patient or {}))), **(defaults | more))


def a_lab(analyte="bilirubin", value="11", unit="umol/L", taken_on=date(2026, 11, 16), **more):
    return Lab(analyte=analyte, value=Decimal(value), unit=unit, taken_on=taken_on, **more)


def a_lesion_seen(segments=("6",), mm="23", measured_on=date(2026, 11, 10), **more):
    size = Decimal(mm) if mm else None
    return LesionSeen(segments=segments, long_axis_mm=size, measured_on=measured_on, **more)
