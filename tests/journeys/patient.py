"""Whom is the journey about? An invented person, whose identity no e-mail may carry."""

from datetime import date

FAMILY, GIVEN, BORN, RECORD = "Featherstonehaugh", "Marguerite", date(1958, 3, 7), "NR-7741902"
NAME = "FEATHERSTONEHAUGH, Marguerite"
QUESTION = "Is right hepatectomy safe in one step, or must the remnant be enlarged first?"
WISH = "I want to dance at my grandson’s wedding in June."

IDENTITY = (
    FAMILY,
    GIVEN,
    RECORD,
    *(
        BORN.strftime(written)
        for written in ("%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%d/%m/%Y", "%d.%m.%Y", "%-d %B %Y")
    ),
)
