"""The council's colours as a style sheet. Who may open it is declared by `access`."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from steward.interface.branding import theme


@cache_control(public=True, max_age=86_400)
def theme_css(request: HttpRequest) -> HttpResponse:
    """Answer with the council's colours as a style sheet (inline styles are forbidden by policy)."""
    return HttpResponse(theme(), content_type="text/css")
