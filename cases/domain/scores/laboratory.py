"""Which blood tests do scores ask for, in which unit and within which possible range?"""

from cases.domain.scores.inputs import Number, Quantity, Truth, above

BILIRUBIN_MG_DL = Quantity("bilirubin", unit="mg/dL", range=above(0, 100))
BILIRUBIN_UMOL_L = Quantity("bilirubin", unit="umol/L", range=above(0, 1710))  # the same bound in umol/L
ALBUMIN_G_DL = Quantity("albumin", unit="g/dL", range=above("0.5", 7))
ALBUMIN_G_L = Quantity("albumin", unit="g/L", range=above(5, 70))
CREATININE_MG_DL = Quantity("creatinine", unit="mg/dL", range=above(0, 40))
SODIUM_MMOL_L = Quantity("sodium", unit="mmol/L", range=above(80, 200))
PLATELETS = Quantity("platelets", unit="10*9/L", range=above(0, 3000))
AST = Quantity("ast", unit="U/L", range=above(0, 20000))
ALT = Quantity("alt", unit="U/L", range=above(0, 20000))
# The laboratory's own upper limit of normal, never a limit that we assume.
AST_UPPER_LIMIT = Quantity("ast_uln", analyte="ast", unit="U/L", range=above(0, 200))
INR = Number("inr", range=above(0, 20))

# Twice or more in the seven days before, or 24 hours of continuous haemodialysis.
DIALYSIS = Truth("dialysis_twice_in_week")
