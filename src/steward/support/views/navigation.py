"""The pages of support, as links above each of them."""

from django.http import HttpRequest
from django.urls import reverse

from steward.interface.navigation import Link

_PAGES = (
    ("Providers", "support:providers"),
    ("Needs", "support:needs"),
    ("Days and gaps", "support:capacity"),
)


def links(request: HttpRequest) -> list[Link]:
    """Return the links, the page asked for marked."""
    addresses = [(text, reverse(name)) for text, name in _PAGES]
    return [Link(text, href, request.path == href) for text, href in addresses]
