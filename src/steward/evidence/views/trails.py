"""Breadcrumbs of the pages of evidence: words and addresses, the page itself last and without one."""

from django.urls import reverse

from steward.access.permissions import Permission, Viewer, may

Crumbs = list[tuple[str, str]]


def home(here: str) -> Crumbs:
    """Return the way to a page just below the first one."""
    return [("Home", reverse("pages:home")), (here, "")]


def releases(here: str) -> Crumbs:
    """Return the way to a page below the list of releases."""
    return [("Home", reverse("pages:home")), ("Data releases", reverse("evidence:releases")), (here, "")]


def release(here: str, *, release_id: str, title: str) -> Crumbs:
    """Return the way to a page below a release."""
    return [*releases(title)[:-1], (title, reverse("evidence:release", args=[release_id])), (here, "")]


def indicators(here: str) -> Crumbs:
    """Return the way to an indicator."""
    return [("Home", reverse("pages:home")), ("Indicators", reverse("evidence:indicators")), (here, "")]


def school(here: str, *, urn: int, name: str, viewer: Viewer) -> Crumbs:
    """Return the way to a figure of a school, by the pages that the viewer may open."""
    pages = [("Home", reverse("pages:home"))]
    if may(viewer, Permission.VIEW_SCHOOL_LISTS):
        pages.append(("Schools", reverse("pages:schools")))
    if may(viewer, Permission.VIEW_OWN_SCHOOL, urn=urn):
        pages.append((name, reverse("pages:school-performance", args=[urn])))
    return [*pages, (here, "")]


def area(here: str, *, code: str, name: str) -> Crumbs:
    """Return the way to a figure of an authority."""
    return [*areas(here)[:-1], (name, reverse("pages:area", args=[code])), (here, "")]


def areas(here: str) -> Crumbs:
    """Return the way to a figure of a region or England."""
    return [("Home", reverse("pages:home")), ("Areas", reverse("pages:areas")), (here, "")]
