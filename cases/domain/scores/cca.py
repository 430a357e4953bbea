"""How far has a cholangiocarcinoma spread? AJCC 8 stage, Bismuth-Corlette type, Mayo protocol."""

from decimal import Decimal as D  # noqa: N817 -- formulas stay legible

from cases.domain.scores.inputs import Number, Quantity, Truth, Whole, above, between
from cases.domain.scores.registry import Contradiction, Output, score


@score(
    id="icca_ajcc8",
    title="Intrahepatic cholangiocarcinoma, T category and stage (8th edition)",
    version="1",
    source="AJCC Cancer Staging Manual, 8th ed., 2017; Lee AJ, Chun YS. Chin Clin Oncol 2018",
    inputs=(
        Number("largest_cm", range=above(0, 40)),
        Whole("tumour_count", range=between(1, 100)),
        Truth("vascular_invasion"),
        Truth("visceral_peritoneum_perforated"),
        Truth("direct_extrahepatic_invasion"),
        Truth("node_positive"),
        Truth("distant_metastasis"),
    ),
    outputs=(Output("t"), Output("stage")),
    cautions=(
        "Periductal growth, T4 in the 7th edition, does not count in the 8th.",
        "Only regional nodes are N1; others are distant metastases.",
    ),
    family="cca",
)
def icca_ajcc8(
    *,
    largest_cm: D,
    tumour_count: int,
    vascular_invasion: bool,
    visceral_peritoneum_perforated: bool,
    direct_extrahepatic_invasion: bool,
    node_positive: bool,
    distant_metastasis: bool,
) -> dict:
    """`largest_cm` above 0 to 40 cm; 5.0 cm is still T1a. T1a to T4 and IA to IV; T4 or N1 are stage IIIB."""
    if direct_extrahepatic_invasion:
        t = "T4"
    elif visceral_peritoneum_perforated:
        t = "T3"
    elif vascular_invasion or tumour_count > 1:
        t = "T2"
    else:
        t = "T1a" if largest_cm <= 5 else "T1b"
    if distant_metastasis:
        stage = "IV"
    elif node_positive:
        stage = "IIIB"
    else:
        stage = {"T1a": "IA", "T1b": "IB", "T2": "II", "T3": "IIIA", "T4": "IIIB"}[t]
    return {"t": t, "stage": stage}


@score(
    id="bismuth_corlette",
    title="Bismuth-Corlette",
    version="1",
    source="Bismuth H, Corlette MB. Surg Gynecol Obstet 1975;140:170-178; type IV as in later use",
    inputs=(
        Truth("reaches_confluence"),
        Truth("extends_right_second_order"),
        Truth("extends_left_second_order"),
        Truth("multifocal", optional=True),
    ),
    outputs=(Output("type"),),
    cautions=("Some teaching texts have type IIIb wrong: a is the right side, b the left.",),
    family="cca",
)
def bismuth_corlette(
    *,
    reaches_confluence: bool,
    extends_right_second_order: bool,
    extends_left_second_order: bool,
    multifocal: bool | None,
) -> dict:
    """I below the confluence, II at it, IIIa to the right and IIIb to the left second-order ducts, IV both.

    Several strictures are type IV. Otherwise none extends beyond a confluence that it does not reach.
    """
    beyond = extends_right_second_order or extends_left_second_order
    if multifocal or (reaches_confluence and extends_right_second_order and extends_left_second_order):
        return {"type": "IV"}
    if beyond and not reaches_confluence:
        raise Contradiction("reaches_confluence")
    if beyond:
        return {"type": "IIIa" if extends_right_second_order else "IIIb"}
    return {"type": "II" if reaches_confluence else "I"}


@score(
    id="mayo_pcca",
    title="Perihilar cholangiocarcinoma, Mayo protocol for transplant",
    version="1",
    source="OPTN Policy 9.5.A, after the Mayo Clinic protocol; World J Methodol 2022;12:32, table 4",
    inputs=(
        Truth("positive_biopsy_or_cytology"),
        Truth("malignant_stricture"),
        Quantity("ca19_9", unit="U/mL", range=between(0, 10**7)),
        Truth("aneuploidy"),
        Truth("unresectable"),
        Truth("psc"),
        Number("radial_diameter_cm", range=between(0, 40)),
        Truth("metastases"),
        Truth("regional_nodes_positive"),
        Truth("transperitoneal_biopsy_done"),
        Truth("neoadjuvant_protocol_available"),
    ),
    outputs=(Output("met"), Output("failed")),
    cautions=(
        "CA 19-9 counts only without cholangitis.",
        "Nodes are judged at operative staging.",
        "A transperitoneal biopsy cannot be undone: ask before one is requested.",
    ),
    family="cca",
    to_confirm="That the radial diameter is at most 3 cm and that no transperitoneal biopsy or aspiration of "
    "the primary was done: against the present OPTN policy.",
)
def mayo_pcca(
    *,
    positive_biopsy_or_cytology: bool,
    malignant_stricture: bool,
    ca19_9: D,
    aneuploidy: bool,
    unresectable: bool,
    psc: bool,
    radial_diameter_cm: D,
    metastases: bool,
    regional_nodes_positive: bool,
    transperitoneal_biopsy_done: bool,
    neoadjuvant_protocol_available: bool,
) -> dict:
    """Whether all seven items hold, and which do not. CA 19-9 must be above 100 U/mL; 3.0 cm is allowed.

    A stricture alone is no evidence: it needs the CA 19-9 or aneuploidy. A diameter of 0 is no visible mass.
    """
    seen = malignant_stricture and (ca19_9 > 100 or aneuploidy)
    items = {
        "malignancy_evidence": positive_biopsy_or_cytology or seen,
        "unresectable_or_psc": unresectable or psc,
        "radial_diameter_at_most_3cm": radial_diameter_cm <= 3,
        "no_metastases": not metastases,
        "no_regional_nodes": not regional_nodes_positive,
        "no_transperitoneal_biopsy": not transperitoneal_biopsy_done,
        "neoadjuvant_protocol": neoadjuvant_protocol_available,
    }
    failed = [name for name, holds in items.items() if not holds]
    return {"met": not failed, "failed": failed}
