"""In which unit does this person usually give each laboratory value?"""

from cases.models import LabResult


def last_units(user) -> dict[str, str]:
    """The unit of the latest value of each analyte that this person has entered."""
    latest = LabResult.objects.filter(created_by=user).order_by("analyte", "-created_at").distinct("analyte")
    return dict(latest.values_list("analyte", "unit"))
