"""Which kinds of tables can be imported? One JSON file here for each."""

import json
from functools import cache
from importlib.resources import files

from cases.domain.errors import Refused
from cases.domain.intake import Profile, profile_from


def names() -> list[str]:
    return sorted(
        entry.name.removesuffix(".json")
        for entry in files(__package__).iterdir()
        if entry.name.endswith(".json")
    )


@cache
def load(name: str) -> Profile:
    return profile_from(data(name))


def data(name: str) -> dict:
    """The profile as it is written, to be kept with a run or fitted to another file."""
    if name not in names():
        raise Refused(f"There is no import profile {name!r}. Known profiles: {', '.join(names())}.")
    return json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
