"""What may a browser do with our answers, keep of them, and tell others? And what may it ask?"""

from django.http import HttpResponseNotAllowed

PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
ENDPOINTS = 'csp="/csp-report/"'  # where browsers say what they were kept from; named by the policy
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class HeadersMiddleware:
    """Outermost, so that static files, refusals and error pages carry the headers too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Reporting-Endpoints", ENDPOINTS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        # A page must not be found later in a shared computer's cache. Static files say otherwise themselves.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class MethodsMiddleware:
    """What no view knows is handed to none: Django takes TRACE for as harmless as GET."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
