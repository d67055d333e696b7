"""Figures as files, without JavaScript: a page that shows figures answers `?download=<id>.svg` and `.csv`.

In a view, below `needs` and `records`, before the page is printed:

    answer = downloads.figure_download(request, figures=charts)
    if answer is not None:
        return answer
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.text import slugify

from steward.interface import lists, words
from steward.interface.charts.figures import Figure
from steward.interface.charts.pictures import Imprint, picture
from steward.interface.charts.sheets import sheet
from steward.interface.colour import readable_on_white

DOWNLOAD = "download"
IMAGE, FIGURES = "svg", "csv"
_TYPES = {IMAGE: "image/svg+xml", FIGURES: "text/csv; charset=utf-8"}
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


def figure_download(request: HttpRequest, *, figures: Iterable[Figure | None]) -> HttpResponse | None:
    """Return the file the address asks for, None when it asks for the page itself.

    `figures` are those the page shows; None among them is passed over. Raises Http404 when the page has
    no such figure. The view stands below `needs` and `records`, so that the file is given only to who may
    see the page, and what left is kept.
    """
    asked = request.GET.get(DOWNLOAD)
    if asked is None:
        return None
    name, _, kind = asked.rpartition(".")
    found = next((one for one in figures if one is not None and one.id and one.id == name), None)
    if found is None or kind not in _TYPES:
        raise Http404(_NOT_HERE)
    answer = HttpResponse(content_of(found, kind=kind), content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found, kind=kind)}"'
    return answer


def content_of(figure: Figure, *, kind: str) -> bytes:
    """Return the bytes of a figure as "svg" or "csv" (UTF-8 with a byte order mark), as of today."""
    imprint = Imprint(
        settings.STEWARD_COUNCIL_NAME, timezone.localdate(), readable_on_white(settings.STEWARD_BRAND_COLOUR)
    )
    if kind == IMAGE:
        return picture(figure, imprint=imprint).encode("utf-8")
    return sheet(figure, imprint=imprint).encode("utf-8-sig")


def file_name(figure: Figure, *, kind: str) -> str:
    """Return a name such as 2026-07-03-leeds-progress-8.svg."""
    council = slugify(settings.STEWARD_COUNCIL_NAME)
    for ending in ("-council", "-city", "-metropolitan-borough", "-borough", "-county", "-district"):
        council = council.removesuffix(ending)
    return f"{timezone.localdate():%Y-%m-%d}-{council}-{slugify(figure.id)}.{kind}"


def links_of(figure: Figure, *, query: QueryDict) -> tuple[DownloadLink, ...]:
    """Return the links beneath a figure, with format and size; none when it has no `id`."""
    if not figure.id:
        return ()
    return tuple(
        DownloadLink(
            text=f"{_LABELS[kind]} ({kind.upper()}, {size_in_words(len(content_of(figure, kind=kind)))})",
            href=lists.with_changes(query, {DOWNLOAD: f"{figure.id}.{kind}"}),
            about=figure.title,
        )
        for kind in (IMAGE, FIGURES)
    )


def size_in_words(count: int) -> str:
    """Return a number of bytes as "12 KB", at least 1 KB."""
    return f"{words.number(max(1.0, count / 1024))} KB"
