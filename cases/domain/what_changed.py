"""What is different from the day of the last decision? Part by part; what is the same is left out.

A difference is told and not judged: growth in millimetres and per cent, a tumour marker as a multiple of what
it was, everything else in the words of then and now. What only follows from the calendar, such as age, and
what says the same thing under a second name is not compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.domain import labs
from cases.domain.kept import Kept, KeptItem, KeptLesion
from cases.domain.picture import NAMES
from cases.domain.scores import units
from cases.domain.scores.units import half_up
from cases.domain.trends import MINUS
from cases.vocabulary import Specialty

NOT_RECORDED, NEW = "not recorded", "new"
MOST_IN_SHORT = 4
LESIONS, MARKERS, SCORES, BLOOD = "Lesions", "Tumour markers", "Scores and rules", "Blood"
OF_PLACE: Mapping[str, str] = {
    "input:PATHOLOGY": "Pathology",
    "diagnosis": "Disease",
    "imaging": "Imaging",
    "lesions": "Imaging",
    "input:RADIOLOGY": "Imaging",
    "liver": "Liver",
    "labs": BLOOD,
    "fitness": "Patient",
    "comorbidity": "Patient",
    "course": "Patient",
    "referral": "Patient",
    **{
        f"input:{one.value}": str(one.label)
        for one in Specialty
        if one not in {Specialty.PATHOLOGY, Specialty.RADIOLOGY}
    },
}
FIRST = (LESIONS, MARKERS, "Pathology", "Disease", "Imaging", SCORES)
ORDER = tuple(dict.fromkeys((*FIRST, *OF_PLACE.values())))

# With a table of lesions these say the same once more.
SUMMARIES_OF_LESIONS = frozenset(
    {"lesion_count", "largest_lesion_cm", "lesion_segments", "new_lesion", "extrathoracic_lesion_count"}
)
WITH_THE_CALENDAR = frozenset(
    {
        "age_years",
        "imaging_age_days",
        "days_between",
        "disease_free_interval_months",
        "months_primary_diagnosis_to_metastasis",
        "months_from_crc_diagnosis",
        "months_primary_resection_to_transplant",
    }
)
SAID_OTHERWISE = frozenset(
    {
        "question_for_board",  # a new presentation has its own
        *("afp_ng_ml", "cea_ug_l", "cea_highest", "cea_highest_ug_l", "ast_uln"),
        *("ascites_uncontrolled", "child_pugh_class"),
        *("primary", "present_at_initial_staging", "primary_resected_r0"),
        *("extrahepatic_disease_present", "extrahepatic_disease_concern"),
        *("unresectable_extrahepatic_disease", "extrahepatic_spread", "distant_metastasis", "metastases"),
        *("tumour_sizes_cm", "largest_cm", "lesion_count_exact"),
        *("liver_met_count", "nodule_count", "tumour_count"),
        *("baseline_sum_mm", "nadir_sum_mm", "current_sum_mm", "remaining_sum_is_normal_nodes"),
        *("baseline_viable_sum_mm", "nadir_viable_sum_mm", "current_viable_sum_mm"),
        *("any_arterial_enhancement_in_targets", "nonrim_aphe", "size_mm", "washout", "capsule"),
        "threshold_growth",
        *("unresectable", "flr_adequate", "sflr_before_percent", "sflr_after_percent"),
        *("kras_mutated", "ras_mutated", "braf_mutation", "vascular_invasion", "node_positive"),
        *("solid_tumour", "emergency", "formula"),
    }
)
COMPARED = tuple(name for name in NAMES if name not in WITH_THE_CALENDAR | SAID_OTHERWISE)


@dataclass(frozen=True)
class Change:
    """One difference; `by` is how much, or of which kind."""

    group: str
    what: str
    then: str
    now: str
    by: str = ""

    @property
    def words(self) -> str:
        if self.by == NEW:
            return f"{self.what} is new: {self.now}"
        told = f"{self.what}: {self.then}, now {self.now}"
        return f"{told} ({self.by})" if self.by else told


def changes(*, then: Kept, now: Kept) -> list[Change]:
    """In the order in which a board asks: lesions, markers, what it is, how the liver and the patient are."""
    found = [*_of_lesions(then, now), *_of_items(then, now), *_of_results(then, now)]
    return sorted(found, key=lambda one: ORDER.index(one.group))


def grouped(found: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    by_group: dict[str, list[Change]] = {}
    for one in found:
        by_group.setdefault(one.group, []).append(one)
    return list(by_group.items())


def in_short(found: Sequence[Change]) -> str:
    """For one line of the live screen: something of each part, and how much more there is."""
    if not found:
        return "Nothing recorded has changed."
    places = [place for _, group in grouped(found) for place, _ in enumerate(group)]
    first = sorted(range(len(found)), key=lambda n: places[n])[:MOST_IN_SHORT]
    told = "; ".join(found[n].words for n in sorted(first))
    more = len(found) - MOST_IN_SHORT
    return f"{told}; and {more} more." if more > 0 else f"{told}."


# -- lesions ----------------------------------------------------------------------------------------------


def _of_lesions(then: Kept, now: Kept) -> Iterator[Change]:
    for number in sorted({*then.lesions, *now.lesions}):
        before, after = then.lesions.get(number), now.lesions.get(number)
        label = f"L{number}"
        if before and after:
            yield from (Change(LESIONS, label, *told) for told in _of_lesion(before, after))
        elif after:
            yield Change(LESIONS, label, "not there", _seen(after), NEW)
        elif before:
            yield Change(LESIONS, label, _seen(before), "withdrawn")


def _of_lesion(before: KeptLesion, after: KeptLesion) -> Iterator[tuple[str, ...]]:
    if before.is_gone != after.is_gone:
        yield ("no longer seen", "seen again") if before.is_gone else (_seen(before), "no longer seen")
    elif not after.is_gone:
        yield from _grown(before.mm, after.mm)
        yield from _grown(before.viable_mm, after.viable_mm, " viable")
    if before.treated != after.treated:
        yield ("not treated", "treated") if after.treated else ("treated", "not treated")
    for was, is_now in (
        (_viability(before), _viability(after)),
        (_placed(before), _placed(after)),
        (before.li_rads, after.li_rads),
    ):
        if was != is_now:
            yield was or NOT_RECORDED, is_now or NOT_RECORDED


def _grown(before: Decimal | None, after: Decimal | None, what: str = "") -> Iterator[tuple[str, ...]]:
    if before == after:
        return
    words = [f"{labs.plain(mm)} mm{what}" if mm is not None else "not measured" for mm in (before, after)]
    yield (*words, growth(before, after))


def growth(before: Decimal | None, after: Decimal | None) -> str:
    """By how many millimetres and per cent, rounded half up; of nothing there is no per cent."""
    if before is None or after is None:
        return ""
    told = f"{_signed(after - before)} mm"
    return f"{told}, {_signed(half_up((after / before - 1) * 100, 0))} %" if before else told


def _signed(value: Decimal) -> str:
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{labs.plain(abs(value))}"


def _seen(one: KeptLesion) -> str:
    size = f"{labs.plain(one.mm)} mm" if one.mm is not None else "not measured"
    return f"{size}, {_placed(one)}" if one.segments else size


def _placed(one: KeptLesion) -> str:
    return f"segment{'s' if len(one.segments) > 1 else ''} {', '.join(one.segments)}" if one.segments else ""


def _viability(one: KeptLesion) -> str:
    return {"YES": "viable", "NO": "not viable"}.get(one.viable, "viability not known")


# -- items ------------------------------------------------------------------------------------------------


def _of_items(then: Kept, now: Kept) -> Iterator[Change]:
    has_table = bool(then.lesions or now.lesions)
    for name in COMPARED:
        if has_table and name in SUMMARIES_OF_LESIONS:
            continue
        before, after = then.items.get(name), now.items.get(name)
        words = _words(before, then.gaps.get(name, "")), _words(after, now.gaps.get(name, ""))
        if words[0] != words[1] and not _is_same_amount(name, before, after):
            group, by = _group(name), _times(name, before, after)
            yield Change(group, _called(name), words[0], _gone(after, words[1]), by)


def _words(item: KeptItem | None, why_not: str) -> str:
    return item.words if item else why_not or NOT_RECORDED


def _gone(item: KeptItem | None, words: str) -> str:
    return "no longer recorded" if item is None and words == NOT_RECORDED else words


def _group(name: str) -> str:
    return MARKERS if _is_marker(name) else OF_PLACE[NAMES[name].place]


def _is_marker(name: str) -> bool:
    return name in labs.ANALYTES and labs.ANALYTES[name].shelf_life_days == labs.MARKER_DAYS


def _called(name: str) -> str:
    """Without what a person who looks for a missing value needs: "RAS", "cirrhosis"."""
    label = NAMES[name].label.partition(" (")[0].partition(", ")[0].removeprefix("whether ")
    return label[:1].upper() + label[1:]


def _is_same_amount(name: str, before: KeptItem | None, after: KeptItem | None) -> bool:
    """The same laboratory value may be written in another unit."""
    ratio = _ratio(name, before, after)
    return ratio is not None and units.without_dust(ratio) == 1


def _times(name: str, before: KeptItem | None, after: KeptItem | None) -> str:
    ratio = _ratio(name, before, after) if _is_marker(name) else None
    return "" if ratio is None else f"{half_up(ratio, 1)} times"


def _ratio(name: str, before: KeptItem | None, after: KeptItem | None) -> Decimal | None:
    was, is_now = _quantity(before), _quantity(after)
    if name not in labs.ANALYTES or was is None or is_now is None or not was[0]:
        return None
    try:
        return units.convert(name, is_now[0], is_now[1], was[1]) / was[0]
    except units.UnknownUnit:
        return None


def _quantity(item: KeptItem | None) -> tuple[Decimal, str] | None:
    value: Any = item.value if item else None
    return (Decimal(str(value["value"])), value["unit"]) if isinstance(value, dict) else None


# -- scores and rules -------------------------------------------------------------------------------------


def _of_results(then: Kept, now: Kept) -> Iterator[Change]:
    """Only what could be told both times; that an input was missing is told by the input."""
    for key, after in now.results.items():
        before = then.results.get(key)
        if before is None or not (before.words and after.words) or before.words == after.words:
            continue
        by = "" if before.version == after.version else f"formula {before.version}, now {after.version}"
        yield Change(SCORES, after.title, before.words, after.words, by)
