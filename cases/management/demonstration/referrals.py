"""How does a story become a referral, and what was measured before?"""

from datetime import date, timedelta
from decimal import Decimal

from cases.domain.referral import Lab, LesionSeen, PatientDetails, Referral
from cases.management.demonstration.story import Story

# What each question is about, by family name; the other stories leave it open, as older cases do.
TOPICS = {
    "Fairweather": ("RESECTION", "ABLATION"),
    "Okonjo-Vale": ("RESECTION", "ABLATION", "TRANSPLANT"),
    "Hargreave": ("RESECTION",),
    "Ashdown": ("ABLATION", "SYSTEMIC"),
    "Tremayne": ("RESECTION", "ABLATION"),
    "Mbeki-Rowe": ("EMBOLISATION", "TRANSPLANT"),
    "Santana-Rey": ("RESECTION", "SYSTEMIC"),
    "Lindqvist": ("TRANSPLANT", "SYSTEMIC"),
    "Whitcombe": ("RESECTION", "PALLIATION"),
    "Calloway": ("EMBOLISATION", "SYSTEMIC"),
    "Drummond": ("DIAGNOSIS",),
    "Pemberton": ("DIAGNOSIS", "ABLATION"),
    "Bellweather": ("RESECTION", "ABLATION"),
}


def referral(story: Story, *, number: int, board, today: date) -> Referral:
    """As the invented referrer would have handed it in."""
    return Referral(
        board=board,
        patient=PatientDetails(
            record_number=f"DEMO-{400100 + number}",
            authority="Invented hospital",
            family_name=story.family,
            given_name=story.given,
            birth_date=date.fromisoformat(story.born),
            sex=story.sex,
        ),
        question=story.question,
        why_now=story.why_now,
        topics=TOPICS.get(story.family, ()),
        urgency=story.urgency,
        gp_name="Dr E. Rowntree" if story.wish else "",
        gp_address="Market Place Surgery, 3 Market Place, Inventham" if story.wish else "",
        diagnosis=_diagnosis(story, today),
        fitness={
            "ecog": story.ecog,
            "ecog_cancer_related": story.ecog_from_cancer,
            "assessed_on": today - timedelta(days=6),
            "comorbidities": list(story.comorbidities),
            "no_comorbidity": not story.comorbidities,
            **_body(story),
        },
        liver_status={"assessed_on": today - timedelta(days=6), **story.liver} if story.liver else None,
        symptoms={
            "reported_on": today - timedelta(days=6),
            "symptoms": list(story.symptoms),
            "none_reported": not story.symptoms,
        },
        wish=_wish(story, today),
        imaging=_imaging(story, today),
        labs=labs(story, today=today),
        lesions=_lesions(story, today),
    )


def labs(story: Story, *, today: date) -> list[Lab]:
    newest = [(analyte, value, unit, story.labs_days) for analyte, value, unit in story.labs]
    return [
        Lab(
            analyte=analyte,
            value=Decimal(value),
            unit=unit,
            taken_on=today - timedelta(days=days),
            confirmed=True,
        )
        for analyte, value, unit, days in (*newest, *story.older_labs)
    ]


def imaged_on(story: Story, today: date) -> date:
    return today - timedelta(days=story.imaging[1] if story.imaging else 12)


def _body(story: Story) -> dict[str, Decimal]:
    if story.body is None:
        return {}
    height, weight = story.body
    return {"height_cm": Decimal(height), "weight_kg": Decimal(weight)}


def _diagnosis(story: Story, today: date) -> dict:
    dates = {
        "primary_diagnosed_on": story.primary_days,
        "liver_diagnosed_on": story.liver_days,
        "primary_resected_on": story.resected_days,
    }
    known = {name: today - timedelta(days=days) for name, days in dates.items() if days is not None}
    staged = story.diagnosis.get("extrahepatic_disease") == "NONE"
    if staged:
        known["extrahepatic_staged_on"] = imaged_on(story, today)
    return {"primary_site": story.site, **story.diagnosis, **known}


def _wish(story: Story, today: date) -> dict | None:
    if not story.wish:
        return None
    return {
        "words": story.wish,
        "told_to": "R. Quill, nurse specialist",
        "told_on": today - timedelta(days=4),
    }


def _imaging(story: Story, today: date) -> dict | None:
    if not story.imaging:
        return None
    return {"modality": story.imaging[0], "performed_on": imaged_on(story, today)}


def _lesions(story: Story, today: date) -> list[LesionSeen]:
    return [
        LesionSeen(segments=list(segments), long_axis_mm=Decimal(mm), measured_on=imaged_on(story, today))
        for segments, mm in story.lesions
    ]
