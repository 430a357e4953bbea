"""What is told of one invented patient? Days count back from today."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Story:
    """One case as a referrer would tell it. `labs`: analyte, value, unit; `lesions`: segments, mm."""

    family: str
    given: str
    born: str
    sex: str
    reaches: str  # referred, returned, preparing, inputs, ready, listed, discussed, decided, closed
    site: str
    question: str
    why_now: str = ""
    urgency: str = "ROUTINE"
    ecog: int = 1
    ecog_from_cancer: str = ""
    body: tuple[str, str] | None = None  # cm, kg
    comorbidities: tuple[str, ...] = ()
    diagnosis: dict[str, Any] = field(default_factory=dict)
    primary_days: int | None = None
    liver_days: int | None = None
    resected_days: int | None = None
    labs: tuple[tuple[str, str, str], ...] = ()
    labs_days: int = 5
    older_labs: tuple[tuple[str, str, str, int], ...] = ()
    lesions: tuple[tuple[tuple[str, ...], str], ...] = ()
    imaging: tuple[str, int] | None = ("MRI", 12)
    liver: dict[str, Any] | None = field(default_factory=lambda: {"cirrhosis": "NO"})
    symptoms: tuple[str, ...] = ()
    wish: str = ""
