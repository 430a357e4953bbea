"""Which addresses show the lesions of a case, and describe one?"""

from django.urls import path

from cases.views import lesions

LESIONS = "cases/<uuid:pk>/lesions"

urlpatterns = [
    path(f"{LESIONS}/", lesions.lesions, name="lesions"),
    path(f"{LESIONS}/new/", lesions.new_lesion, name="new-lesion"),
    path(f"{LESIONS}/<int:number>/", lesions.lesion, name="lesion"),
]
