"""What every page knows of the council: its name, colours and contact, and the navigation."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch

from steward.interface.build import BUILT
from steward.interface.colour import INK, WHITE, mixed, readable_on_white, text_on
from steward.interface.navigation import navigation_for


def branding(request: HttpRequest) -> dict[str, object]:
    """Return what the layout prints on every page."""
    return plain_branding() | {"navigation": navigation_for(request)}


def plain_branding() -> dict[str, object]:
    """Return what the layout prints even where no request is known, as on the page of a failure."""
    return {
        "council_name": settings.STEWARD_COUNCIL_NAME,
        "service_name": settings.STEWARD_SERVICE_NAME,
        "contact": settings.STEWARD_CONTACT,
        "home_address": _home(),
        "theme_version": theme_version(),
        "built_version": built_version(),
    }


def theme() -> str:
    """Return the style sheet with the council's own colours, each readable on its ground."""
    brand = settings.STEWARD_BRAND_COLOUR
    link = readable_on_white(brand)
    colours = {
        "--govuk-brand-colour": brand,
        "--steward-on-brand-colour": text_on(brand),
        "--govuk-link-colour": link,
        "--govuk-link-hover-colour": mixed(link, into=INK, share=0.45),
        "--govuk-template-background-colour": mixed(brand, into=WHITE, share=0.95),
        "--govuk-surface-background-colour": mixed(brand, into=WHITE, share=0.95),
        "--govuk-surface-border-colour": mixed(brand, into=WHITE, share=0.7),
        "--steward-highlight-colour": link,
    }
    return ":root{" + "".join(f"{name}:{colour};" for name, colour in colours.items()) + "}\n"


def theme_version() -> str:
    """Return a short mark that changes with the colours, so that browsers may keep the style sheet."""
    return hashlib.sha256(theme().encode("ascii")).hexdigest()[:8]


@lru_cache(maxsize=1)
def built_version() -> str:
    """Return a short mark that changes with the built style sheet; empty before the first build."""
    kept = BUILT / ".stamp"
    return kept.read_text(encoding="ascii")[:8] if kept.is_file() else ""


def _home() -> str:
    try:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return "/"
