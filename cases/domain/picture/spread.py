"""Where else is the tumour, and how does the primary stand?

The radiologist's "seen outside the liver" is believed against an older "none found". His "none seen" is
not believed against disease that the diagnosis records: he may have looked at the liver only.
"""

from collections.abc import Iterator
from dataclasses import replace

from cases.domain.picture.known import Known
from cases.domain.picture.parts import Gap, Item, Source

YES_OR_NO = (
    "extrahepatic_disease_present",
    "extrahepatic_disease_concern",
    "extrahepatic_spread",
    "distant_metastasis",
)
BEGAN_IN_THE_LIVER = frozenset({"hcc", "icca", "pcca"})
STAGED_AS = {"melanoma": {"cutaneous": "melanoma_cutaneous", "acral": "melanoma_cutaneous"}}
WITHOUT_A_TABLE = frozenset({"pcca", "unknown_primary", "other"})
INSIDE_THE_CHEST = frozenset({"lung", "pleura"})
TOLD, SEEN = "extrahepatic_told", "extrahepatic_seen"


def outside(known: Known) -> Iterator[Source]:
    told, seen = known.items.get(TOLD), known.items.get(SEEN)
    seen_since = bool(seen and seen.value and (told is None or seen.spoke_on >= told.spoke_on))
    if told is not None and told.value == "present":
        yield Gap("extrahepatic_disease", "unknown", told.words, told.by, told.on, "diagnosis")
        yield from _yes_or_no(known, True, TOLD)
    elif told is not None and not (told.value == "none" and seen_since):
        yield replace(told, name="extrahepatic_disease")
        yield from _yes_or_no(known, told.value != "none", TOLD)
    elif seen is not None and not seen.value and not _is_open_since(known, seen):
        yield replace(seen, name="extrahepatic_disease", value="none", words="none seen")
        yield from _yes_or_no(known, False, SEEN)
    elif seen is not None and seen.value:
        reason = "seen by the radiologist; whether it can be resected is not recorded"
        yield Gap("extrahepatic_disease", "unknown", reason, seen.by, seen.on, "diagnosis")
        yield from _yes_or_no(known, True, SEEN)
    else:
        yield known.lacking("extrahepatic_disease", TOLD)
        yield from (known.lacking(name, TOLD) for name in YES_OR_NO)


def _is_open_since(known: Known, seen: Item) -> bool:
    """Somebody has since called it pending or not known: staging is under way, and "none" no longer holds."""
    told = known.gaps.get(TOLD)
    return bool(told and told.state and told.spoke_on > seen.spoke_on)


def _yes_or_no(known: Known, present: bool, of: str) -> Iterator[Source]:
    words = known.items[of].words
    yield from (known.made(name, present, words, of) for name in YES_OR_NO)


def vessels(known: Known) -> Iterator[Source]:
    """A thrombus may be bland: it is told with the question, and answers it not."""
    if known.value("portal_vein_thrombosis") and "macrovascular_invasion" not in known.gaps:
        reason = "portal vein thrombosis is recorded; whether it is tumour is not"
        yield Gap("macrovascular_invasion", reason=reason, place="diagnosis")


def follows_from_outside(known: Known) -> Iterator[Source]:
    code = known.value("extrahepatic_disease")
    cannot = None if code is None else code == "unresectable"
    words = "yes" if cannot else "no"
    yield known.made("unresectable_extrahepatic_disease", cannot, words, "extrahepatic_disease")
    yield _metastatic_sites(known)
    yield from _metastases(known)


def _metastatic_sites(known: Known) -> Source:
    name, site = "metastatic_sites", known.value("primary_site")
    present = known.value("extrahepatic_disease_present")
    elsewhere = known.value("extrahepatic_sites") or []
    if not site or present is None:
        return known.lacking(name, "primary_site", "extrahepatic_disease")
    if present and not elsewhere:
        return Gap(name, reason="which sites outside the liver is not recorded", place="diagnosis")
    here = [] if site in BEGAN_IN_THE_LIVER else ["liver"]
    sites = [*here, *(elsewhere if present else [])]
    words = ", ".join(one.replace("_", " ") for one in sites) or "none"
    return known.made(name, sites, words, "extrahepatic_disease_present")


def _metastases(known: Known) -> Iterator[Source]:
    """Of a perihilar tumour: outside the liver, or further ones within it."""
    outside_it, count = known.value("extrahepatic_disease_present"), known.value("tumour_count")
    if outside_it:
        yield known.made("metastases", True, "outside the liver", "extrahepatic_disease_present")
    elif count is not None and count > 1:
        yield known.made("metastases", True, f"{count} tumours in the liver", "tumour_count")
    elif outside_it is False and (count == 1 or known.value("lesion_count") in (0, 1)):
        yield known.made("metastases", False, "none", "extrahepatic_disease_present", "lesion_count")
    else:
        yield known.lacking("metastases", "extrahepatic_disease_present", "tumour_count")


def primary(known: Known) -> Iterator[Source]:
    yield _staged_as(known)
    if known.value("primary_site") in BEGAN_IN_THE_LIVER:
        yield known.made("primary_control", "not_applicable", "primary liver tumour", "primary_site")
    yield from _resected(known)
    resectable = known.value("resectable")
    cannot = None if resectable is None else not resectable
    yield known.made("unresectable", cannot, "unresectable" if cannot else "resectable", "resectable")
    sites = set(known.value("metastatic_sites") or ())
    if known.value("primary_site") == "lung" and sites - INSIDE_THE_CHEST == {"liver"}:
        count = known.value("liver_met_count")
        yield known.made("extrathoracic_lesion_count", count, str(count), "liver_met_count")


def _staged_as(known: Known) -> Source:
    """The table of metastases that goes with the primary; melanoma of the eye has another one."""
    site, name = known.value("primary_site"), "primary"
    if not site or site in WITHOUT_A_TABLE:
        why = "this primary has no table of its own" if site else ""
        return Gap(name, reason=why, place="diagnosis")
    if site not in STAGED_AS:
        return known.made(name, site, known.items["primary_site"].words, "primary_site")
    kind = known.value("melanoma_type")
    why = f"{kind} melanoma has another table" if kind else "the type of melanoma is not recorded"
    staged = STAGED_AS[site].get(kind)
    return known.made(name, staged, f"{kind} melanoma", "primary_site", "melanoma_type", reason=why)


def _resected(known: Known) -> Iterator[Source]:
    control, day = known.value("primary_control"), known.value("primary_resected_on")
    r0 = None if control in (None, "not_applicable") else control == "resected_r0"
    words = known.items["primary_control"].words if r0 is not None else ""
    yield known.made("primary_resected_r0", r0, words, "primary_control")
    if day:
        yield known.made(
            "primary_resected", True, known.items["primary_resected_on"].words, "primary_resected_on"
        )
    else:
        yield known.made("primary_resected", r0, words, "primary_control")
