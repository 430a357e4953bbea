"""What is true of a lesion now, and what may be said of it together?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from cases.domain.errors import Refused
from cases.domain.response import MOST_TARGETS_IN_THE_LIVER
from cases.vocabulary import Known, VesselContact

MEASURABLE_MM = 10  # RECIST 1.1: long axis on CT with slices of at most 5 mm


class State(StrEnum):
    """Told apart by word and mark; a lesion is in one of them."""

    WITHDRAWN = "withdrawn"
    GONE = "no longer seen"
    DEAD = "treated, not viable"
    NOT_VIABLE = "not viable"
    TREATED = "treated, viable part left"
    UNSURE = "viability not known"
    NEW = "new"
    VIABLE = "viable"


def state_of(lesion: Any, *, is_new: bool = False) -> State:
    """`lesion` has the columns of the record: withdrawn_at, disappeared_on, viable, treated, treatments."""
    if lesion.withdrawn_at:
        return State.WITHDRAWN
    if lesion.disappeared_on:
        return State.GONE
    treated = lesion.treated or bool(lesion.treatments)
    if lesion.viable == Known.NO:
        return State.DEAD if treated else State.NOT_VIABLE
    if lesion.viable == Known.UNKNOWN:
        return State.UNSURE
    if treated:
        return State.TREATED
    return State.NEW if is_new else State.VIABLE


def contradictions(said: Mapping[str, Any]) -> dict[str, str]:
    """What cannot be true together in a description, by the field where it is put right."""
    found = {}
    contact, vessels = said.get("vessel_contact", ""), said.get("vessels", ())
    if vessels and contact == VesselContact.NONE:
        found["vessel_contact"] = "Vessels are ticked. Say how it touches them, or untick them."
    if contact in set(VesselContact) - {VesselContact.NONE} and not vessels:
        found["vessels"] = "Tick the vessel that it touches."
    if said.get("treated_on") and not said.get("treatments"):
        found["treatments"] = "Say how it was treated on that day."
    return found | _before_it_was_seen(said)


def _before_it_was_seen(said: Mapping[str, Any]) -> dict[str, str]:
    first = said.get("first_seen_on")
    later = ("treated_on", "disappeared_on")
    too_early = [name for name in later if first and said.get(name) and said[name] < first]
    return dict.fromkeys(too_early, "This is before the lesion was first seen. Check both days.")


def size_contradictions(said: Mapping[str, Any]) -> dict[str, str]:
    """The same for one look at it."""
    longest, viable = said.get("long_axis_mm"), said.get("viable_mm")
    if longest is None:
        return {"long_axis_mm": "Give the longest axis. If it is no longer seen, give that day instead."}
    if viable is not None and viable > longest:
        return {"viable_mm": "The viable part is larger than the lesion. Check both sizes."}
    return {}


def check_targets(labels: Sequence[str]) -> None:
    """RECIST 1.1 takes at most two targets in one organ."""
    if len(labels) > MOST_TARGETS_IN_THE_LIVER:
        raise Refused(
            f"{', '.join(labels[:-1])} and {labels[-1]} would be target lesions, and RECIST 1.1 takes two in"
            " the liver. Choose the two that are measured best; untick the others first."
        )


# What a person describes of a lesion, beside its sizes.
DESCRIBED = (
    "segments",
    "first_seen_on",
    "viable",
    "treatments",
    "treated_on",
    "disappeared_on",
    "is_target",
    "cystic",
    "calcified",
    "vessels",
    "vessel_contact",
    "note",
)


def wording(lesion: Any) -> str:
    """A short mark of what the record says now: two people who saw the same have the same."""
    told = json.dumps([getattr(lesion, name) for name in DESCRIBED], default=str)
    return sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Look:
    """A size on a day, as far as it can contradict what is said of the lesion."""

    on: date | None
    long_axis_mm: Decimal


def check_gone(label: str, gone_on: date | None, looks: Sequence[Look]) -> None:
    """What is no longer seen has no size from that day on."""
    if gone_on is None:
        return
    later = [one for one in looks if one.on and one.on >= gone_on and one.long_axis_mm > 0]
    if later:
        raise Refused(
            f"{label} is said to be no longer seen on {gone_on:%d-%b-%Y}, yet it measures"
            f" {later[0].long_axis_mm.normalize():f} mm on {later[0].on:%d-%b-%Y}. Clear the day on which it"
            " was no longer seen, or correct the size."
        )


def doubts_about_target(lesion: Any, *, baseline_mm: Decimal | None) -> list[str]:
    """What RECIST 1.1 (Eur J Cancer 2009;45:228-247) asks of a target and this lesion may lack."""
    found = []
    if baseline_mm is not None and baseline_mm < MEASURABLE_MM:
        found.append(f"under {MEASURABLE_MM} mm at baseline: not measurable by RECIST 1.1")
    if lesion.treated or lesion.treatments:
        found.append("treated locally: a target only if it has grown since")
    if lesion.cystic:
        found.append("cystic: a solid lesion is preferred as a target")
    return found
