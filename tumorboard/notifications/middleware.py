"""How does a person learn that what they saved is safe, but its e-mails wait?"""

from django.contrib import messages

from . import nudge

WORDS = "What you saved is safe. Sending e-mails is interrupted at present; they will follow by themselves."


class MailWillFollow:
    """Innermost, so that its words are stored with all others and shown on this page or the next."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        nudge.unheard.set(False)
        response = self.get_response(request)
        if nudge.unheard.get():
            messages.warning(request, WORDS)
        return response
