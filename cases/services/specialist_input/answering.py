"""How does a discipline write its input, sign it, and put a signed one right?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.forms.models import model_to_dict
from django.utils import timezone

from cases.domain import inputs as rules
from cases.domain.biomarkers import wrong_with
from cases.domain.errors import Refused, SomeoneWasFaster
from cases.models import (
    BiomarkerResult,
    Case,
    LesionAccess,
    NodeFinding,
    SpecialistInput,
    SystemicLine,
)
from cases.models.specialist_input import DETAILS
from cases.services import disease, draft
from cases.services.disease.describing import check_lesions
from cases.services.specialist_input.asking import sits_for
from cases.services.specialist_input.settling import no_longer_owed
from cases.vocabulary import InputStatus, Specialty
from tumorboard.audit import trail

CHILDREN = {
    "lines": SystemicLine,
    "nodes": NodeFinding,
    "accesses": LesionAccess,
    "biomarkers": BiomarkerResult,
}
OWN = {"id", "details", "position", "created_at", "created_by"}
FACTS = {"liver": disease.record_liver_status, "wish": disease.record_wish}
SAID = ("opinion", "confidence", "opinion_reason", "conflict_of_interest")


@transaction.atomic
def save_draft(
    *,
    specialist_input: SpecialistInput,
    version: int,
    fields: Mapping[str, Any],
    details: Mapping[str, Any],
    by,
    typed: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Keep what is valid in the record, and the form as typed beside it, for whoever typed it."""
    _require_answering(specialist_input, by=by)
    _write(specialist_input, version, fields, details, by=by)
    if typed is not None:
        key, saved = str(specialist_input.pk), specialist_input.version
        draft.save(form="input", key=key, payload=typed, base_version=saved, by=by)
    _record("input.drafted", specialist_input, by=by)


