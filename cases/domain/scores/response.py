"""Did the tumours respond? RECIST 1.1 and the target lesions of mRECIST, from sums of diameters."""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Choice, Number, Truth, above, between
from cases.domain.scores.registry import Contradiction, Output, score
from cases.domain.scores.units import without_dust

SUM_MM = between(0, 5000)


@score(
    id="recist_1_1",
    title="RECIST 1.1",
    version="1",
    source="Eisenhauer EA et al. Eur J Cancer 2009;45:228-247",
    inputs=(
        Number("baseline_sum_mm", range=SUM_MM),
        Number("nadir_sum_mm", range=SUM_MM),
        Number("current_sum_mm", range=SUM_MM),
        Choice("non_target", codes=("none", "CR", "non_cr_non_pd", "PD", "not_evaluated")),
        Truth("new_lesion"),
        Truth("remaining_sum_is_normal_nodes", optional=True),
    ),
    outputs=(
        Output("target"),
        Output("overall"),
        Output("change_from_baseline_percent", decimals=1, cuts=("-30",)),
        Output("change_from_nadir_percent", decimals=1, cuts=("20",)),
    ),
    cautions=(
        "At most five targets and two in an organ, so two in the liver; a lesion that was treated locally is "
        "a target only if it grew.",
        "Targets that cannot be evaluated, confirmation and best overall response are not covered.",
        "After ablation or chemoembolisation the viable part counts: mRECIST.",
    ),
    family="response",
    to_confirm="That a sum which was 0 and no longer is counts as progression: a reading of this program. "
    "Choi for GIST and iRECIST under immunotherapy are judged by the radiologist.",
)
def recist_1_1(
    *,
    baseline_sum_mm: D,
    nadir_sum_mm: D,
    current_sum_mm: D,
    non_target: str,
    new_lesion: bool,
    remaining_sum_is_normal_nodes: bool | None,
) -> dict:
    """Sums in mm, 0 to 5000; the nadir is the smallest earlier sum, the baseline among them.

    Progression is +20 % and at least 5 mm over the nadir, response -30 % of the baseline; the cut-offs count.
    Progression is tested before response, so a sum can be far below the baseline and still progress.
    """
    if baseline_sum_mm == 0:
        raise Contradiction("baseline_sum_mm")
    if nadir_sum_mm > baseline_sum_mm:
        raise Contradiction("nadir_sum_mm")
    from_baseline = _change(current_sum_mm, baseline_sum_mm)
    from_nadir = _change(current_sum_mm, nadir_sum_mm) if nadir_sum_mm else None
    grown = from_nadir is None or (from_nadir >= 20 and current_sum_mm - nadir_sum_mm >= 5)
    gone = current_sum_mm == 0 or bool(remaining_sum_is_normal_nodes)
    target = _target(gone=gone, grown=grown, from_baseline=from_baseline)
    return {
        "target": target,
        "overall": _overall(target, non_target, new_lesion),
        "change_from_baseline_percent": float(from_baseline),
        "change_from_nadir_percent": None if from_nadir is None else float(from_nadir),
    }


@score(
    id="mrecist_target",
    title="mRECIST, target lesions",
    version="1",
    source="Lencioni R, Llovet JM. Semin Liver Dis 2010;30:52-60",
    inputs=(
        Number("baseline_viable_sum_mm", range=above(0, 5000)),
        Number("nadir_viable_sum_mm", range=SUM_MM),
        Number("current_viable_sum_mm", range=SUM_MM),
        Truth("any_arterial_enhancement_in_targets"),
    ),
    outputs=(Output("target"),),
    cautions=(
        "For hepatocellular carcinoma; the diameter is that of the arterially enhancing part.",
        "Targets only: new lesions and non-target lesions are judged by the radiologist.",
    ),
    family="response",
)
def mrecist_target(
    *,
    baseline_viable_sum_mm: D,
    nadir_viable_sum_mm: D,
    current_viable_sum_mm: D,
    any_arterial_enhancement_in_targets: bool,
) -> dict:
    """Sums of viable diameters in mm, 0 to 5000; +20 % over the nadir or -30 % of the baseline, inclusive.

    Unlike in RECIST there is no rule of 5 mm. The sum must agree with what is said of the enhancement.
    """
    if nadir_viable_sum_mm > baseline_viable_sum_mm:
        raise Contradiction("nadir_viable_sum_mm")
    if any_arterial_enhancement_in_targets != (current_viable_sum_mm > 0):
        raise Contradiction("current_viable_sum_mm")
    from_baseline = _change(current_viable_sum_mm, baseline_viable_sum_mm)
    grown = not nadir_viable_sum_mm or _change(current_viable_sum_mm, nadir_viable_sum_mm) >= 20
    gone = not any_arterial_enhancement_in_targets
    return {"target": _target(gone=gone, grown=grown, from_baseline=from_baseline)}


def _change(now: D, before: D) -> D:
    """In per cent; positive is growth."""
    return without_dust(100 * (now - before) / before)


def _target(*, gone: bool, grown: bool, from_baseline: D) -> str:
    if gone:
        return "CR"
    if grown:
        return "PD"
    return "PR" if from_baseline <= -30 else "SD"


def _overall(target: str, non_target: str, new_lesion: bool) -> str:
    if new_lesion or "PD" in (target, non_target):
        return "PD"
    if target == "CR" and non_target not in ("none", "CR"):
        return "PR"
    return target
