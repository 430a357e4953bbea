"""Which addresses begin a case, turn it, and record what is known of it?"""

from django.urls import path

from cases.views import case, diagnosis, disease, draft, laboratory, question

CASE = "cases/<uuid:pk>"

urlpatterns = [
    path("cases/refer/", case.refer, name="refer"),
    path("cases/refer/timing/", case.timing, name="refer-timing"),
    path(f"{CASE}/referral/", case.edit_referral, name="edit-referral"),
    path(f"{CASE}/accept/", case.accept, name="accept"),
    path(f"{CASE}/return/", case.return_to_referrer, name="return"),
    path(f"{CASE}/withdraw/", case.withdraw, name="withdraw"),
    path(f"{CASE}/again/", case.re_present, name="re-present"),
    path(f"{CASE}/labs/", laboratory.labs, name="labs"),
    path(f"{CASE}/record/question/", question.record, name="record-question"),
    path(f"{CASE}/record/diagnosis/", diagnosis.diagnosis, name="record-diagnosis"),
    *[
        path(f"{CASE}/record/{what}/", disease.record, {"what": what}, name=f"record-{what}")
        for what in disease.SHEETS
    ],
    path(f"{CASE}/record/course/grade/", disease.course_grade, name="course-grade"),
    path(f"{CASE}/waive/<slug:item>/", disease.waive, name="record-waiver"),
    path(f"{CASE}/record/<slug:what>/<uuid:fact>/withdraw/", disease.withdraw_fact, name="withdraw-fact"),
    path("drafts/<slug:form>/<slug:key>/", draft.save, name="save-draft"),
    path("drafts/<slug:form>/<slug:key>/discard/", draft.discard, name="discard-draft"),
]
