"""What should somebody be reminded of, given what is known of a patient?

Pure functions over a mapping of known values; None, absent or "not tested" is missing, and a notice never
fires on what is missing. Names are those of the scores (`bilirubin` with its unit, `tumour_sizes_cm`). What a
score gave stands under the name of its output (`exceeds_30_single`), the figure of MELD 3.0 under `meld3`,
and the whole result of a rule under its id (`flag_resection`, `mayo_pcca`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cases.domain.scores.inputs import Unusable
from cases.domain.scores.laboratory import BILIRUBIN_MG_DL
from cases.domain.scores.units import NotANumber, decimal_of

Known = Mapping[str, object]

USUAL = "usual practice"
UNITED_KINGDOM = "pilot of the United Kingdom for very early intrahepatic cholangiocarcinoma in cirrhosis"
MAYO = "OPTN Policy 9.5.A, after the Mayo Clinic protocol"
COLLISION = "COLLISION: van der Lei S et al. Lancet Oncol 2025;26:187-199"

# What makes a resection impossible because of how much tumour there is, or where.
BURDEN = frozenset(
    {
        "r0_possible",
        "two_adjacent_segments_spared",
        "inflow_outflow_biliary_preserved",
        "sflr_above_threshold",
    }
)


@dataclass(frozen=True)
class Notice:
    id: str
    words: str
    source: str
    to_confirm: bool = False


def liver_failure(known: Known) -> Notice | None:
    """MELD 3.0 of 15 or more with HCC or cirrhosis."""
    meld = _number(known, "meld3")
    if meld is None or meld < 15:
        return None
    if known.get("primary_site") != "hcc" and known.get("cirrhosis") is not True:
        return None
    words = "MELD 3.0 is 15 or more: liver failure itself may be an indication to assess for transplant."
    return Notice("R-MELD", words, USUAL, to_confirm=True)


def drainage_first(known: Known) -> Notice | None:
    """Bilirubin above 2 mg/dL with dilated ducts."""
    bilirubin = _bilirubin_mg_dl(known)
    if bilirubin is None or bilirubin <= 2 or known.get("bile_ducts") != "dilated":
        return None
    words = "Bilirubin above 2 mg/dL and dilated bile ducts: drainage before resection, TACE or Y-90."
    return Notice("R-BILE", words, "World J Hepatol 2015;7:2009-2019, table 1")


def ablation(known: Known) -> Notice | None:
    """Colorectal, at most ten lesions, one of them at most 3 cm. "At least ten" is not at most ten."""
    small = any(size <= 3 for size in _sizes(known))
    if not small or known.get("primary_site") != "colorectal" or not _at_most_ten(known):
        return None
    words = "At most ten lesions and at least one of at most 3 cm: ablation could be considered."
    return Notice("R-ABL", words, COLLISION)


def ablation_of_larger(known: Known) -> Notice | None:
    """Colorectal, at most ten lesions, one of them above 3 cm and at most 5 cm."""
    between = any(3 < size <= 5 for size in _sizes(known))
    if not between or known.get("primary_site") != "colorectal" or not _at_most_ten(known):
        return None
    words = "A lesion above 3 and up to 5 cm is intermediate for ablation: compare with SBRT and surgery."
    return Notice("R-ABL-INTERMEDIATE", words, "review PMC9054902")


def y90_limits(known: Known) -> Notice | None:
    """The lung dose, or the bilirubin, is over the limits for yttrium-90."""
    bilirubin = _bilirubin_mg_dl(known)
    over = [
        words
        for is_over, words in (
            (known.get("exceeds_30_single") is True, "lung dose above 30 Gy in one session"),
            (known.get("exceeds_50_cumulative") is True, "lung dose above 50 Gy in all"),
            (bilirubin is not None and bilirubin > 2, "bilirubin above 2 mg/dL"),
        )
        if is_over
    ]
    if not over:
        return None
    return Notice("R-Y90", f"Over the limits for Y-90: {', '.join(over)}.", "van Roekel C, doctoral thesis")


def immunotherapy(known: Known) -> Notice | None:
    """MSI-high, and looked up that no immunotherapy is recorded (false, not missing)."""
    if known.get("msi") != "high" or known.get("immunotherapy_recorded") is not False:
        return None
    words = "MSI-high and no immunotherapy recorded: ask the oncologist."
    return Notice("R-IMMUNO", words, "consensus reported in The ASCO Post, February 2026")


def conversion(known: Known) -> Notice | None:
    """Only burden stands against a resection, everything else is known and met, no systemic treatment yet."""
    result = known.get("flag_resection")
    if not isinstance(result, Mapping) or known.get("systemic_therapy_recorded") is not False:
        return None
    failed, unknown = set(result.get("failed") or ()), set(result.get("unknown") or ())
    if not failed or not failed <= BURDEN or not unknown <= BURDEN:
        return None
    words = (
        "Resection is not met only because of the burden of tumour: reassess after conversion therapy, every "
        "2 to 3 months."
    )
    return Notice("R-CONV", words, USUAL, to_confirm=True)


def very_early_icca(known: Known) -> Notice | None:
    """Intrahepatic, unresectable, in cirrhosis, one tumour of at most 2 cm and none outside the liver."""
    size = _number(known, "largest_cm")
    if not _confined_unresectable_icca(known) or known.get("cirrhosis") is not True:
        return None
    if size is None or size > 2 or _number(known, "lesion_count") != 1 or not _exact(known):
        return None
    words = (
        "Pilot criteria (very early intrahepatic cholangiocarcinoma in cirrhosis): transplant evaluation "
        "could be considered."
    )
    return Notice("R-TX-ICCA-PILOT", words, UNITED_KINGDOM)


def icca_that_responds(known: Known) -> Notice | None:
    """Intrahepatic, unresectable, none outside the liver, six months of response to systemic treatment."""
    months = _number(known, "months_response_to_systemic")
    if not _confined_unresectable_icca(known) or months is None or months < 6:
        return None
    words = "Locally advanced and responding for six months or more: transplant within a protocol only."
    return Notice("R-TX-ICCA-PROTOCOL", words, "Houston protocol", to_confirm=True)


def pcca_transplant(known: Known) -> Notice | None:
    """The Mayo protocol is met (`mayo_pcca` is the result of that score)."""
    result = known.get("mayo_pcca")
    if not isinstance(result, Mapping) or result.get("met") is not True:
        return None
    words = "Transplant evaluation in a centre with a protocol could be considered."
    return Notice("R-TX-PCCA", words, MAYO)


def pcca_biopsy(known: Known) -> Notice | None:
    """Every perihilar tumour, before a biopsy is ordered; not once a transperitoneal one was done."""
    if known.get("primary_site") != "pcca" or known.get("transperitoneal_biopsy_done") is True:
        return None
    words = "Before any biopsy: a transperitoneal biopsy of a perihilar tumour may exclude transplant."
    return Notice("R-TX-PCCA-BIOPSY", words, MAYO, to_confirm=True)


RULES: tuple[Callable[[Known], Notice | None], ...] = (
    pcca_biopsy,
    pcca_transplant,
    very_early_icca,
    icca_that_responds,
    liver_failure,
    drainage_first,
    ablation,
    ablation_of_larger,
    y90_limits,
    immunotherapy,
    conversion,
)


# By these names a board switches a notice off, or says that it has confirmed it.
IDS = (
    "R-TX-PCCA-BIOPSY",
    "R-TX-PCCA",
    "R-TX-ICCA-PILOT",
    "R-TX-ICCA-PROTOCOL",
    "R-MELD",
    "R-BILE",
    "R-ABL",
    "R-ABL-INTERMEDIATE",
    "R-Y90",
    "R-IMMUNO",
    "R-CONV",
)


def notices(known: Known) -> tuple[Notice, ...]:
    """Every notice that fires, warnings first."""
    return tuple(notice for rule in RULES if (notice := rule(known)) is not None)


def _confined_unresectable_icca(known: Known) -> bool:
    return (
        known.get("primary_site") == "icca"
        and known.get("extrahepatic_disease") == "none"
        and known.get("resectable") is False
    )


def _at_most_ten(known: Known) -> bool:
    count = _number(known, "lesion_count")
    return count is not None and 1 <= count <= 10 and _exact(known)


def _exact(known: Known) -> bool:
    """False where the count is only known to be at least so many."""
    return known.get("lesion_count_exact") is not False


def _sizes(known: Known) -> list[Decimal]:
    """The sizes that are known; a lesion that nobody measured is left out."""
    listed = known.get("tumour_sizes_cm")
    if not isinstance(listed, list | tuple):
        return []
    return [size for one in listed if (size := _read(one)) is not None and size > 0]


def _number(known: Known, name: str) -> Decimal | None:
    return _read(known.get(name))


def _read(value: object) -> Decimal | None:
    try:
        return decimal_of(value)
    except NotANumber:
        return None


def _bilirubin_mg_dl(known: Known) -> Decimal | None:
    raw = known.get("bilirubin")
    try:
        return None if BILIRUBIN_MG_DL.is_missing(raw) else BILIRUBIN_MG_DL.read(raw)
    except Unusable:
        return None
