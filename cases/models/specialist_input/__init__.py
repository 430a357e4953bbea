"""What does each discipline contribute?"""

from cases.models.specialist_input.addendum import AddendumRequest
from cases.models.specialist_input.interventional import InterventionalInput, LesionAccess
from cases.models.specialist_input.nursing import NursingInput
from cases.models.specialist_input.oncology import OncologyInput, SystemicLine
from cases.models.specialist_input.pathology import BiomarkerResult, PathologyInput
from cases.models.specialist_input.radiation import RadiationInput
from cases.models.specialist_input.radiology import NodeFinding, RadiologyInput
from cases.models.specialist_input.request import SpecialistInput
from cases.models.specialist_input.surgery import SurgicalInput
from cases.models.specialist_input.transplant import TransplantInput
from cases.vocabulary import Specialty

# The typed part of each discipline's input.
DETAILS = {
    Specialty.SURGERY: SurgicalInput,
    Specialty.TRANSPLANT: TransplantInput,
    Specialty.ONCOLOGY: OncologyInput,
    Specialty.RADIOLOGY: RadiologyInput,
    Specialty.INTERVENTIONAL: InterventionalInput,
    Specialty.PATHOLOGY: PathologyInput,
    Specialty.RADIATION: RadiationInput,
    Specialty.NURSING: NursingInput,
}

__all__ = [
    "DETAILS",
    "AddendumRequest",
    "BiomarkerResult",
    "InterventionalInput",
    "LesionAccess",
    "NodeFinding",
    "NursingInput",
    "OncologyInput",
    "PathologyInput",
    "RadiationInput",
    "RadiologyInput",
    "SpecialistInput",
    "SurgicalInput",
    "SystemicLine",
    "TransplantInput",
]
