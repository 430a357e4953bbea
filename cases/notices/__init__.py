"""Which event tells whom? Case number, board, date and a link; never a patient, never clinical text."""
