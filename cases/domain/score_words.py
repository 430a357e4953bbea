"""How does a result read to people: the figure, what it means, and every output of it?

Figures come rounded from the score's own outputs; codes become words here. Nothing is judged anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cases.domain.score_codes import CODES, CRITERIA, LABELS, SETS
from cases.domain.score_names import short
from cases.domain.scores.registry import Score

Shown = Mapping[str, str]
Result = Mapping[str, Any]
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Told:
    """`value` stands alone in a list, `meaning` behind it."""

    value: str
    meaning: str = ""


def told(score: Score, result: Result) -> Told:
    """An `ok` result in short; every score that is not a rule has its own words."""
    return _TOLD[score.id](result, score.display(dict(result)))


def outputs(score: Score, result: Result) -> list[tuple[str, str]]:
    """Every output of an `ok` result, each with what it is called."""
    shown = score.display(dict(result))
    return [(_label(name), in_words(result[name], shown[name])) for name in shown]


def in_words(value: Any, shown: str = "") -> str:
    """One output: yes or no, names of criteria, a code's words, else the figure as it is shown."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{short(name)} {points}" for name, points in value.items())
    if isinstance(value, list | tuple):
        return _listed(value) or "none"
    return CODES.get(str(value), shown or str(value))


def _label(name: str) -> str:
    """With a capital, but mALBI stays as it is."""
    words = LABELS.get(name, name.replace("_", " "))
    return words if words[1:2].isupper() else f"{words[:1].upper()}{words[1:]}"


def _listed(names) -> str:
    return "; ".join(CRITERIA.get(one, str(one).replace("_", " ")) for one in names)


def _plain(name: str, meaning: str = "") -> Callable[[Result, Shown], Told]:
    return lambda result, shown: Told(CODES.get(shown[name], shown[name]), meaning)


def _figure(name: str, group: str, words: str) -> Callable[[Result, Shown], Told]:
    """A figure with the group that it falls into."""
    return lambda result, shown: Told(
        shown[name], words.format(CODES.get(str(result[group]), str(result[group])))
    )


def _criteria(met: str, failed: str) -> Callable[[Result, Shown], Told]:
    def say(result: Result, shown: Shown) -> Told:
        if result[met]:
            return Told("met")
        return Told("not met", f"not: {_listed(result[failed])}")

    return say


def _ecog(result: Result, shown: Shown) -> Told:
    return Told(shown["ecog"], CODES[f"ecog_{result['ecog']}"])


def _charlson(result: Result, shown: Shown) -> Told:
    apart = f"comorbidity {result['comorbidity_points']}, age {result['age_points']}"
    return Told(shown["total"], f"{apart}; {result['without_solid_tumour']} without the index cancer")


def _albi(result: Result, shown: Shown) -> Told:
    return Told(shown["score"], f"grade {shown['grade']}, mALBI {shown['malbi']}")


def _fib4(result: Result, shown: Shown) -> Told:
    bands = f"{result['band_1_45_3_25']} (1.45, 3.25), {result['band_1_30_2_67']} (1.30, 2.67)"
    outside = "; age outside the validated range" if result["age_outside_validated_range"] else ""
    return Told(shown["score"], f"{bands}{outside}")


def _transplant_sets(result: Result, shown: Shown) -> Told:
    within = [words for name, words in SETS.items() if result[name]]
    down = "; within the UNOS down-staging protocol" if result["unos_downstaging_eligible"] else ""
    summed = f"number + largest {shown['up_to_seven_sum']}{down}"
    return Told(f"within {', '.join(within)}" if within else "outside all sets", summed)


def _esmo(result: Result, shown: Shown) -> Told:
    found = [result["technical"], *result["oncological"]]
    named = [one for one in found if one != "none"]
    return Told(", ".join(named) or "none", "; ".join(CODES[f"esmo_{one}"] for one in named))


def _milan_net(result: Result, shown: Shown) -> Told:
    if result["met_age60"]:
        return Told("met", "age limit 60" + (" and 55" if result["met_age55"] else ", not that of 55"))
    return Told("not met", f"not: {_listed(result['failed_age60'])}")


def _net_grade(result: Result, shown: Shown) -> Told:
    unlikely = "called poorly differentiated with low Ki-67 and mitoses: ask the pathologist"
    return Told(shown["category"], unlikely if result["discordant_input"] else "")


