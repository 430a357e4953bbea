"""Which small profile do these tests import with?"""

from cases.domain.intake import profile_from

PROFILE = profile_from(
    {
        "name": "trial",
        "title": "Trial",
        "source": "none",
        "licence": "none",
        "record_column": "Record",
        "missing": ["?"],
        "yes_no": {"1": "YES", "0": "NO"},
        "constants": {"diagnosis.primary_site": "HCC"},
        "columns": [
            {
                "header": "Sex",
                "read": "codes",
                "target": "patient.sex",
                "codes": {"m": "MALE", "f": "FEMALE"},
            },
            {
                "header": "Age",
                "read": "integer",
                "target": "case.stated_age",
                "range": [0, 120],
                "usual": [18, 100],
            },
            {"header": "Cirrhosis", "read": "yes_no", "target": "liver.cirrhosis"},
            {"header": "HBV", "read": "member", "target": "liver.aetiologies", "member": "HBV"},
            {"header": "HCV", "read": "member", "target": "liver.aetiologies", "member": "HCV"},
            {
                "header": "Platelets",
                "read": "analyte",
                "target": "labs",
                "analyte": "platelets",
                "unit": "10*9/L",
            },
            {"header": "Albumin", "read": "analyte", "target": "labs", "analyte": "albumin", "unit": "mg/dL"},
            {
                "header": "Bilirubin",
                "read": "analyte",
                "target": "labs",
                "analyte": "bilirubin",
                "unit": "mg/dL",
                "beside": "Direct",
            },
            {"header": "Direct", "read": "ignore", "why": "a check"},
            {
                "header": "Nodules",
                "read": "integer",
                "target": "lesions.count",
                "range": [0, 5],
                "at_least": 5,
            },
            {"header": "Size", "read": "length", "target": "lesions.largest_mm", "unit": "cm"},
            {
                "header": "Spread",
                "read": "yes_no",
                "target": "diagnosis.extrahepatic",
                "unsure": "Inside or outside?",
            },
            {"header": "Saturation", "read": "percent", "why": "checked only"},
        ],
        "rules": [
            {
                "kind": "no_nodules",
                "when": [{"column": "Nodules", "is": "0"}, {"column": "Size", "missing": True}],
                "ask": "Nodules",
                "why": "No nodule.",
                "offered": ["keep", "leave_out"],
            },
            {
                "kind": "part_above_whole",
                "when": [{"column": "Direct", "exceeds": "Bilirubin"}],
                "ask": "Bilirubin",
                "why": "The part is more than the whole.",
                "offered": ["keep", "leave_out"],
            },
            {
                "kind": "size_missing",
                "when": [{"column": "Nodules", "above": "0"}, {"column": "Size", "missing": True}],
                "ask": "Size",
                "why": "Not measured.",
                "offered": ["leave_out"],
            },
        ],
    }
)
