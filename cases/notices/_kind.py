"""What is there to say of one sort of e-mail?"""

from dataclasses import dataclass

from cases.notices import audiences
from cases.notices.audiences import Audience


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`for_seats`: only for people with a seat on the board, asked once more just before it leaves.

    `to_deputy`: while its recipient is away, whoever stands in gets it too. `may_wait`: it can stand in a
    summary with others, once a day for who wants it so. `in_quiet_hours`: it cannot wait for the morning.
    `when` may name a rule of the board in braces, such as {reminders}: cases.queries.mail_rules has them.
    """

    label: str
    group: str
    to: Audience = audiences.SITTING
    when: str = ""
    for_seats: bool = False
    to_deputy: bool = False
    may_wait: bool = True
    in_quiet_hours: bool = False

    @property
    def why(self) -> str:
        return self.to.why
