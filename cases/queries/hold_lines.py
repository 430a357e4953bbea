"""What must everybody in the room know of tumour, liver and patient, in three lines each?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from cases.domain import labs
from cases.domain.picture import BOUND, Picture
from cases.models import Case, ComorbidityReview, Fitness, LabResult, LiverStatus, SymptomReport
from cases.queries import facts
from cases.queries.case_disease import newest
from cases.queries.lesion_rows import Lesions
from cases.queries.panel import short_words
from cases.queries.recorded import Recorded
from cases.vocabulary import Analyte, Comorbidity, Complication, Known, MetastaticSite, Symptom

IN_THE_ROOM_SCORES = ("child_pugh", "albi", "meld3")
IN_THE_ROOM = (Analyte.BILIRUBIN, Analyte.ALBUMIN, Analyte.PLATELETS, Analyte.INR)
NAMES: dict[str, str] = {
    Analyte.PLATELETS: "platelets",
    Analyte.BILIRUBIN: "bilirubin",
    Analyte.ALBUMIN: "albumin",
}


@dataclass(frozen=True)
class Line:
    title: str
    words: str
    more: str
    lacking: tuple[str, ...] = ()


def lines_of(found: Recorded, *, lesions: Lesions, picture: Picture) -> list[Line]:
    case, liver = found.case, found.newest(LiverStatus)
    values = {code: newest_first[0] for code, newest_first in found.labs.items()}
    return [
        Line("Tumour", *_tumour(getattr(case, "diagnosis", None), lesions, picture)),
        Line("Liver", *_liver(case, liver, values, picture)),
        Line("Patient", *_patient(found, newest(SymptomReport, case))),
    ]


def _tumour(found: Any, lesions: Lesions, picture: Picture) -> tuple[str, str]:
    if found is None:
        return "Nothing recorded of the tumour.", ""
    primary = [found.get_primary_site_display() or "Primary not recorded", found.site_detail]
    main = [
        ", ".join(filter(None, [*primary, _small(found.get_primary_control_display())])),
        _in_the_liver(found, lesions, picture),
    ]
    outside = found.get_extrahepatic_disease_display()
    sites = ", ".join(MetastaticSite(code).label.lower() for code in found.extrahepatic_sites)
    more = [f"Outside the liver: {_small(outside) or 'not recorded'}{f' ({sites})' if sites else ''}"]
    return _sentences(main), _sentences([*more, found.histology])


def _in_the_liver(found: Any, lesions: Lesions, picture: Picture) -> str:
    """What counts: no lesion that is gone or no longer viable, and of a treated one the viable part."""
    told, largest = _counted(len(lesions.rows), picture), picture.raw("largest_lesion_cm")
    size = f"largest {labs.plain(largest * 10)}\N{NO-BREAK SPACE}mm" if largest else ""
    timing = _small(found.timing.label).partition(" (")[0] if found.timing else ""
    return ", ".join(filter(None, [told or "Lesions not counted", size, timing]))


def _counted(drawn: int, picture: Picture) -> str:
    count, gap = picture.raw("lesion_count"), picture.gap("lesion_count")
    if count is None and not drawn:
        return f"{gap.reason} lesions" if gap.state == BOUND else ""
    if count is None:
        return f"{_lesions(drawn)} ({gap.reason})"
    return _lesions(count) if not drawn or drawn == count else f"{count} of {_lesions(drawn)} counted"


def _lesions(count: int) -> str:
    return f"{count} lesion{'' if count == 1 else 's'}"


def _liver(case: Case, liver: Any, values: Mapping[str, LabResult], picture: Picture) -> tuple[str, str]:
    told = short_words(case, picture, *IN_THE_ROOM_SCORES)
    return _sentences([_cirrhosis(liver), ", ".join(told)]), _sentences([_in_blood(values), _vessels(liver)])


def _cirrhosis(liver: Any) -> str:
    known = liver.cirrhosis if liver else ""
    words: dict[str, str] = {Known.YES: "Cirrhosis", Known.NO: "No cirrhosis"}
    return words.get(known, "Cirrhosis not known")


def _in_blood(values: Mapping[str, LabResult]) -> str:
    shown = [values[code] for code in IN_THE_ROOM if code in values]
    if not shown:
        return "No blood values"
    told = [
        f"{NAMES.get(one.analyte) or one.get_analyte_display()} {one.comparator}"
        f"{labs.amount(one.value, one.unit)}"
        for one in shown
    ]
    days = {one.taken_on for one in shown}
    oldest = min((day for day in days if day), default=None)
    when = "day not known" if None in days else _day(oldest)
    return f"{', '.join(told)} ({'oldest ' if len(days) > 1 and None not in days else ''}{when})"


def _vessels(liver: Any) -> str:
    if liver is None:
        return ""
    told = [
        f"Ascites: {_small(liver.get_ascites_display())}" if liver.ascites else "",
        "portal hypertension" if liver.portal_hypertension == Known.YES else "",
        "portal vein thrombosis" if liver.portal_vein_thrombosis == Known.YES else "",
    ]
    return ", ".join(filter(None, told))


def _patient(found: Recorded, symptoms: Any) -> tuple[str, str, tuple[str, ...]]:
    """What nobody has recorded is said apart: no reader may take it for nothing being there."""
    fitness, review = found.newest(Fitness), found.newest(ComorbidityReview)
    told = {
        "ECOG": _ecog(fitness),
        "Comorbidity": _comorbidity(fitness, review),
        "Weight": f"weight {labs.plain(fitness.weight_kg)} kg" if fitness and fitness.weight_kg else "",
        "Symptoms": _symptoms(symptoms),
    }
    note = fitness.comorbidity_note if fitness else ""
    lacking = tuple(name for name, words in told.items() if not words)
    return (
        _sentences([told["ECOG"], told["Comorbidity"]]),
        _sentences([note, told["Weight"], told["Symptoms"]]),
        (f"{_listed_names(lacking)} not recorded",) if lacking else (),
    )


def _ecog(fitness: Any) -> str:
    if fitness is None or fitness.ecog is None:
        return ""
    return f"ECOG {fitness.ecog} ({_day(fitness.assessed_on) if fitness.assessed_on else 'day not known'})"


def _comorbidity(fitness: Any, review: Any) -> str:
    if fitness and fitness.comorbidities:
        return _labels(Comorbidity, fitness)
    if review:
        return facts.comorbidity_in_words(review)
    return "No relevant comorbidity" if fitness and fitness.no_comorbidity else ""


def _listed_names(names: Sequence[str]) -> str:
    """The first with its capital, the others as words within the sentence."""
    first, *others = names
    return ", ".join([first, *(_small(name) for name in others)])


def _labels(vocabulary: Any, fitness: Fitness) -> str:
    return _listed(vocabulary(code).label for code in fitness.comorbidities)


def _symptoms(found: Any) -> str:
    if found is None:
        return ""
    if found.none_reported:
        return "No symptoms"
    said = [Symptom(code).label for code in found.symptoms]
    said += [Complication(code).label for code in found.complications]
    return _listed(said)


def _listed(labels: Iterable[Any]) -> str:
    return ", ".join(_small(label) for label in labels)


def _small(label: Any) -> str:
    """No capital within a sentence; R0 and ECOG keep theirs."""
    text = str(label)
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _sentences(parts: Iterable[str]) -> str:
    """One after the other, each ended once."""
    said = (part.strip().rstrip(".") for part in parts if part)
    return " ".join(f"{_begun(part)}." for part in said if part)


def _begun(text: str) -> str:
    """A capital at the beginning; pT3 and mALBI stay as they are."""
    return f"{text[0].upper()}{text[1:]}" if text[1:2].islower() else text


def _day(on: Any) -> str:
    """A date that stays on one line."""
    return date_format(on, "d-M-Y").replace("-", "\N{NON-BREAKING HYPHEN}")
