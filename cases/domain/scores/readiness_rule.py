"""Which facts that a board needs for this primary are still missing?"""

from types import MappingProxyType

from cases.domain.scores.inputs import NO_ANSWER, Choice, Input, Item, Number, between
from cases.domain.scores.registry import Output, score

STALE_AFTER_DAYS = 42

BASE = (
    "histology_or_accepted_imaging_diagnosis",
    "liver_imaging_date",
    "lesion_count",
    "largest_lesion_cm",
    "lesion_segments",
    "extrahepatic_staging_done",
    "ecog",
    "bilirubin",
    "albumin",
    "inr",
    "creatinine",
    "platelets",
    "question_for_board",
)
BY_SITE = MappingProxyType(
    {
        "bladder": (),
        "breast": ("er", "pr", "her2"),
        "net_gep": ("ki67_percent", "differentiation", "sstr_imaging_done"),
        "cervical": (),
        "colorectal": ("ras", "braf", "msi", "cea", "primary_resected"),
        "oesophageal": (),
        "gist": ("kit_pdgfra",),
        "kidney": (),
        "lung": ("egfr", "alk", "pdl1"),
        "melanoma": ("braf", "ldh"),
        "pancreatic": (),
        "prostate": (),
        "hcc": ("cirrhosis", "ascites", "encephalopathy", "afp", "macrovascular_invasion"),
        "icca": ("fgfr2", "idh1"),
        "pcca": ("bismuth_type", "biliary_drainage_status", "ca19_9"),
        "unknown_primary": (),
        "other": (),
    }
)
NAMES = tuple(dict.fromkeys((*BASE, *(name for names in BY_SITE.values() for name in names))))


class Anything(Input):
    """Asked only whether it is there. False, 0 and "waived" count; blank text and an empty list do not."""

    def is_missing(self, raw: object) -> bool:
        if isinstance(raw, dict):
            return not raw or ("value" in raw and raw["value"] is None)
        return raw is None or (isinstance(raw, str) and not raw.strip()) or raw in ([], ())

    def read(self, raw: object) -> bool:
        return True


class Site(Choice):
    """A primary site; "not assessed" and its like are no site."""

    def is_missing(self, raw: object) -> bool:
        return raw is None or (isinstance(raw, str) and raw in NO_ANSWER)


@score(
    id="blocking_missing",
    title="Missing information that blocks discussion",
    version="1",
    source="A rule of this program: what boards for liver tumours ask for, by primary site",
    inputs=(
        Site("primary_site", codes=tuple(BY_SITE)),
        *(Item(Anything(name)) for name in NAMES),
        Item(Number("imaging_age_days", range=between(0, 10000))),
    ),
    outputs=(Output("ready"), Output("blocking"), Output("stale_imaging")),
    cautions=(
        "Whether something that is missing keeps a case off the list is for the coordinator; an emergency "
        "can always be listed.",
        "Images whose date is not known are not called stale: their date is among what is missing.",
    ),
    family="rule",
    to_confirm="The lists by site, and six weeks for the age of the images: conventions of this program.",
)
def blocking_missing(*, primary_site: str, imaging_age_days, **given: object) -> dict:
    """What is missing in alphabetical order; images older than 42 days are stale, which does not block.

    "unknown", "not_tested", "pending" and "not_assessed" count as missing; false, 0 and "waived" do not.
    """
    needed = (*BASE, *BY_SITE[primary_site])
    blocking = sorted(name for name in needed if given[name] is None)
    return {
        "ready": not blocking,
        "blocking": blocking,
        "stale_imaging": imaging_age_days is not None and imaging_age_days > STALE_AFTER_DAYS,
    }
