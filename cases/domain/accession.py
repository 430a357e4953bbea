"""How is a study found in the archive of the hospital? By its accession number, in a link."""

from urllib.parse import quote

from cases.domain.errors import Refused

HERE = "{accession}"


class AccessionRefused(Refused):
    """Said beside the field of the accession number."""


def link(template: str, accession: str) -> str:
    """ "" where there is nothing to link. Whatever the number holds, it stays one part of the address."""
    if not template or not accession:
        return ""
    return template.replace(HERE, quote(accession, safe=""))
