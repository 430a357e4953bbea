"""Which names does everybody here know, so that they make no password?"""

from cases.models import Hospital, TumorBoard


def names() -> list[str]:
    return [
        *Hospital.objects.values_list("name", flat=True),
        *TumorBoard.objects.values_list("name", flat=True),
    ]
