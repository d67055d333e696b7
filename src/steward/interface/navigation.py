"""The service navigation: each app names its own entries, and each viewer sees those he may open."""

from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of the service navigation, given in the `navigation` attribute of an AppConfig.

    `address` is the name of a URL, `permission` that of a permission ("" for everybody signed in),
    `place` the order from left to right.
    """

    text: str
    address: str
    permission: str = ""
    place: int = 50


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is printed: `current` when the page is the one it leads to, or below it."""

    text: str
    href: str
    current: bool = False


def navigation_for(request: HttpRequest) -> list[Link]:
    """Return the entries for whoever asked, the longest address that fits the page marked current."""
    viewer = getattr(request, "user", None)
    if viewer is None or not viewer.is_authenticated:
        return []
    items = [item for config in apps.get_app_configs() for item in getattr(config, "navigation", ())]
    shown = [item for item in items if not item.permission or viewer.holds(item.permission)]
    found = [(item.text, _address(item)) for item in sorted(shown, key=lambda item: (item.place, item.text))]
    links = [Link(text, href) for text, href in found if href]
    fitting = [link.href for link in links if _is_below(request.path, link.href)]
    current = max(fitting, key=len, default=None)
    return [Link(link.text, link.href, link.href == current) for link in links]


def _address(item: NavigationItem) -> str:
    try:
        return reverse(item.address)
    except NoReverseMatch:
        return ""


def _is_below(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href))
