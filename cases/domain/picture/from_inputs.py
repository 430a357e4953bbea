"""What does a discipline say, signed or still being typed, under the names that scores use?"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.domain.picture.parts import Source
from cases.domain.picture.telling import Telling

READERS: dict[str, Callable[[Telling], list[Source]]] = {}


def place_of(specialty: str) -> str:
    return f"input:{specialty}"


def items_of(specialty: str, said: Mapping[str, Any], *, on: date | None, by: str = "") -> list[Source]:
    """Items, and gaps for what is said not to be known. `said` is a row as a mapping, or cleaned data;
    rows below it (biomarkers) are lists of mappings under their own name."""
    read = READERS.get(specialty)
    return read(Telling(said, place_of(specialty), by, on)) if read else []
