"""Is this a DICOM file? Only the frame is looked at; it is handed on for saving and never drawn here.

The first 128 bytes mean nothing in DICOM, and a program can be hidden there: they are stored as zeros.
"""

import shutil
from typing import Any

from tumorboard.files.errors import Rejected

PREAMBLE = 128
# The file meta information begins with its own length: (0002,0000), value representation UL, four bytes.
META = b"\x02\x00\x00\x00UL\x04\x00"


def check(code: str, source: str, target: str) -> dict[str, Any]:
    with open(source, "rb") as file, open(target, "wb") as clean:
        head = file.read(PREAMBLE + 4 + len(META) + 4)
        if head[PREAMBLE + 4 : -4] != META or len(head) < PREAMBLE + 4 + len(META) + 4:
            raise Rejected("The file begins like DICOM, but is none. Nothing was stored.")
        clean.write(bytes(PREAMBLE) + head[PREAMBLE:])
        shutil.copyfileobj(file, clean)
    return {"pages": None, "cleaned": True}
