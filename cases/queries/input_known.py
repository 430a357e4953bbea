"""Which answers do others have already, so that a discipline sees them under its own question?

SOURCES names for each discipline and question where else something of it may stand: a column of another
discipline's signed input ("NURSING.frailty"), one of its markers ("marker.MSI"), or a fact of the case
("fitness.ecog", "labs.afp"; "highest.cea" is the highest that was ever measured).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Field, Model
from django.utils.formats import date_format

from cases.models import (
    Fitness,
    LiverStatus,
    SpecialistInput,
    SymptomReport,
)
from cases.models.specialist_input import DETAILS
from cases.queries.answers import answer_of, label_and_unit
from cases.queries.facts import in_words
from cases.queries.input_page import newest
from cases.queries.recorded import Recorded
from cases.vocabulary import InputStatus, Specialty

LAB_VALUES = 3  # of one analyte: enough to see where it goes
_FRAILTY = ("fitness.ecog", "fitness.karnofsky")

SOURCES: Mapping[Specialty, Mapping[str, tuple[str, ...]]] = {
    Specialty.SURGERY: {
        "inflow_outflow_biliary_preserved": ("RADIOLOGY.michels", "RADIOLOGY.hepatic_artery_anatomy"),
        "vascular_contact": ("RADIOLOGY.vascular_invasion", "RADIOLOGY.vascular_note"),
        "synchronous_strategy": ("diagnosis.primary_control",),
        "liver_background": (
            "liver.cirrhosis",
            "ONCOLOGY.weeks_of_chemotherapy",
            "RADIOLOGY.steatosis_or_fibrosis",
            "RADIOLOGY.fat_fraction_percent",
            "PATHOLOGY.fibrosis_stage",
            "PATHOLOGY.steatosis_percent",
            "PATHOLOGY.sos",
        ),
        "hypertrophy": ("INTERVENTIONAL.vein_embolisation_suitable",),
        "asa": ("fitness.comorbidities", "fitness.comorbidity_note"),
        "frailty": ("NURSING.frailty", *_FRAILTY),
    },
    Specialty.TRANSPLANT: {
        "absolute_contraindication": ("diagnosis.extrahepatic_disease",),
        "unresectable_by_panel": ("SURGERY.resectable",),
        "afp_trend": ("labs.afp",),
        "bridging": ("RADIATION.previous_radiation",),
        "primary_portal_drained": ("diagnosis.site_detail",),
        "primary_removed_before_transplant": ("diagnosis.primary_control", "diagnosis.primary_resected_on"),
        "cardiac_workup": ("SURGERY.asa", "SURGERY.cpet_at"),
        "psychosocial": ("NURSING.lives_alone", "NURSING.carer"),
        "neoadjuvant_protocol_available": ("PATHOLOGY.transperitoneal_biopsy_done",),
    },
    Specialty.ONCOLOGY: {
        "response": ("RADIOLOGY.non_target", "RADIOLOGY.new_lesion"),
        "immunotherapy_given": ("marker.MSI",),
        "cea_highest_ug_l": ("highest.cea",),
        "toxicities": ("PATHOLOGY.sos", "PATHOLOGY.steatohepatitis"),
        "fit_for_systemic": ("fitness.ecog", "NURSING.frailty"),
        "dpyd": ("marker.DPYD",),
    },
    Specialty.RADIOLOGY: {
        "vascular_invasion": ("diagnosis.macrovascular_invasion", "INTERVENTIONAL.portal_vein"),
        "bile_ducts": ("INTERVENTIONAL.biliary_status", "INTERVENTIONAL.biliary_drainage"),
        "stiffness_kpa": ("liver.cirrhosis",),
        "extrahepatic_seen": ("diagnosis.extrahepatic_disease",),
        "staging_done": ("diagnosis.extrahepatic_staged_on",),
    },
    Specialty.INTERVENTIONAL: {
        "embolisation_suitable": (
            "labs.bilirubin",
            "labs.creatinine",
            "liver.ascites",
            "liver.encephalopathy",
            "liver.varices",
            "TRANSPLANT.varices_grade",
        ),
        "vein_embolisation_suitable": ("SURGERY.flr_volume_ml", "SURGERY.hypertrophy"),
        "y90_suitable": ("labs.bilirubin", "RADIOLOGY.liver_involvement_percent"),
        "portal_vein": ("RADIOLOGY.vascular_invasion", "RADIOLOGY.portal_thrombus"),
        "biliary_status": ("RADIOLOGY.bile_ducts", "RADIOLOGY.dilated_segments", "labs.bilirubin"),
        "anticoagulated": ("fitness.comorbidities", "labs.inr", "labs.platelets"),
        "anaesthesia": ("SURGERY.asa", "fitness.ecog"),
        "access_note": ("RADIOLOGY.michels", "RADIOLOGY.hepatic_artery_anatomy"),
    },
    Specialty.PATHOLOGY: {
        "regression": ("ONCOLOGY.weeks_of_chemotherapy", "ONCOLOGY.response"),
        "microvascular_invasion": ("RADIOLOGY.vascular_invasion",),
        "fibrosis_stage": ("liver.cirrhosis", "RADIOLOGY.stiffness_kpa"),
        "steatosis_percent": ("RADIOLOGY.fat_fraction_percent",),
        "primary_node_positive": ("diagnosis.primary_node_positive",),
    },
    Specialty.RADIATION: {
        "uninvolved_liver_ml": ("SURGERY.total_liver_volume_ml", "SURGERY.tumour_volume_ml"),
        "previous_radiation": ("TRANSPLANT.bridging",),
        "symptom_radiotherapy": ("NURSING.esas_pain", "symptoms.symptoms"),
    },
    Specialty.NURSING: {
        "esas_pain": ("symptoms.symptoms",),
        "nutrition_score": ("fitness.weight_loss_6m_percent", "labs.albumin"),
        "frailty": ("SURGERY.frailty", *_FRAILTY),
        "carer": ("TRANSPLANT.psychosocial_note",),
    },
}

_FACTS = {
    "fitness": (Fitness, "assessed_on"),
    "liver": (LiverStatus, "assessed_on"),
    "symptoms": (SymptomReport, "reported_on"),
}


@dataclass(frozen=True)
class Told:
    """One row that somebody wrote, by whom and of which day."""

    row: Model
    by: str
    on: date | datetime | None

    def words(self, name: str) -> str:
        answer = answer_of(self.row, name)
        if not answer:
            return ""
        label, _ = label_and_unit(cast(Field, self.row._meta.get_field(name)))
        told = ", ".join(filter(None, [self.by, date_format(self.on, "d-M-Y") if self.on else ""]))
        return f"{label}: {answer} ({told})" if told else f"{label}: {answer}"


def known_answers(asked: SpecialistInput, *, found: Recorded) -> dict[str, str]:
    """What stands elsewhere, by the question under which it is shown; `found` is what stands of the case."""
    record = _Record(found)
    wanted = SOURCES.get(Specialty(asked.specialty), {})
    said = {name: list(filter(None, map(record.words, sources))) for name, sources in wanted.items()}
    return {name: f"Recorded: {'; '.join(words)}." for name, words in said.items() if words}


class _Record:
    """Each row is looked for once, and only when a question needs it."""

    def __init__(self, found: Recorded):
        self.found = found
        self._fetched: dict[str, Told | None] = {}

    def words(self, source: str) -> str:
        where, name = source.split(".")
        if where == "labs":
            newest = self.found.labs.get(name, [])[:LAB_VALUES]
            return ", ".join(in_words(one) for one in reversed(newest))
        if where == "highest":
            return self._highest(name)
        if where == "marker":
            return self._marker(name)
        if where not in self._fetched:
            self._fetched[where] = self._fetch(where)
        told = self._fetched[where]
        return told.words(name) if told else ""

    def _fetch(self, where: str) -> Told | None:
        if where == "diagnosis":
            row = getattr(self.found.case, "diagnosis", None)
            return Told(row, "", None) if row else None
        if where in _FACTS:
            return self._fact(*_FACTS[where])
        return self._signed(Specialty(where))

    def _fact(self, model: Any, day: str) -> Told | None:
        loaded = model in self.found.facts
        row = self.found.latest(model, day) if loaded else newest(model, self.found.case, day)
        return Told(row, str(row.created_by), getattr(row, day)) if row else None

    def _highest(self, analyte: str) -> str:
        """In units of which one is as good as the other, as those of CEA are."""
        highest = max(self.found.labs.get(analyte, []), key=lambda one: one.value, default=None)
        return f"highest {in_words(highest)}" if highest else ""

    def _marker(self, code: str) -> str:
        for signed in self._all_signed(Specialty.PATHOLOGY):
            for one in signed.biomarkers:
                if one.marker == code:
                    words = self._told(one, signed).words("result")
                    return words.replace("result", one.get_marker_display(), 1)
        return ""

    def _signed(self, specialty: Specialty) -> Told | None:
        name = str(DETAILS[specialty]._meta.model_name)
        signed = (one for one in self._all_signed(specialty) if hasattr(one, name))
        one = next(signed, None)
        return self._told(getattr(one, name), one) if one else None

    def _all_signed(self, specialty: Specialty) -> list[Any]:
        inputs = self.found.inputs
        return [one for one in inputs if one.specialty == specialty and one.status == InputStatus.SIGNED]

    def _told(self, row: Model, signed: Any) -> Told:
        on = signed.signed_at.astimezone(self.found.case.board.zone).date()
        return Told(row, str(signed.signed_by), on)
