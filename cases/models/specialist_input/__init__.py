"""What does each discipline contribute?"""

from cases.models.specialist_input.interventional import InterventionalInput
from cases.models.specialist_input.oncology import OncologyInput, SystemicLine
from cases.models.specialist_input.radiology import RadiologyInput
from cases.models.specialist_input.request import SpecialistInput
from cases.models.specialist_input.surgery import SurgicalInput
from cases.vocabulary import Specialty

# Disciplines with a typed form of their own; the others give an opinion with its reason.
DETAILS = {
    Specialty.SURGERY: SurgicalInput,
    Specialty.ONCOLOGY: OncologyInput,
    Specialty.RADIOLOGY: RadiologyInput,
    Specialty.INTERVENTIONAL: InterventionalInput,
}

__all__ = [
    "DETAILS",
    "InterventionalInput",
    "OncologyInput",
    "RadiologyInput",
    "SpecialistInput",
    "SurgicalInput",
    "SystemicLine",
]
