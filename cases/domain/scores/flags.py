"""Could a resection, or evaluation for transplant, be considered by a published rule?

`rule_items` says how the items are judged; the words for people are in `cases.domain.flag_words`.
"""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.hcc import SIZES, afp_score, hcc_transplant_criteria
from cases.domain.scores.inputs import Choice, Item, Number, Truth, Whole, between
from cases.domain.scores.registry import Contradiction, Output, score
from cases.domain.scores.remnant import THRESHOLDS
from cases.domain.scores.rule_items import (
    ECOG,
    EXTRAHEPATIC,
    NOT_A_VERDICT,
    OUTPUTS,
    PRIMARY_CONTROL,
    Answer,
    among,
    both,
    judged,
    opposite,
    within,
)

RESECTABLE = Item(Truth("resectable"))
AGE = Item(Number("age_years", range=between(0, 120)))
CEA = between(0, 10**6)
MONTHS = between(0, 600)


@score(
    id="flag_resection",
    title="Surgical resection could be considered",
    version="1",
    source="A rule of this program. Items 1 to 3: review PMC8870224, table 1; thresholds of the remnant: "
    "review J Surg Oncol 2019;119:594-603, table 1",
    inputs=(
        Item(Truth("r0_possible")),
        Item(Truth("two_adjacent_segments_spared")),
        Item(Truth("inflow_outflow_biliary_preserved")),
        Item(Number("sflr_percent", range=between(0, 200))),
        Item(Choice("liver_background", codes=tuple(THRESHOLDS))),
        ECOG,
        EXTRAHEPATIC,
        PRIMARY_CONTROL,
        Item(Choice("child_pugh_class", codes=("A", "B", "C", "not_applicable"))),
    ),
    outputs=OUTPUTS,
    cautions=(
        NOT_A_VERDICT,
        "A remnant exactly on its threshold does not meet it.",
    ),
    family="rule",
    to_confirm="The items on performance status (0 to 2), control of the primary and Child-Pugh (A); that "
    "the remnant must be above its threshold: conventions of this program.",
)
def flag_resection(
    *,
    r0_possible: Answer,
    two_adjacent_segments_spared: Answer,
    inflow_outflow_biliary_preserved: Answer,
    sflr_percent: D | None,
    liver_background: str | None,
    ecog: int | None,
    extrahepatic_disease: str | None,
    primary_control: str | None,
    child_pugh_class: str | None,
) -> dict:
    """The standardised remnant (per cent) must be above 20, 30 or 40 by the background of the liver.

    Without the background its item is unknown, however large or small the remnant is.
    """
    threshold = THRESHOLDS[liver_background] if liver_background else None
    large_enough = None if sflr_percent is None or threshold is None else sflr_percent > threshold
    controllable = ("resected_r0", "controlled", "resectable", "not_applicable")
    return judged(
        {
            "r0_possible": r0_possible,
            "two_adjacent_segments_spared": two_adjacent_segments_spared,
            "inflow_outflow_biliary_preserved": inflow_outflow_biliary_preserved,
            "sflr_above_threshold": large_enough,
            "ecog_0_2": within(ecog, 0, 2),
            "extrahepatic_disease_none_or_resectable": among(extrahepatic_disease, "none", "resectable"),
            "primary_controlled_or_controllable": among(primary_control, *controllable),
            "liver_function_allows": among(child_pugh_class, "A", "not_applicable"),
        }
    )


@score(
    id="flag_transplant_crlm",
    title="Transplant evaluation could be considered: colorectal metastases",
    version="1",
    source="A rule of this program, built on TransMet: Adam R et al. Lancet 2024;404:1107-1118; exclusion of "
    "MSI-high: consensus reported in The ASCO Post, February 2026",
    inputs=(
        RESECTABLE,
        EXTRAHEPATIC,
        PRIMARY_CONTROL,
        Item(Choice("braf", codes=("wild_type", "v600e", "mutated_other"))),
        Item(Choice("msi", codes=("stable", "high"))),
        Item(Number("months_disease_control_on_chemo", range=MONTHS)),
        Item(Number("cea_ug_l", range=CEA)),
        Item(Number("cea_highest_ug_l", range=CEA)),
        ECOG,
        AGE,
    ),
    outputs=OUTPUTS,
    cautions=(
        NOT_A_VERDICT,
        "TransMet itself excluded every mutation of BRAF; this rule excludes V600E only.",
        "The side and the nodes of the primary weigh as well: the consensus leaves out right-sided and N2 "
        "primaries.",
    ),
    family="rule",
    to_confirm="That mutations of BRAF other than V600E do not exclude: a convention of this program.",
)
def flag_transplant_crlm(
    *,
    resectable: Answer,
    extrahepatic_disease: str | None,
    primary_control: str | None,
    braf: str | None,
    msi: str | None,
    months_disease_control_on_chemo: D | None,
    cea_ug_l: D | None,
    cea_highest_ug_l: D | None,
    ecog: int | None,
    age_years: D | None,
) -> dict:
    """CEA in ug/L: below 80, or fallen by half or more from the highest, which is needed only from 80 on.

    Age 18 to 65 and three months of disease control include their ends.
    """
    return judged(
        {
            "unresectable": opposite(resectable),
            "liver_only": among(extrahepatic_disease, "none"),
            "primary_resected_r0": among(primary_control, "resected_r0"),
            "braf_v600e_absent": among(braf, "wild_type", "mutated_other"),
            "not_msi_high": among(msi, "stable"),
            "disease_control_3_months": within(months_disease_control_on_chemo, 3),
            "cea_below_80_or_halved": _cea_allows(cea_ug_l, cea_highest_ug_l),
            "ecog_0_1": within(ecog, 0, 1),
            "age_18_65": within(age_years, 18, 65),
        }
    )


