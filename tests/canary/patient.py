"""How does somebody become the marked patient? Before anything is made of their case."""

from cases.models import Case, Patient, PatientWish
from tests.canary import marks

# People call their files by the patient's name.
FILE = f"{marks.FAMILY}_{marks.GIVEN}_{marks.BORN}.pdf"


def mark(case: Case) -> None:
    Patient.objects.filter(pk=case.patient_id).update(**marks.IDENTITY)
    words = {"question": f"Is it safe? {marks.SENTENCE}", "why_now": marks.SENTENCE}
    Case.objects.filter(pk=case.pk).update(**words, gp_name="Dr Field", gp_address=marks.ADDRESS)
    case.refresh_from_db()
    PatientWish.objects.create(case=case, words=marks.SENTENCE, created_by=case.referred_by)
