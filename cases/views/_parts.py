"""Is the whole page wanted, or one part of it?"""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_part(request, template, part, context, *, status=None):
    """The whole page for a browser, one named part of it for htmx.

    htmx restores its history with an HX-Request as well, and then needs the whole page.
    """
    wants_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#{part}" if wants_part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
