"""Does a seat of this person ask for a second step at sign-in?"""

from cases.views.shell import shell_of


def is_required(request) -> bool:
    """From the seats that the frame of the page shows too, so that it costs no query of its own."""
    return any(seat.role in seat.board.second_factor_roles for seat in shell_of(request).seats.memberships)