def _cea_allows(current: D | None, highest: D | None) -> Answer:
    if current is None:
        return None
    if highest is not None and highest < current:
        raise Contradiction("cea_highest_ug_l")
    if current < 80:
        return True
    return None if highest is None else 2 * current <= highest


@score(
    id="flag_transplant_net",
    title="Transplant evaluation could be considered: neuroendocrine metastases",
    version="1",
    source="A rule of this program, built on Milan-NET: Mazzaferro V et al. J Hepatol 2007;47:460-466; "
    "Am J Transplant 2016;16:2892-2902",
    inputs=(
        RESECTABLE,
        Item(Whole("net_grade", range=between(1, 3))),
        Item(Choice("differentiation", codes=("well", "poor"))),
        Item(Truth("primary_portal_drained")),
        PRIMARY_CONTROL,
        Item(Number("liver_involvement_percent", range=between(0, 100))),
        Item(Number("months_stable_or_response", range=MONTHS)),
        EXTRAHEPATIC,
        AGE,
    ),
    outputs=OUTPUTS,
    cautions=(
        NOT_A_VERDICT,
        "Age, and in some centres an origin in rectum or lung, are relative.",
        "One published set asks for a Ki-67 below 10 %, which is stricter than grade 2: look at the Ki-67.",
    ),
    family="rule",
    to_confirm="That exactly 50 % of the liver is still within: sources write 'below' and 'at most'.",
)
def flag_transplant_net(
    *,
    resectable: Answer,
    net_grade: int | None,
    differentiation: str | None,
    primary_portal_drained: Answer,
    primary_control: str | None,
    liver_involvement_percent: D | None,
    months_stable_or_response: D | None,
    extrahepatic_disease: str | None,
    age_years: D | None,
) -> dict:
    """50 % of the liver, six months and 60 years include their ends.

    A poorly differentiated carcinoma has no grade number: its item is unmet though the grade is missing.
    """
    return judged(
        {
            "unresectable": opposite(resectable),
            "well_differentiated_g1_g2": both(among(differentiation, "well"), within(net_grade, 1, 2)),
            "portal_drained_primary": primary_portal_drained,
            "primary_resected_r0": among(primary_control, "resected_r0"),
            "liver_involvement_at_most_50": within(liver_involvement_percent, 0, 50),
            "stable_or_response_6_months": within(months_stable_or_response, 6),
            "no_extrahepatic_disease": among(extrahepatic_disease, "none"),
            "age_at_most_60": within(age_years, 0, 60),
        }
    )


@score(
    id="flag_transplant_hcc",
    title="Transplant evaluation could be considered: hepatocellular carcinoma",
    version="1",
    source="A rule of this program, built on Milan, UCSF, up-to-seven and the AFP score (see there); AFP "
    "above 1000 IU/mL excludes by the selection policy of NHS Blood and Transplant",
    inputs=(
        Item(SIZES),
        Item(Truth("macrovascular_invasion")),
        Item(Truth("extrahepatic_spread")),
        Item(Number("afp_ng_ml", range=between(0, 10**7))),
        Item(Truth("absolute_contraindication")),
    ),
    outputs=(*OUTPUTS, Output("within")),
    cautions=(
        NOT_A_VERDICT,
        "AFP is in ng/mL here: a result in IU/mL is converted before it is entered.",
        "Only viable nodules of at least 1 cm are entered.",
    ),
    family="rule",
    to_confirm="The limit of AFP: 1000 ng/mL (OPTN) is taken, where the United Kingdom has 1000 IU/mL.",
)
def flag_transplant_hcc(
    *,
    tumour_sizes_cm: tuple[D, ...] | None,
    macrovascular_invasion: Answer,
    extrahepatic_spread: Answer,
    afp_ng_ml: D | None,
    absolute_contraindication: Answer,
) -> dict:
    """`within`: which sets size, number and AFP fit; empty with invasion or spread, items of their own here.

    A missing AFP leaves the item on the sets open only if the AFP score could still be low.
    """
    sets = _sets(tumour_sizes_cm, afp_ng_ml) if tumour_sizes_cm else []
    could_be = tumour_sizes_cm is None or (afp_ng_ml is None and _afp_score_low(tumour_sizes_cm, D(0)))
    answer = judged(
        {
            "no_macrovascular_invasion": opposite(macrovascular_invasion),
            "no_extrahepatic_spread": opposite(extrahepatic_spread),
            "within_a_published_set": True if sets else None if could_be else False,
            "afp_at_most_1000": within(afp_ng_ml, 0, 1000),
            "no_absolute_contraindication": opposite(absolute_contraindication),
        }
    )
    return answer | {"within": [] if macrovascular_invasion or extrahepatic_spread else sets}


def _sets(sizes: tuple[D, ...], afp: D | None) -> list[str]:
    criteria = hcc_transplant_criteria(
        tumour_sizes_cm=sizes, macrovascular_invasion=False, extrahepatic_spread=False
    )
    found = [name for name in ("milan", "ucsf", "up_to_seven") if criteria[name]]
    return [*found, "afp_score_low"] if afp is not None and _afp_score_low(sizes, afp) else found


def _afp_score_low(sizes: tuple[D, ...], afp: D) -> bool:
    return afp_score(largest_cm=max(sizes), nodule_count=len(sizes), afp=afp)["risk"] == "low"
