"""Dated facts of a case beside laboratory values and lesions, made directly."""

from datetime import date

from cases.models import ComorbidityReview, Fitness, LiverStatus, TreatmentCourse, Waiver


def _fact(model, case, **fields):
    return model.objects.create(case=case, created_by=fields.pop("by", case.referred_by), **fields)


def a_fitness(case, ecog=1, **more):
    return _fact(Fitness, case, **({"ecog": ecog, "assessed_on": date(2026, 11, 16)} | more))


def a_liver_status(case, cirrhosis="NO", **more):
    return _fact(LiverStatus, case, **({"cirrhosis": cirrhosis, "assessed_on": date(2026, 11, 16)} | more))


def a_comorbidity_review(case, items=(), **more):
    """Nothing of the Charlson list, unless told otherwise."""
    defaults = {"liver_disease": "none", "diabetes": "none", "other_tumour": "none"}
    return _fact(
        ComorbidityReview,
        case,
        **(defaults | {"items": list(items), "assessed_on": date(2026, 11, 16)} | more),
    )


def a_course(case, procedure="Right hemihepatectomy", **more):
    return _fact(
        TreatmentCourse, case, **({"procedure": procedure, "performed_on": date(2026, 10, 1)} | more)
    )


def a_waiver(case, item="afp", reason="Not needed here.", **more):
    return _fact(Waiver, case, item=item, reason=reason, **more)
