"""Whom is the journey about? An invented person, whose identity no e-mail may carry."""

from datetime import date

FAMILY, GIVEN, BORN, RECORD = "Featherstonehaugh", "Marguerite", date(1958, 3, 7), "NR-7741902"
QUESTION = "Is right hepatectomy safe in one step, or must the remnant be enlarged first?"
WISH = "I want to dance at my grandson’s wedding in June."

WAYS_TO_WRITE_A_DAY = ("%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%d/%m/%Y", "%d.%m.%Y", "%-d %B %Y")
IDENTITY = (FAMILY, GIVEN, RECORD, *map(BORN.strftime, WAYS_TO_WRITE_A_DAY))
