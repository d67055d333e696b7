"""Figures as files, without JavaScript: a page that shows a figure answers `?download=<name>.svg` and `.csv`.

Nothing has to be done in a view: the `chart` tag offers its figure, and the guard that stands before the
view (`access.guards`) gives the file of a figure so offered to who may see the page, and records it.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import slugify

from steward.interface import csv_files, lists, words
from steward.interface.charts.figures import Figure
from steward.interface.charts.pictures import Imprint, picture
from steward.interface.charts.sheets import sheet
from steward.interface.colour import readable_on_white

DOWNLOAD = "download"
LONGEST_NAME = 60
_OFFERED = "_steward_figures"
IMAGE, FIGURES = "svg", "csv"
_TYPES = {IMAGE: "image/svg+xml", FIGURES: csv_files.KIND}
_LABELS = {IMAGE: "Download image", FIGURES: "Download figures"}
_NOT_HERE = (
    "This page has no figure of that name to download: go back to it and follow a link beneath a figure."
)


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """A link beneath a figure: "Download image (SVG, 12 KB)"; `about` names the figure to a screen reader."""

    text: str
    href: str
    about: str


def offered(request: object, *, figure: Figure) -> str:
    """Return the name under which the page offers a figure: its `id`, else its title, never one twice."""
    kept = _kept(request)
    wanted = slugify(_spelt(figure.id or figure.title))[:LONGEST_NAME].strip("-") or "figure"
    name, number = wanted, 1
    while kept.get(name, figure) != figure:
        number += 1
        name = f"{wanted}-{number}"
    kept[name] = figure
    return name


def _spelt(title: str) -> str:
    """Return a title whose numbers a file name can hold: "0.11" as "0 point 11"."""
    return re.sub(r"(?<=\d)\.(?=\d)", " point ", title)


def _kept(request: object) -> dict[str, Figure]:
    """Return the figures offered so far by the page that answers the request."""
    kept: dict[str, Figure] = getattr(request, _OFFERED, {})
    if request is not None:
        setattr(request, _OFFERED, kept)
    return kept


def file_asked_for(request: HttpRequest) -> HttpResponse:
    """Return the file the address asks for, of the figures that the page has offered while it was printed.

    Raises Http404 when the page offers no such figure.
    """
    name, _, kind = request.GET.get(DOWNLOAD, "").rpartition(".")
    found = _kept(request).get(name)
    if found is None or kind not in _TYPES:
        raise Http404(_NOT_HERE)
    council = import_string(settings.STEWARD_COUNCIL_NAMED_BY)()
    answer = HttpResponse(content_of(found, kind=kind, council=council), content_type=_TYPES[kind])
    written = file_name(name, kind=kind, council=council)
    answer["Content-Disposition"] = f'attachment; filename="{written}"'
    return answer


def is_asked_for(request: HttpRequest) -> bool:
    """Return whether the address asks for a figure of the page rather than the page."""
    return request.method == "GET" and DOWNLOAD in request.GET


def content_of(figure: Figure, *, kind: str, council: str = "") -> bytes:
    """Return the bytes of a figure as "svg" or "csv" (UTF-8 with a byte order mark), as of today.

    `council` is who gives it out, that of the setting when empty.
    """
    imprint = Imprint(
        council or settings.STEWARD_COUNCIL_NAME,
        timezone.localdate(),
        readable_on_white(settings.STEWARD_BRAND_COLOUR),
    )
    if kind == IMAGE:
        return picture(figure, imprint=imprint).encode("utf-8")
    return sheet(figure, imprint=imprint)


def file_name(name: str, *, kind: str, council: str = "") -> str:
    """Return a name such as 2026-07-03-leeds-progress-8.svg; `council` is that of the setting when empty."""
    council = slugify(council or settings.STEWARD_COUNCIL_NAME)
    for ending in ("-council", "-city", "-metropolitan-borough", "-borough", "-county", "-district"):
        council = council.removesuffix(ending)
    return f"{timezone.localdate():%Y-%m-%d}-{council}-{name}.{kind}"


def links_of(figure: Figure, *, request: object) -> tuple[DownloadLink, ...]:
    """Return the links beneath a figure, with format and size, and offer the figure under their address."""
    name = offered(request, figure=figure)
    query = getattr(request, "GET", None)
    kept = query if isinstance(query, QueryDict) else QueryDict()
    return tuple(
        DownloadLink(
            text=f"{_LABELS[kind]} ({kind.upper()}, {size_in_words(len(content_of(figure, kind=kind)))})",
            href=lists.with_changes(kept, {DOWNLOAD: f"{name}.{kind}"}),
            about=figure.title,
        )
        for kind in (IMAGE, FIGURES)
    )


def size_in_words(count: int) -> str:
    """Return a number of bytes as "12 KB", at least 1 KB."""
    return f"{words.number(max(1.0, count / 1024))} KB"
