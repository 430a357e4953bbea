"""Files of a case: a row, and what lies in the store for it."""

import hashlib
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from cases.models import CaseFile
from cases.vocabulary import FileKind, ScanState
from tumorboard.files import store

_numbers = count(1)


def a_file(case, content=b"", *, scan=ScanState.CLEAN, title="Pathology report", by=None, **more):
    """Without content there is a row alone, which is enough where nobody opens it."""
    apart = scan in (ScanState.WAITING, ScanState.INFECTED)
    area = store.QUARANTINE if apart else store.KEPT
    name = _stored(content, area) if content else f"{area}/nothing-{next(_numbers)}"
    told = {
        "kind": FileKind.PDF,
        "title": title,
        "name": "report.pdf",
        "size": len(content) or 1,
        "pages": 1,
        "sha256": hashlib.sha256(content or name.encode()).hexdigest(),
        "stored_as": name,
        "scan": scan,
        "scanned_at": timezone.now() if scan in (ScanState.CLEAN, ScanState.INFECTED) else None,
        "scan_next_at": timezone.now() if scan == ScanState.WAITING else None,
        "created_by": by or case.referred_by,
    }
    return CaseFile.objects.create(case=case, **told | more)


def _stored(content: bytes, area: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        return store.put(path, area=area)
