"""What may a browser do with our answers, keep of them, and tell others?"""

PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


class HeadersMiddleware:
    """Outermost, so that static files, refusals and error pages carry the headers too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        # A page must not be found later in a shared computer's cache. Static files say otherwise themselves.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
