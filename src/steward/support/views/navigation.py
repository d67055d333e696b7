"""The pages of support, as links above each of them."""

from django.http import HttpRequest
from django.urls import reverse

from steward.interface.navigation import Link

_PAGES = (
    ("Providers", "support:providers"),
    ("Needs", "support:needs"),
    ("Support", "support:deployments"),
    ("Plan", "support:plan-now"),
    ("Days and gaps", "support:capacity"),
)

_PLANS = "/support/plan/"


def links(request: HttpRequest) -> list[Link]:
    """Return the links, the page asked for marked."""
    addresses = [(text, reverse(name)) for text, name in _PAGES]
    return [Link(text, href, _is_here(request.path, href)) for text, href in addresses]


def _is_here(path: str, href: str) -> bool:
    return path == href or (href == _PLANS and path.startswith(_PLANS))
