"""Which scores and rules are shown for a tumour, in which group, and which belong to a discipline's form?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRIMARY_LIVER = frozenset({"hcc", "icca", "pcca"})


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    scores: tuple[str, ...]


LIVER = Group("liver", "Liver function", ("child_pugh", "albi", "meld3"))
MORE_LIVER = Group(
    "more-liver",
    "More on liver function",
    ("palbi", "meld_na", "meld", "fib4", "apri", "icg_r15_makuuchi"),
)
REMNANT = Group("remnant", "Remnant and resection", ("flr", "kgr", "bsa", "brisbane_2000"))
FITNESS = Group("fitness", "Fitness", ("ecog", "asa", "charlson"))
RESPONSE = Group("response", "Response", ("recist_1_1", "mrecist_target"))
STAGE = Group("stage", "Stage", ("tnm_m_category", "metastasis_timing"))
TREATMENT = Group("treatment", "Treatment", ("y90_lung_dose", "clavien_dindo"))
FOR_ALL = (LIVER, REMNANT, FITNESS, RESPONSE, STAGE, TREATMENT, MORE_LIVER)

OF_DISEASE: Mapping[str, Group] = MappingProxyType(
    {
        "hcc": Group(
            "hcc",
            "Hepatocellular carcinoma",
            ("bclc_2022", "hcc_transplant_criteria", "afp_score", "lirads_2018"),
        ),
        "colorectal": Group(
            "colorectal",
            "Colorectal metastases",
            (
                "metastasis_timing",
                "fong_crs",
                "tbs",
                "game",
                "mcs_ras",
                "crlm_resectability_esmo",
                "oslo_score",
                "transmet",
                "seca2",
                "crlm_mtv",
            ),
        ),
        "net_gep": Group("net", "Neuroendocrine metastases", ("net_grade_who2022", "milan_net")),
        "icca": Group("icca", "Intrahepatic cholangiocarcinoma", ("icca_ajcc8",)),
        "pcca": Group("pcca", "Perihilar cholangiocarcinoma", ("bismuth_corlette", "mayo_pcca")),
    }
)

FLAG_OF_DISEASE: Mapping[str, str] = MappingProxyType(
    {
        "hcc": "flag_transplant_hcc",
        "colorectal": "flag_transplant_crlm",
        "net_gep": "flag_transplant_net",
    }
)

NEEDS_CIRRHOSIS = frozenset({"child_pugh", "meld", "meld3", "meld_na"})
ONLY_HCC = frozenset({"bclc_2022", "hcc_transplant_criteria", "afp_score", "lirads_2018", "mrecist_target"})

# These are shown once one of these inputs is recorded: nobody has to measure what they do not use.
SHOWN_WITH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "icg_r15_makuuchi": ("icg_r15_percent",),
        "kgr": ("sflr_before_percent",),
        "brisbane_2000": ("segments",),
        "y90_lung_dose": ("activity_gbq", "lung_shunt_fraction_percent"),
        "clavien_dindo": ("any_deviation", "intervention", "death"),
        "crlm_mtv": ("liver_mtv",),
    }
)

_CRITERIA: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hcc": ("hcc_transplant_criteria", "afp_score", "flag_transplant_hcc"),
        "colorectal": ("transmet", "seca2", "oslo_score", "flag_transplant_crlm"),
        "net_gep": ("milan_net", "flag_transplant_net"),
        "pcca": ("mayo_pcca",),
    }
)
_SEEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hcc": ("mrecist_target", "bclc_2022", "hcc_transplant_criteria"),
        "colorectal": ("fong_crs", "tbs", "crlm_mtv"),
        "icca": ("icca_ajcc8",),
        "pcca": ("bismuth_corlette",),
    }
)
_DRUGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "colorectal": ("oslo_score", "transmet", "seca2", "game", "flag_transplant_crlm"),
        "net_gep": ("milan_net", "flag_transplant_net"),
    }
)
_TISSUE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "colorectal": ("mcs_ras", "game"),
        "net_gep": ("net_grade_who2022", "milan_net"),
        "icca": ("icca_ajcc8",),
        "pcca": ("mayo_pcca",),
    }
)


def groups_of(primary_site: str) -> tuple[Group, ...]:
    """The disease first; then what holds for every liver tumour."""
    disease = OF_DISEASE.get(primary_site)
    here = set(disease.scores) if disease else set()
    rest = (_for(primary_site, group, here) for group in FOR_ALL)
    return tuple(group for group in (disease, *rest) if group and group.scores)


def _for(primary_site: str, group: Group, shown_already: set[str]) -> Group:
    left_out = shown_already | (set() if primary_site == "hcc" else ONLY_HCC)
    if primary_site in PRIMARY_LIVER:
        left_out |= {"metastasis_timing"}
    return Group(group.id, group.title, tuple(one for one in group.scores if one not in left_out))


def flags_of(primary_site: str) -> tuple[str, ...]:
    """Resection for every tumour, transplant where a published rule exists."""
    flag = FLAG_OF_DISEASE.get(primary_site)
    return ("flag_resection", flag) if flag else ("flag_resection",)


def of_discipline(specialty: str, primary_site: str) -> tuple[str, ...]:
    """The scores and rules that the questions of this discipline enter, in the order of its form."""
    site = primary_site
    esmo = ("crlm_resectability_esmo",) if site == "colorectal" else ()
    known: dict[str, tuple[str, ...]] = {
        "SURGERY": ("flr", "bsa", "kgr", "brisbane_2000", "asa", "charlson", *esmo, "flag_resection"),
        "TRANSPLANT": (
            "child_pugh",
            "meld3",
            "albi",
            "icg_r15_makuuchi",
            *(("bclc_2022",) if site == "hcc" else ()),
            *_CRITERIA.get(site, ()),
        ),
        "ONCOLOGY": _DRUGS.get(site, ()) or ("ecog",),
        "RADIOLOGY": ("recist_1_1", *_SEEN.get(site, ())),
        "INTERVENTIONAL": ("y90_lung_dose", "child_pugh", "albi", "palbi"),
        "PATHOLOGY": _TISSUE.get(site, ()),
        "RADIATION": ("child_pugh", "albi"),
        "NURSING": ("ecog", "charlson"),
    }
    return known.get(specialty, ())
