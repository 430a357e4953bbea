"""How is a discipline asked, how does it answer, and how is it reminded?"""

from cases.services.specialist_input.asking import ask, mark_not_needed, request_all

__all__ = ["ask", "mark_not_needed", "request_all"]
