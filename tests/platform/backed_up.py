"""What is there to be backed up, and where is it brought back to?"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.utils import timezone

from cases.models import Case, Diagnosis, LabResult, Patient, SpecialistInput
from cases.vocabulary import CaseStatus, InputStatus, PrimarySite, Role, Sex, Specialty
from tests.factories import a_file, board, member
from tests.factories.inputs import OPINION
from tumorboard.audit import trail
from tumorboard.backups import keys
from tumorboard.files import settings as of_files

ROOT = Path(__file__).resolve().parents[2]
BATCH = 500
BORN = date(1958, 3, 7)
PASSWORD = "a chair by the long window"


def store_in(settings, folder: Path) -> Path:
    """Django's store of files, in this folder from now on."""
    settings.STORAGES = settings.STORAGES | {"default": of_files.store_at(f"file://{folder}")}
    return folder


def key_file(folder: Path, settings) -> Path:
    """The private half in a file, the public half where the application finds it."""
    private, public = keys.a_pair()
    settings.BACKUP_RECIPIENTS = [public]
    file = folder / "key.txt"
    file.write_text(f"# public key: {public}\n{private}\n")
    return file


@contextmanager
def a_place_for_servers() -> Iterator[Path]:
    """PostgreSQL runs as another user when we are root, and pytest closes its own folders to others."""
    with TemporaryDirectory(prefix="tumorboard-servers-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def command(name: str, *arguments, **options) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def manage(*arguments, **env: str) -> subprocess.CompletedProcess:
    """In a process of its own, as somebody types it."""
    run = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(run, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False)


def a_board_with_cases(number: int, files: int):
    """Patients, cases, values, signed inputs, looks in the trail, files of some; and one who may see them."""
    sits = board()
    who = member(sits, Role.MEMBER, Specialty.SURGERY, email="ines.duarte@example.org", password=PASSWORD)
    for first in range(0, number, BATCH):
        cases = _cases(sits, who, range(first, min(first + BATCH, number)))
        trail.record_each(actor=who, verb="case.seen", subjects=cases)
        for case in cases[: max(0, files - first)]:
            a_file(case, f"Report of {case.number}. ".encode() * 400, by=who)
    return who


def _cases(sits, who, numbers) -> list[Case]:
    of = {"created_by": who}
    patients = Patient.objects.bulk_create(
        Patient(
            record_number=f"BACK-{n:06}",
            family_name=f"Family {n}",
            birth_date=BORN,
            sex=Sex.FEMALE,
            **of,
        )
        for n in numbers
    )
    cases = Case.objects.bulk_create(
        Case(
            number=f"B-26-{n:06}",
            patient=patient,
            board=sits,
            status=CaseStatus.PREPARING,
            question=f"Is hepatectomy {n} safe?",
            referred_by=who,
            referred_at=timezone.now(),
            **of,
        )
        for n, patient in zip(numbers, patients, strict=True)
    )
    site = PrimarySite.COLORECTAL
    Diagnosis.objects.bulk_create(Diagnosis(case=case, primary_site=site, **of) for case in cases)
    LabResult.objects.bulk_create(
        LabResult(case=case, analyte=analyte, value=value, unit="umol/L", taken_on=date(2026, 11, 2), **of)
        for case in cases
        for analyte, value in (("bilirubin", 11), ("creatinine", 71))
    )
    asked = {"specialty": Specialty.SURGERY, "asked_at": timezone.now(), "asked_of": who, **of}
    signed = {"status": InputStatus.SIGNED, "signed_at": timezone.now(), "signed_by": who, **OPINION}
    SpecialistInput.objects.bulk_create(SpecialistInput(case=case, **asked, **signed) for case in cases)
    return cases
