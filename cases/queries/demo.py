"""What is each invented person on the demonstration's sign-in page?"""

from cases.models import Membership


def role_lines() -> dict[int, str]:
    """A line a person: role and specialty."""
    seats = Membership.objects.current().filter(user__is_invented=True)
    return {
        seat.user_id: ", ".join(filter(None, [seat.get_role_display(), seat.get_specialty_display().lower()]))
        for seat in seats
    }
