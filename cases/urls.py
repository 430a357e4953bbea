"""Which page answers which address?"""

from cases.routes import (
    arranging,
    attending,
    board_pages,
    case,
    chase,
    codes,
    emergency,
    follow_up,
    intake,
    lesions,
    letter,
    live,
    meeting,
    messages,
    people,
    ratification,
    recommendation,
    scores,
    series,
    specialist_input,
)

app_name = "cases"

urlpatterns = [
    *board_pages.urlpatterns,
    *case.urlpatterns,
    *specialist_input.urlpatterns,
    *meeting.urlpatterns,
    *series.urlpatterns,
    *arranging.urlpatterns,
    *attending.urlpatterns,
    *live.urlpatterns,
    *lesions.urlpatterns,
    *recommendation.urlpatterns,
    *ratification.urlpatterns,
    *letter.urlpatterns,
    *follow_up.urlpatterns,
    *messages.urlpatterns,
    *people.urlpatterns,
    *intake.urlpatterns,
    *chase.urlpatterns,
    *codes.urlpatterns,
    *emergency.urlpatterns,
    *scores.urlpatterns,
]