@transaction.atomic
def sign(
    *,
    specialist_input: SpecialistInput,
    version: int,
    fields: Mapping[str, Any],
    details: Mapping[str, Any],
    by,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Stand by an input. A radiologist's lesions and the facts that were told go into the record with it."""
    _require_answering(specialist_input, by=by)
    if lacking := rules.missing_for_signature(specialist_input.specialty, {**fields, **details}):
        raise rules.Unfinished(lacking)
    _write(specialist_input, version, fields, details, by=by)
    _supersede_earlier(specialist_input)
    SpecialistInput.objects.filter(pk=specialist_input.pk).update(
        status=InputStatus.SIGNED, signed_at=timezone.now(), signed_by=by, version=F("version") + 1
    )
    specialist_input.refresh_from_db()
    _record_what_was_read(specialist_input.case, details, by=by)
    for name, told in (facts or {}).items():
        FACTS[name](case=specialist_input.case, by=by, **told)
    draft.discard(form="input", key=str(specialist_input.pk), by=by)
    no_longer_owed(specialist_input, recipient=by, reason="The input is signed.")
    _record("input.signed", specialist_input, by=by, revision=specialist_input.revision)


def _record_what_was_read(case: Case, details: Mapping[str, Any], *, by) -> None:
    """The study that was read is a study of the case, and what was measured on it are its lesions."""
    read = {"modality": details.get("modality"), "performed_on": details.get("studied_on")}
    study = None
    if all(read.values()):
        study = case.imagingstudy_set.standing().filter(**read).first()
        study = study or disease.record_imaging(case=case, by=by, **read)
    if lesions := details.get("lesions"):
        disease.record_lesions(case=case, lesions=lesions, study=study, by=by)
        check_lesions(case)


@transaction.atomic
def amend(*, specialist_input: SpecialistInput, reason: str, by) -> SpecialistInput:
    """Begin a new revision with all that the signed one says; until it is signed, the signed one counts."""
    _require_sitting(specialist_input, by=by)
    if not reason.strip():
        raise Refused("Say why it is amended.")
    # The signed row is the lock: of two who begin, the second finds the first's revision.
    signed = SpecialistInput.objects.select_for_update(of=["self"]).get(pk=specialist_input.pk)
    if signed.status != InputStatus.SIGNED or signed.superseded_at:
        raise Refused("Only the signed input that counts now can be amended. Reload the page.")
    revisions = _revisions(signed)
    if revisions.awaited().exists():
        raise Refused("An amendment is being written already. Reload the page to see by whom.")
    last = revisions.aggregate(last=Max("revision"))["last"]
    new = SpecialistInput.objects.create(
        case=signed.case,
        presentation=signed.presentation,
        specialty=signed.specialty,
        revision=last + 1,
        status=InputStatus.DRAFT,
        asked_of=by,
        asked_at=timezone.now(),
        amendment_reason=reason.strip(),
        created_by=by,
        **{name: getattr(signed, name) for name in SAID},
    )
    _copy_details(signed, new, by=by)
    _record("input.amended", new, by=by, revision=new.revision)
    return new


@transaction.atomic
def give_up_amendment(*, specialist_input: SpecialistInput, by) -> None:
    """Leave the signed input as it is; what was begun stays readable."""
    _require_sitting(specialist_input, by=by)
    given_up = (
        SpecialistInput.objects.awaited()
        .filter(pk=specialist_input.pk, revision__gt=1, version=specialist_input.version)
        .update(
            status=InputStatus.NOT_NEEDED,
            not_needed_reason="The amendment was given up.",
            superseded_at=timezone.now(),
            version=F("version") + 1,
        )
    )
    if not given_up:
        raise SomeoneWasFaster("This amendment has just been changed. Reload the page.")
    specialist_input.refresh_from_db()
    draft.discard(form="input", key=str(specialist_input.pk), by=by)
    _record("input.amendment_given_up", specialist_input, by=by)


def may_answer(specialist_input: SpecialistInput, *, by) -> bool:
    return by.is_active and sits_for(by, specialist_input.case.board, specialist_input.specialty)


def _require_sitting(specialist_input: SpecialistInput, *, by) -> None:
    if not may_answer(specialist_input, by=by):
        label = specialist_input.get_specialty_display().lower()
        raise PermissionDenied(f"Only who sits for {label} on this board gives this input.")
    # The case before its inputs, as whoever asks for one does: else each waits for what the other holds.
    held = Case.objects.select_for_update(no_key=True).get(pk=specialist_input.case_id)
    rules.require_open(held.status)
    if specialist_input.presentation != held.presentation:
        raise Refused("This input belongs to an earlier presentation of the case.")


def _require_answering(specialist_input: SpecialistInput, *, by) -> None:
    _require_sitting(specialist_input, by=by)
    if specialist_input.status == InputStatus.NOT_NEEDED:
        raise Refused("This input is marked as not needed. Ask the coordinator to ask for it again.")


def _write(
    wanted: SpecialistInput, version: int, fields: Mapping[str, Any], details: Mapping[str, Any], *, by
) -> None:
    """The conditional UPDATE is the lock: of two people who save, one is told of the other's words."""
    said = {name: fields[name] for name in SAID if name in fields}
    before = wanted.asked_of  # of this version, or nothing is written
    written = (
        SpecialistInput.objects.awaited()
        .filter(pk=wanted.pk, version=version)
        .update(**said, status=InputStatus.DRAFT, asked_of=by, version=F("version") + 1)
    )
    if not written:
        raise SomeoneWasFaster(
            "This input was changed after you opened the page. Nothing of yours was written:"
            " compare the two below."
        )
    wanted.refresh_from_db()
    if before and before != by:
        no_longer_owed(wanted, recipient=before, reason="A colleague has taken the input over.")
    _write_details(wanted, details, by=by)


def _write_details(wanted: SpecialistInput, details: Mapping[str, Any], *, by) -> None:
    model = DETAILS[Specialty(wanted.specialty)]
    columns = {f.name for f in model._meta.concrete_fields if not f.primary_key}
    typed = {name: value for name, value in details.items() if name in columns}
    _require_results_of_their_markers(details.get("biomarkers", ()))
    row, _ = model.objects.update_or_create(input=wanted, defaults=typed)
    for name, below in CHILDREN.items():
        if name in details and hasattr(row, name):
            getattr(row, name).all().delete()
            _write_children(below, row, details[name], by=by)


def _require_results_of_their_markers(said: Sequence[Mapping[str, Any]]) -> None:
    for one in said:
        if wrong := wrong_with(one["marker"], one["result"], one.get("figure")):
            raise Refused(" ".join(wrong.values()))


def _write_children(below, row, said: Sequence[Mapping[str, Any]], *, by) -> None:
    numbered = hasattr(below, "position")
    below.objects.bulk_create(
        below(**{**one, "details": row, "created_by": by}, **({"position": place} if numbered else {}))
        for place, one in enumerate(said, start=1)
    )


def _copy_details(signed: SpecialistInput, new: SpecialistInput, *, by) -> None:
    row = DETAILS[Specialty(signed.specialty)].objects.filter(input=signed).first()
    if row is None:
        return
    details = model_to_dict(row, exclude=["input"])
    for name, below in CHILDREN.items():
        if hasattr(row, name):
            columns = [f.name for f in below._meta.concrete_fields if f.name not in OWN]
            rows = getattr(row, name).order_by("created_at")
            details[name] = [{column: getattr(one, column) for column in columns} for one in rows]
    _write_details(new, details, by=by)


def _revisions(one: SpecialistInput):
    return SpecialistInput.objects.filter(
        case=one.case_id, presentation=one.presentation, specialty=one.specialty
    )


def _supersede_earlier(wanted: SpecialistInput) -> None:
    earlier = _revisions(wanted).current().filter(status=InputStatus.SIGNED)
    earlier.update(superseded_at=timezone.now(), version=F("version") + 1)


def _record(verb: str, subject: SpecialistInput, *, by, **details: Any) -> None:
    trail.record(
        actor=by,
        verb=verb,
        subject=subject,
        about=subject.case.about,
        specialty=subject.specialty,
        **details,
    )
