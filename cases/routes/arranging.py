"""Which addresses put the list of a meeting in order?"""

from django.urls import path

from cases.views import arranging as views

urlpatterns = [
    path("meetings/<uuid:pk>/order/", views.reorder, name="reorder-agenda"),
    path("meetings/<uuid:pk>/changed/", views.changed, name="agenda-changed"),
    path("meetings/<uuid:pk>/order/leave/", views.leave_order, name="leave-order"),
    path("meetings/<uuid:pk>/minutes/", views.plan_minutes, name="plan-minutes"),
    path("meetings/<uuid:pk>/break/", views.set_break, name="set-break"),
    path("meetings/<uuid:pk>/leaves-early/", views.leaves_early, name="leaves-early"),
    path("agenda-items/<uuid:pk>/pull-back/", views.pull_back, name="pull-back-item"),
]
