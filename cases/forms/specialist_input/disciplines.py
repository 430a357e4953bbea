"""Which parts has the form of each discipline?

`details` is its own typed part, `rows` what is said of several things alike, `facts` what it says of the case
itself: a fact goes into the record when the input is signed, and is shown to the next with author and date.
A form or row that lists `asks_for` is given those facts of the case when it is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.forms.specialist_input.biomarkers import BiomarkerRows
from cases.forms.specialist_input.facts import LiverFact, WishFact
from cases.forms.specialist_input.interventional import AccessRows, InterventionalForm
from cases.forms.specialist_input.nursing import NursingForm
from cases.forms.specialist_input.oncology import LineRows, OncologyForm
from cases.forms.specialist_input.pathology import PathologyForm
from cases.forms.specialist_input.radiation import RadiationForm
from cases.forms.specialist_input.radiology import RadiologyForm
from cases.forms.specialist_input.radiology_rows import LesionReadRows, NodeRows
from cases.forms.specialist_input.surgery import SurgicalForm
from cases.forms.specialist_input.transplant import TransplantForm
from cases.vocabulary import Specialty


@dataclass(frozen=True)
class Discipline:
    details: type
    rows: Mapping[str, type] = field(default_factory=dict)
    facts: Mapping[str, type] = field(default_factory=dict)


DISCIPLINES: Mapping[Specialty, Discipline] = {
    Specialty.SURGERY: Discipline(SurgicalForm),
    Specialty.TRANSPLANT: Discipline(TransplantForm, facts={"liver": LiverFact}),
    Specialty.ONCOLOGY: Discipline(OncologyForm, rows={"lines": LineRows}),
    Specialty.RADIOLOGY: Discipline(RadiologyForm, rows={"lesions": LesionReadRows, "nodes": NodeRows}),
    Specialty.INTERVENTIONAL: Discipline(InterventionalForm, rows={"accesses": AccessRows}),
    Specialty.PATHOLOGY: Discipline(PathologyForm, rows={"biomarkers": BiomarkerRows}),
    Specialty.RADIATION: Discipline(RadiationForm),
    Specialty.NURSING: Discipline(NursingForm, facts={"wish": WishFact}),
}
