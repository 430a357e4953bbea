"""What stands of one kind of fact, as its sheet is filled with it?"""

from typing import Any

from django.forms.models import model_to_dict

from cases.models import Case
from cases.models.disease._of_case import Fact


def last_said(model: type[Fact], case: Case) -> Any:
    return model.objects.standing().filter(case=case).order_by("-created_at").first()


def as_typed(fact: Fact | None) -> dict[str, Any]:
    """The answers without their day: whoever records anew says when it was looked at again."""
    if fact is None:
        return {}
    said = {name: value for name, value in model_to_dict(fact).items() if not name.endswith("_on")}
    if said.get("ecog", "") is None:
        said["ecog"] = "unknown"
    return said
