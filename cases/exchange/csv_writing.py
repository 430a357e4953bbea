"""How does a table leave as a file that no spreadsheet takes for a program?"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# With one of these in front, a spreadsheet computes what somebody else has typed.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """With a mark of its encoding, which spreadsheets need to read accents."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
