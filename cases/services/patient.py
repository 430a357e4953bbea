"""Which patient is meant: one who is known already, or a new one?"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from cases.domain import referral as rules
from cases.domain.referral import LooksLikeSomeone, PatientDetails, RecordNumberTaken
from cases.models import Case, Patient
from tumorboard.database.identity import as_system

DETAILS = ("family_name", "given_name", "birth_date")


def identify(
    *, said: PatientDetails, by, same_as: UUID | None = None, not_same_as: Collection[UUID] = ()
) -> Patient:
    """The one patient meant, locked until the end of the transaction.

    Looked for among all patients, whoever may see them, since one person is one record. The record number
    decides. Where it is new, a namesake born on the same day may be the same person: the referrer says so
    (`same_as`) or that those known are somebody else; until then nothing is written.
    """
    with as_system("a patient may be known to another board already"):
        return _identified(said, by=by, same_as=same_as, not_same_as=not_same_as)


def _identified(said: PatientDetails, *, by, same_as: UUID | None, not_same_as: Collection[UUID]) -> Patient:
    if holder := holder_of(said):
        return _completed(_require_same(holder, said), said)
    namesakes = namesakes_of(said)
    if recognised := next((one for one in namesakes if one.pk == same_as), None):
        return _completed(recognised, said)
    if any(one.pk not in not_same_as for one in namesakes):
        raise LooksLikeSomeone(
            "A patient with this name and birth date is known under another record number. Say below whether"
            " it is the same person.",
            patients=namesakes,
        )
    return _new(said, by=by)


def holder_of(said: PatientDetails) -> Patient | None:
    return (
        Patient.objects.select_for_update()
        .filter(
            authority__iexact=said.authority.strip(),
            record_number__iexact=rules.normal_number(said.record_number),
        )
        .first()
    )


def namesakes_of(said: PatientDetails) -> Sequence[Patient]:
    """Same name, whatever the accents and capitals, and the same birth date."""
    if said.birth_date is None:
        return []
    return list(
        Patient.objects.select_for_update()
        .filter(
            birth_date=said.birth_date,
            family_name__unaccent__iexact=said.family_name.strip(),
            given_name__unaccent__iexact=said.given_name.strip(),
        )
        .order_by("created_at")
    )


def correct(*, patient: Patient, said: PatientDetails, by) -> Patient:
    """A returned or imported referral is put right: the patient's details too.

    The number may only be another one that nobody holds. Details that other people rely on, because they
    have a case of this patient that the person cannot see, are not theirs to change.
    """
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    number, authority = rules.normal_number(said.record_number), said.authority.strip()
    changed = {
        "record_number": number,
        "authority": authority,
        "family_name": said.family_name.strip(),
        "given_name": said.given_name.strip(),
        "birth_date": said.birth_date,
        "sex": said.sex,
    }
    changed = {name: value for name, value in changed.items() if getattr(patient, name) != value}
    if not changed:
        return patient
    if _used_out_of_sight(patient, by=by):
        raise RecordNumberTaken(
            "Other colleagues work with this patient's record, so it cannot be changed from here."
            " Ask the coordinator to correct it."
        )
    return _written(patient, changed)


def _used_out_of_sight(patient: Patient, *, by) -> bool:
    seen = Case.objects.visible_to(by).values("pk")
    with as_system("whether others rely on these details, and nothing more, is to be known"):
        return patient.cases.exclude(pk__in=seen).exists()


def _written(patient: Patient, changed: dict) -> Patient:
    for name, value in changed.items():
        setattr(patient, name, value)
    try:
        with transaction.atomic():
            Patient.objects.filter(pk=patient.pk).update(**changed)
    except IntegrityError as error:
        if "one_patient_a_record_number" not in str(error):
            raise
        raise RecordNumberTaken(_TAKEN) from None
    return patient


_TAKEN = (
    "This record number belongs to someone else: name or birth date differ from what is known."
    " Check the number, the name and the birth date."
)


def _require_same(holder: Patient, said: PatientDetails) -> Patient:
    if not rules.same_person(holder, said):
        raise RecordNumberTaken(_TAKEN)
    return holder


def _completed(known: Patient, said: PatientDetails) -> Patient:
    """What was not known of a patient is added; what was known stays as it is."""
    news = {name: getattr(said, name) for name in DETAILS if not getattr(known, name) and getattr(said, name)}
    if known.sex == "UNKNOWN" and said.sex and said.sex != "UNKNOWN":
        news["sex"] = said.sex
    return _written(known, news) if news else known


def _new(said: PatientDetails, *, by) -> Patient:
    try:
        with transaction.atomic():
            return Patient.objects.create(
                authority=said.authority.strip(),
                record_number=rules.normal_number(said.record_number),
                family_name=said.family_name.strip(),
                given_name=said.given_name.strip(),
                birth_date=said.birth_date,
                sex=said.sex,
                created_by=by,
            )
    except IntegrityError as error:
        if "one_patient_a_record_number" not in str(error):
            raise
    # A colleague has entered this number in the same moment: theirs stands, if it is the same person.
    holder = holder_of(said)
    assert holder is not None
    return _completed(_require_same(holder, said), said)
