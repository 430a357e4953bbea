"""What does the record say of each point that a board goes through before it closes a decision?"""

from typing import Any

from cases.models import BiomarkerResult, Case, Fitness, NursingInput, OncologyInput, PatientWish
from cases.queries.answers import answer_of
from cases.vocabulary import ChecklistItem, InputStatus, TrialConsidered

SILENT = "nothing recorded"


def on_record(case: Case, *, wish: PatientWish | None, trial: str) -> dict[str, str]:
    """Each point in words; nothing recorded is said as such and never read as none."""
    return {
        ChecklistItem.COMORBIDITY: _comorbidity(case),
        ChecklistItem.WISH: f"“{wish.words}”" if wish else SILENT,
        ChecklistItem.TRIAL: _trial(case, trial),
        ChecklistItem.PALLIATIVE: _palliative(case),
        ChecklistItem.GENETICS: _genetics(case),
    }


def _comorbidity(case: Case) -> str:
    newest = Fitness.objects.standing().filter(case=case).order_by("-created_at").first()
    if newest is None:
        return SILENT
    if newest.no_comorbidity:
        return "none relevant"
    said = [answer_of(newest, "comorbidities"), newest.comorbidity_note]
    return "; ".join(filter(None, said)) or SILENT


def _signed(case: Case) -> dict[str, Any]:
    return {
        "input__case": case,
        "input__presentation": case.presentation,
        "input__status": InputStatus.SIGNED,
        "input__superseded_at": None,
    }


def _trial(case: Case, trial: str) -> str:
    said = TrialConsidered(trial).label.lower() if trial else ""
    offered = OncologyInput.objects.filter(**_signed(case)).values_list("trial_available", flat=True).first()
    known = f"oncology names {offered}" if offered else ""
    return "; ".join(filter(None, [said, known])) or SILENT


def _palliative(case: Case) -> str:
    nursing = NursingInput.objects.filter(**_signed(case)).first()
    return (answer_of(nursing, "palliative_referral") if nursing else "") or SILENT


def _genetics(case: Case) -> str:
    filters = {f"details__{name}": value for name, value in _signed(case).items()}
    found = BiomarkerResult.objects.filter(**filters).order_by("marker")
    said = (f"{one.get_marker_display()} {one.get_result_display().lower()}" for one in found)
    return ", ".join(said) or SILENT
