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
    if name not in names():
        raise Refused(f"There is no import profile {name!r}. Known profiles: {', '.join(names())}.")
    return profile_from(json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8")))