def _flr(result: Result, shown: Shown) -> Told:
    threshold = f"threshold {shown['threshold_percent']}{NBSP}%"
    judged = "above" if result["adequate"] else "not above"
    said = [f"standardised, {judged} its {threshold}"]
    if result["borderline"]:
        said.append("borderline")
    if "flr_percent" in shown:
        said.append(f"measured {shown['flr_percent']}{NBSP}%")
    if result.get("sides_differ"):
        said.append("the two fall on different sides")
    return Told(f"{shown['sflr_percent']}{NBSP}%", "; ".join(said))


def _kgr(result: Result, shown: Shown) -> Told:
    gained = f"{shown['degree_of_hypertrophy_points']} points gained"
    at_least = "at least 2" if result["kgr_at_least_2"] else "below 2"
    return Told(f"{shown['kgr_percent_per_week']}{NBSP}% a week", f"{at_least}; {gained}")


def _recist(result: Result, shown: Shown) -> Told:
    said = [CODES[result["overall"]], f"from baseline {shown['change_from_baseline_percent']}{NBSP}%"]
    if result["change_from_nadir_percent"] is not None:
        said.append(f"from nadir {shown['change_from_nadir_percent']}{NBSP}%")
    return Told(result["overall"], ", ".join(said))


def _mrecist(result: Result, shown: Shown) -> Told:
    return Told(result["target"], f"{CODES[result['target']]}, target lesions")


def _brisbane(result: Result, shown: Shown) -> Told:
    return Told(shown["name"], "major" if result["major"] else "minor")


def _y90(result: Result, shown: Shown) -> Told:
    over = [
        words
        for name, words in (
            ("exceeds_30_single", "above 30 Gy in one session"),
            ("exceeds_50_cumulative", "above 50 Gy in all"),
        )
        if result[name]
    ]
    limits = ", ".join(over) or "within 30 Gy a session and 50 Gy in all"
    resin = f"resin by table: {CODES[result['resin_empirical_reduction']]}"
    return Told(f"{shown['lung_dose_gy']}{NBSP}Gy", f"{limits}; {resin}")


def _icca(result: Result, shown: Shown) -> Told:
    return Told(shown["t"], f"stage {shown['stage']}")


def _bclc(result: Result, shown: Shown) -> Told:
    return Told(shown["stage"], CODES[f"bclc_{result['stage']}"])


def _bsa(result: Result, shown: Shown) -> Told:
    return Told(f"{shown['bsa_m2']}{NBSP}m²", "Mosteller")


_TOLD: Mapping[str, Callable[[Result, Shown], Told]] = MappingProxyType(
    {
        "afp_score": _figure("score", "risk", "{} risk of recurrence"),
        "albi": _albi,
        "apri": _plain("score"),
        "asa": _plain("label"),
        "bclc_2022": _bclc,
        "bismuth_corlette": lambda result, shown: Told(f"type {shown['type']}"),
        "brisbane_2000": _brisbane,
        "bsa": _bsa,
        "charlson": _charlson,
        "child_pugh": _figure("score", "class", "class {}"),
        "clavien_dindo": _plain("grade"),
        "crlm_mtv": _plain("group"),
        "crlm_resectability_esmo": _esmo,
        "ecog": _ecog,
        "fib4": _fib4,
        "flr": _flr,
        "fong_crs": _figure("score", "group", "of 5, {} risk"),
        "game": _figure("score", "group", "of 7, {} risk"),
        "hcc_transplant_criteria": _transplant_sets,
        "icca_ajcc8": _icca,
        "icg_r15_makuuchi": _plain("extent"),
        "kgr": _kgr,
        "lirads_2018": _plain("category"),
        "mayo_pcca": _criteria("met", "failed"),
        "mcs_ras": _plain("score", "of 3"),
        "meld": _plain("score"),
        "meld3": _plain("score"),
        "meld_na": _plain("score"),
        "metastasis_timing": _plain("timing"),
        "milan_net": _milan_net,
        "mrecist_target": _mrecist,
        "net_grade_who2022": _net_grade,
        "oslo_score": _plain("score", "of 4"),
        "palbi": _figure("score", "grade", "grade {}"),
        "recist_1_1": _recist,
        "seca2": _criteria("met", "failed"),
        "tbs": _figure("score", "zone", "zone {}"),
        "tnm_m_category": _plain("m"),
        "transmet": _criteria("met", "failed"),
        "y90_lung_dose": _y90,
    }
)
