"""Which page answers which address?"""

from importlib import import_module
from importlib.util import find_spec

app_name = "cases"

ROOMS = (
    "case",
    "board_pages",
    "specialist_input",
    "meeting",
    "recommendation",
    "letter",
    "follow_up",
    "messages",
    "intake",
)

urlpatterns = [
    pattern
    for room in ROOMS
    if find_spec(f"cases.routes.{room}")
    for pattern in import_module(f"cases.routes.{room}").urlpatterns
]
