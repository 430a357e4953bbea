"""Which published lists are gone through by people, with no result computed from them?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Checklist:
    id: str
    title: str
    items: tuple[str, ...]
    source: str
    to_confirm: str


OPTN_NET = Checklist(
    id="optn_net",
    title="OPTN exception for neuroendocrine metastases",
    items=(
        "Age below 60",
        "Primary removed, no recurrence for at least 6 months",
        "Limited to the liver, in both lobes, not resectable",
        "Gastro-entero-pancreatic origin with portal drainage; other primaries, such as lung, are excluded",
        "Grade 1 or 2 (mitoses below 20 in 10 high-power fields, Ki-67 below 20 %)",
        "At most 50 % of the liver involved",
        "SSTR PET/CT negative outside the liver",
        "Lymph nodes negative, or followed for 6 months",
        "Staging repeated every 3 months",
    ),
    source="OPTN guidance on exception points for neuroendocrine tumours, 2015",
    to_confirm="The whole list, against the guidance in force.",
)
OF_DISEASE = {"net_gep": (OPTN_NET,)}
