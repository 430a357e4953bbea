"""Which address belongs to deciding?"""

from django.urls import path

from cases.views.deciding import making, saving, signing, standing

ITEM = "agenda-items/<uuid:pk>/decision/"

urlpatterns = [
    path(ITEM, making.make_decision, name="make-decision"),
    path(f"{ITEM}read-back/", making.read_back, name="decision-read-back"),
    path(f"{ITEM}sections/<slug:section>/", saving.save_section, name="save-decision-section"),
    path(f"{ITEM}plans/", saving.save_plan, name="save-lesion-plan"),
    path(f"{ITEM}actions/", saving.save_action, name="save-action"),
    path(f"{ITEM}actions/remove/", saving.remove_action, name="remove-action"),
    path(f"{ITEM}actions/move/", saving.move_action, name="move-action"),
    path(f"{ITEM}dissents/", saving.save_dissent, name="save-dissent"),
    path(f"{ITEM}dissents/remove/", saving.remove_dissent, name="remove-dissent"),
    path(f"{ITEM}suggestions/take/", saving.take_suggestion, name="take-suggestion"),
    path(f"{ITEM}parts/<slug:part>/", making.decision_part, name="decision-part"),
    path("decisions/<uuid:pk>/", standing.decision, name="decision"),
    path("decisions/<uuid:pk>/versions/", standing.decision_versions, name="decision-versions"),
    path("decisions/<uuid:pk>/confirm/", signing.confirm_decision, name="confirm-decision"),
    path("decisions/<uuid:pk>/sign/", signing.sign_decision, name="sign-decision"),
    path("decisions/<uuid:pk>/amend/", signing.amend_decision, name="amend-decision"),
]
