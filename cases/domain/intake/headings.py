"""Do the headings of this file fit the profile?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cases.domain.errors import Refused
from cases.domain.intake.profile import Profile


@dataclass(frozen=True)
class Headings:
    found: dict[str, str]  # heading in the file -> heading in the profile
    missing: list[str]
    unknown: list[str]

    def notes(self) -> list[str]:
        said = []
        if self.missing:
            said.append("Not in the file, so left missing: " + ", ".join(self.missing) + ".")
        if self.unknown:
            said.append("Not known, so not imported: " + ", ".join(self.unknown) + ".")
        return said


def match(profile: Profile, headings: Sequence[str]) -> Headings:
    """Compare without regard to case and spaces. Refuses a file that cannot be read with this profile."""
    wanted = {_bare(header): header for header in profile.headers}
    bare = [_bare(heading) for heading in headings]
    twice = sorted({one for one in bare if one in wanted and bare.count(one) > 1})
    if twice:
        names = ", ".join(wanted[one] for one in twice)
        raise Refused(f"These headings stand more than once: {names}. Keep one of each and try again.")
    found = {heading: wanted[_bare(heading)] for heading in headings if _bare(heading) in wanted}
    missing = [header for key, header in wanted.items() if key not in bare]
    if profile.record_column in missing:
        raise Refused(
            f"The file has no column “{profile.record_column}”, so no row can be told from another."
        )
    if len(found) == 1:
        raise Refused(f"None of the columns of “{profile.title}” are in this file. Choose another profile.")
    unknown = [heading.strip() or "(no heading)" for heading in headings if _bare(heading) not in wanted]
    return Headings(found, missing, unknown)


def _bare(heading: str) -> str:
    return re.sub(r"\s+", " ", heading).strip().casefold()
