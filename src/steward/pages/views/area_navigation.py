"""The pages about an authority, as links beneath its name."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from steward.access.permissions import Permission, may
from steward.interface.navigation import Link
from steward.pages.queries.area import AuthorityName, NoSuchAuthority, authority_named
from steward.pages.queries.area_outcomes import NoSuchOutcome

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Context = dict[str, Any]  # what a template is given

_PAGES = (
    ("Overview", "pages:area"),
    ("Outcomes", "pages:outcomes"),
    ("Gaps", "equality:area"),
    ("Standing out", "pages:standing-out"),
    ("Wards", "pages:wards"),
    ("Neighbours", "pages:neighbours"),
    ("Standards", "pages:standards"),
    ("Accountability", "pages:area-accountability"),
)
"""Pages about an authority in their order; one whose address does not exist is left out."""
_LISTS = ("pages:standing-out", "pages:wards", "pages:area-accountability")
"""Those that name schools, for who may see lists of schools."""


def links_of(code: str, *, request: HttpRequest) -> list[Link]:
    """Return the pages about an authority, the one asked for (or the one above it) marked."""
    links = []
    for text, name in _PAGES:
        try:
            href = reverse(name, args=[code])
        except NoReverseMatch:
            continue
        if name in _LISTS and not may(request.user, Permission.VIEW_SCHOOL_LISTS):
            continue
        links.append((text, href))
    path = request.path.replace("/measures/", "/outcomes/").replace("/funnel/", "/standing-out/")
    above = [href for _, href in links if path.startswith(href)]
    current = max(above, key=len, default="")
    return [Link(text, href, href == current) for text, href in links]


def about(code: str, *, request: HttpRequest) -> Context:
    """Return what every page about an authority is given. Raises NoSuchAuthority, or NothingLoaded."""
    authority = authority_named(code)
    return {"authority": authority, "area_links": links_of(code, request=request)}


def says_unknown(view: View[P]) -> View[P]:
    """Answer with a sentence where there is no such authority, topic or measure."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NoSuchAuthority as fault:
            return render(request, "pages/area_unknown.html", {"sentence": str(fault)}, status=404)
        except NoSuchOutcome as fault:
            context = {"sentence": str(fault), "code": kwargs["code"], "title": fault.title}
            return render(request, "pages/area_topic_unknown.html", context, status=404)

    return answered


def name_of(found: Context) -> str:
    """Return the name of the authority that a page is about."""
    authority = found["authority"]
    return authority.name if isinstance(authority, AuthorityName) else ""
