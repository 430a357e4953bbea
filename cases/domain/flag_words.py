"""What does a rule that was judged say to people? Titles, sentences, items with sources, extra messages.

Never a verdict: a rule suggests a conversation, or says which of its items are not met or not known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cases.domain.automatic_notices import Known, Notice
from cases.domain.scores.rule_items import COULD_BE_CONSIDERED, NOT_SUGGESTED

HERE = "convention of this program"
RESECTABILITY = "review PMC8870224, table 1"
REMNANT = "review J Surg Oncol 2019;119:594-603, table 1"
TRANSMET = "TransMet: Adam R et al. Lancet 2024;404:1107-1118"
CONSENSUS = "consensus reported in The ASCO Post, February 2026"
MILAN_NET = "Milan-NET: Mazzaferro V et al. J Hepatol 2007;47:460-466; Am J Transplant 2016;16:2892-2902"
HCC_SETS = (
    "Milan: N Engl J Med 1996;334:693-699; UCSF: Hepatology 2001;33:1394-1403; up-to-seven: Lancet Oncol "
    "2009;10:35-43; AFP score: Gastroenterology 2012;143:986-994"
)


@dataclass(frozen=True)
class ItemWords:
    words: str  # as it reads when it is met
    source: str
    to_confirm: bool = False


@dataclass(frozen=True)
class FlagWords:
    title: str
    could_be_considered: str
    items: Mapping[str, ItemWords]  # in the order of the rule
    beside: tuple[str, ...] = ()  # what is worth showing next to it


@dataclass(frozen=True)
class Line:
    """One item of a rule that was judged; `state` is met, unmet or unknown."""

    name: str
    state: str
    words: str
    source: str
    to_confirm: bool


FLAGS: Mapping[str, FlagWords] = MappingProxyType(
    {
        "flag_resection": FlagWords(
            title="Resection",
            could_be_considered="Surgical resection could be considered; for the hepatobiliary surgeon.",
            items={
                "r0_possible": ItemWords("R0 resection is possible", RESECTABILITY),
                "two_adjacent_segments_spared": ItemWords(
                    "Two adjacent segments can be spared", RESECTABILITY
                ),
                "inflow_outflow_biliary_preserved": ItemWords(
                    "Their inflow, outflow and bile drainage can be preserved", RESECTABILITY
                ),
                "sflr_above_threshold": ItemWords(
                    "The standardised remnant is above its threshold (20 % in a normal liver, 30 % after "
                    "chemotherapy or with steatosis, 40 % with cirrhosis or fibrosis)",
                    REMNANT,
                ),
                "ecog_0_2": ItemWords("Performance status is ECOG 0 to 2", HERE, to_confirm=True),
                "extrahepatic_disease_none_or_resectable": ItemWords(
                    "Disease outside the liver is absent or resectable", RESECTABILITY
                ),
                "primary_controlled_or_controllable": ItemWords(
                    "The primary is controlled or can be controlled", HERE, to_confirm=True
                ),
                "liver_function_allows": ItemWords(
                    "Liver function is Child-Pugh A, or the score does not apply", HERE, to_confirm=True
                ),
            },
        ),
        "flag_transplant_crlm": FlagWords(
            title="Transplant, colorectal metastases",
            could_be_considered="Transplant evaluation could be considered; for the transplant team.",
            items={
                "unresectable": ItemWords("The surgeon judges the liver disease unresectable", TRANSMET),
                "liver_only": ItemWords("No disease outside the liver", TRANSMET),
                "primary_resected_r0": ItemWords("The primary is resected, R0", TRANSMET),
                "braf_v600e_absent": ItemWords(
                    "No BRAF V600E mutation",
                    f"{TRANSMET}, which excludes any BRAF mutation",
                    to_confirm=True,
                ),
                "not_msi_high": ItemWords("Microsatellites are stable", CONSENSUS),
                "disease_control_3_months": ItemWords(
                    "Disease controlled on chemotherapy for at least 3 months", TRANSMET
                ),
                "cea_below_80_or_halved": ItemWords(
                    "CEA below 80 µg/L, or at most half of its highest value", TRANSMET
                ),
                "ecog_0_1": ItemWords("Performance status is ECOG 0 or 1", TRANSMET),
                "age_18_65": ItemWords("Age 18 to 65", TRANSMET),
            },
            beside=(
                "Oslo score",
                "Tumour Burden Score",
                "metabolic tumour volume",
                "side of the primary",
                "N stage of the primary",
            ),
        ),
        "flag_transplant_net": FlagWords(
            title="Transplant, neuroendocrine metastases",
            could_be_considered="Transplant evaluation could be considered; for the transplant team.",
            items={
                "unresectable": ItemWords("The surgeon judges the liver disease unresectable", MILAN_NET),
                "well_differentiated_g1_g2": ItemWords("Well differentiated, grade 1 or 2", MILAN_NET),
                "portal_drained_primary": ItemWords("The primary drained into the portal vein", MILAN_NET),
                "primary_resected_r0": ItemWords("The primary is resected, R0", MILAN_NET),
                "liver_involvement_at_most_50": ItemWords(
                    "At most 50 % of the liver is involved", MILAN_NET, to_confirm=True
                ),
                "stable_or_response_6_months": ItemWords(
                    "Stable or responding for at least 6 months", MILAN_NET
                ),
                "no_extrahepatic_disease": ItemWords("No disease outside the liver", MILAN_NET),
                "age_at_most_60": ItemWords("Age 60 or less (relative)", MILAN_NET),
            },
            beside=("Ki-67 of primary and metastasis",),
        ),
        "flag_transplant_hcc": FlagWords(
            title="Transplant, hepatocellular carcinoma",
            could_be_considered="Transplant evaluation could be considered; for the transplant team.",
            items={
                "no_macrovascular_invasion": ItemWords("No macrovascular invasion", HCC_SETS),
                "no_extrahepatic_spread": ItemWords("No spread outside the liver", HCC_SETS),
                "within_a_published_set": ItemWords(
                    "Size and number are within Milan, UCSF or up-to-seven, or the AFP score is low", HCC_SETS
                ),
                "afp_at_most_1000": ItemWords(
                    "AFP is at most 1000 ng/mL", "OPTN policy; NHS Blood and Transplant", to_confirm=True
                ),
                "no_absolute_contraindication": ItemWords("No absolute contraindication to transplant", HERE),
            },
            beside=("which sets it is within", "MELD 3.0", "portal hypertension"),
        ),
    }
)

MESSAGES = ("R-SURG-1-REMNANT", "R-SURG-1-UNUSUAL", "R-TX-HCC-DOWNSTAGING")
UNUSUAL_PRIMARIES = frozenset({"melanoma", "pancreatic", "lung", "oesophageal", "bladder", "cervical"})


def sentence(flag: str, result: Mapping) -> str:
    """What the rule says, in one sentence; for `ok` results."""
    outcome = result["flag"]
    if outcome == COULD_BE_CONSIDERED:
        return FLAGS[flag].could_be_considered
    if outcome == NOT_SUGGESTED:
        return (
            f"This published rule is not met ({_items(len(result['failed']))}); the case stays on the agenda."
        )
    return f"Cannot tell yet ({_items(len(result['unknown']))} not known)."


def lines(flag: str, result: Mapping) -> tuple[Line, ...]:
    """Every item in the order of the rule, with how it was judged."""
    state = dict.fromkeys(result["failed"], "unmet") | dict.fromkeys(result["unknown"], "unknown")
    return tuple(
        Line(name, state.get(name, "met"), one.words, one.source, one.to_confirm)
        for name, one in FLAGS[flag].items.items()
    )


def beside(flag: str, primary_site: str | None) -> tuple[str, ...]:
    """What is shown next to the rule, so that nobody reads it alone."""
    if flag == "flag_resection" and primary_site == "hcc":
        return ("portal hypertension", "MELD 3.0", "number of tumours")
    return FLAGS[flag].beside


def messages(flag: str, result: Mapping, known: Known) -> tuple[Notice, ...]:
    """What the rule adds. `known`: `primary_site`, and `unos_downstaging_eligible` as its score gave it."""
    return tuple(_messages(flag, result, known))


def _messages(flag: str, result: Mapping, known: Known) -> Iterator[Notice]:
    if flag == "flag_resection" and result["failed"] == ["sflr_above_threshold"]:
        yield Notice(
            "R-SURG-1-REMNANT",
            "The remnant could be enlarged (PVE, LVD, ALPPS, two-stage): ask the surgeon and the "
            "interventional radiologist.",
            "review PMC8370912",
        )
    if flag == "flag_resection" and known.get("primary_site") in UNUSUAL_PRIMARIES:
        yield Notice(
            "R-SURG-1-UNUSUAL",
            "Resection of liver metastases is unusual for this primary; the evidence is limited.",
            HERE,
            to_confirm=True,
        )
    if flag == "flag_transplant_hcc" and _only_to_be_downstaged(result, known):
        yield Notice(
            "R-TX-HCC-DOWNSTAGING",
            "Down-staging before transplant evaluation could be considered.",
            "UNOS down-staging protocol: World J Methodol 2022;12:32",
        )


def _only_to_be_downstaged(result: Mapping, known: Known) -> bool:
    """The criteria themselves ask for no invasion and no spread, so both must be known to be absent."""
    confined = {"no_macrovascular_invasion", "no_extrahepatic_spread"} <= set(result["met"])
    outside = "within_a_published_set" in result["failed"]
    return outside and confined and known.get("unos_downstaging_eligible") is True


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"
