"""The statements every visitor may read, and the gallery of components."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, public
from steward.access.permissions import Permission
from steward.interface.gallery import specimens


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Answer with the accessibility statement."""
    return render(request, "access/accessibility.html", {"authority": settings.STEWARD_AUTHORITY})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Answer with the privacy notice."""
    return render(request, "access/privacy.html", {"session_hours": settings.SESSION_COOKIE_AGE // 3600})


@public
def terms(request: HttpRequest) -> HttpResponse:
    """Answer with the terms under which the site may be used."""
    return render(request, "access/terms.html", {"authority": settings.STEWARD_AUTHORITY})


@needs(Permission.MANAGE_PEOPLE)
def components(request: HttpRequest) -> HttpResponse:
    """Answer with every component of the interface, for those who look after the site and for tests."""
    return render(request, "interface/gallery.html", specimens(request.GET))
