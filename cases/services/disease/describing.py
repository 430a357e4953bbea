"""How is one lesion described, and measured on one day? Its number and its past stay.

The case's row is the lock: numbers, the two target lesions and two people at one lesion wait for each other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from cases.domain import anatomy
from cases.domain import lesions as rules
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import Case, ImagingStudy, Lesion, LesionMeasurement
from cases.services.disease._recording import recorded, require_recording
from tumorboard.audit.history import changes_of

SIZE = ("long_axis_mm", "viable_mm", "li_rads", "nonrim_aphe", "washout", "capsule", "threshold_growth")
REFUSALS = {
    "one_measurement_a_lesion_and_day": "This lesion has another size on that day already. Open that one and"
    " change it, or choose another day.",
    "viable_part_is_within_the_lesion": "The viable part is larger than the lesion. Check both sizes.",
    "long_axis_fits_a_liver": "Give the size in millimetres, between 1 and 400.",
}


@transaction.atomic
def describe_lesion(
    *,
    case: Case,
    number: int | None,
    by,
    seen: str = "",
    size: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Lesion:
    """Describe a lesion, or a new one without a number; `size` is one look at it, as measure_lesion takes it.

    `seen` is the wording that the person had before them: who changes what another has changed since is told.
    """
    require_recording(case, by=by)
    Case.objects.select_for_update().get(pk=case.pk)
    if number is None:
        lesion, changed = _new(case, fields, size or {}, by=by), sorted(fields)
    else:
        lesion = _standing(case, number)
        changed = _rewrite(lesion, fields, seen)
    if changed:
        recorded("lesion.described", case=case, by=by, lesion=lesion.label, changed=changed)
    if size:
        measure_lesion(lesion=lesion, by=by, **size)
    check_lesions(case)
    return lesion


@transaction.atomic
def measure_lesion(
    *,
    lesion: Lesion,
    study: ImagingStudy | None,
    by,
    measured_on: date | None = None,
    replaces: UUID | None = None,
    **size: Any,
) -> LesionMeasurement:
    """One look at a lesion, in a study or on a day; `replaces` names the look that is corrected."""
    case = lesion.case
    require_recording(case, by=by)
    Case.objects.select_for_update().get(pk=case.pk)
    lesion = _standing(case, lesion.number)
    if study is not None:
        if not ImagingStudy.objects.standing().filter(case=case, pk=study.pk).exists():
            raise Refused("This study does not stand in the case. Reload it and choose again.")
        measured_on = study.performed_on
    if found := rules.size_contradictions(size):
        raise Refused(" ".join(found.values()))
    written = {name: size[name] for name in SIZE if name in size} | {
        "study": study,
        "measured_on": measured_on,
    }
    measured = _write_size(lesion, replaces, written, by=by)
    if measured_on and (lesion.first_seen_on is None or lesion.first_seen_on > measured_on):
        Lesion.objects.filter(pk=lesion.pk).update(first_seen_on=measured_on)
    recorded("lesion.measured", case=case, by=by, lesion=lesion.label, on=str(measured_on or ""))
    check_lesions(case)
    return measured


def check_lesions(case: Case) -> None:
    """What must hold of all standing lesions together, after any of them was written."""
    standing = list(
        Lesion.objects.standing().filter(case=case).order_by("number").prefetch_related("measurements")
    )
    rules.check_targets([one.label for one in standing if one.is_target])
    for one in standing:
        looks = [rules.Look(look.measured_on, look.long_axis_mm) for look in one.measurements.all()]
        rules.check_gone(one.label, one.disappeared_on, looks)


def _standing(case: Case, number: int) -> Lesion:
    lesion = Lesion.objects.standing().filter(case=case, number=number).first()
    if lesion is None:
        raise Refused(f"L{number} does not stand in this case. Reload it and choose again.")
    return lesion


def _new(case: Case, fields: Mapping[str, Any], size: Mapping[str, Any], *, by) -> Lesion:
    study = size.get("study")
    day = study.performed_on if study else size.get("measured_on")
    told = {**fields, "first_seen_on": fields.get("first_seen_on") or day}
    if not (told.get("segments") or told.get("note") or size):
        raise Refused("Say in which segment the lesion is, or give its size.")
    _agree(told)
    highest = Lesion.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    return Lesion.objects.create(case=case, number=highest + 1, created_by=by, **_stored(told))


def _rewrite(lesion: Lesion, fields: Mapping[str, Any], seen: str) -> list[str]:
    """The names of what changed."""
    if seen and seen != rules.wording(lesion):
        raise SomeoneWasFaster(_who_was_faster(lesion))
    _agree({name: getattr(lesion, name) for name in rules.DESCRIBED} | dict(fields))
    told = _stored(fields, before=lesion)
    changed = {name: value for name, value in told.items() if getattr(lesion, name) != value}
    if changed:
        Lesion.objects.filter(pk=lesion.pk).update(**changed)
        lesion.refresh_from_db()
    return sorted(changed)


def _agree(said: Mapping[str, Any]) -> None:
    if found := rules.contradictions(said):
        raise Refused(" ".join(found.values()))


def _stored(fields: Mapping[str, Any], before: Lesion | None = None) -> dict[str, Any]:
    """In the record's own form: segments in order; treated, once a treatment is named or was known before."""
    told = {name: value for name, value in fields.items() if name in rules.DESCRIBED}
    if "segments" in told:
        told["segments"] = list(anatomy.ordered(told["segments"]))
    if "treatments" in told:
        known_without_a_name = before is not None and before.treated and not before.treatments
        told["treated"] = bool(told["treatments"]) or known_without_a_name
    return told


def _who_was_faster(lesion: Lesion) -> str:
    last = next(iter(changes_of(lesion)), None)
    who = str(last.by) if last and last.by else "Somebody else"
    return (
        f"{who} has changed {lesion.label} since you opened it. What you typed is kept below; compare it with"
        " what stands now, and save again."
    )


def _write_size(
    lesion: Lesion, replaces: UUID | None, written: Mapping[str, Any], *, by
) -> LesionMeasurement:
    same_day = LesionMeasurement.objects.filter(lesion=lesion, measured_on=written["measured_on"])
    taken_back = same_day.exclude(study__withdrawn_at=None).values_list("pk", flat=True).first()
    replaces = replaces or taken_back
    try:
        with transaction.atomic():
            if replaces is None:
                return LesionMeasurement.objects.create(lesion=lesion, created_by=by, **written)
            looks = LesionMeasurement.objects.filter(lesion=lesion, pk=replaces)
            if not looks.update(**written):
                raise Refused("That size is not in the record. Reload the lesion.")
            return looks.get()
    except IntegrityError as error:
        words = next((words for name, words in REFUSALS.items() if name in str(error)), None)
        if words is None:
            raise
        raise Refused(words) from None
