"""Does an accession number look as the hospital says, and where do its links lead?

PostgreSQL compares: it does not run away on most patterns on which Python's engine would, and it can be
stopped on the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DataError, OperationalError, connection, transaction

from cases.domain import accession as rules
from cases.domain.accession import AccessionRefused

PATIENCE = 300  # milliseconds


@dataclass(frozen=True)
class Links:
    study: Any
    viewer: str
    archive: str


def require_fitting(number: str, hospital: Any) -> None:
    if number and not _fits(number, hospital.accession_pattern):
        raise AccessionRefused(
            f"Accession numbers of {hospital} look otherwise. Compare it with the report, letter by letter."
        )


def linked(studies: Iterable[Any], hospital: Any) -> list[Links]:
    return [
        Links(
            one,
            rules.link(hospital.viewer_link, one.accession),
            rules.link(hospital.pacs_link, one.accession),
        )
        for one in studies
    ]


def _fits(number: str, pattern: str) -> bool:
    """The limit of time is taken back with the savepoint, whatever becomes of the question."""
    with transaction.atomic():
        before = transaction.savepoint()
        try:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, true)", [str(PATIENCE)])
                cursor.execute("select %s ~ ('^(?:' || %s || ')$')", [number, pattern])
                (fits,) = cursor.fetchone()
        except (DataError, OperationalError) as error:
            raise AccessionRefused(
                "The pattern for accession numbers of this hospital cannot be used. Leave the number out"
                " and tell the administrator."
            ) from error
        finally:
            transaction.savepoint_rollback(before)
    return bool(fits)
