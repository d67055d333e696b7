"""The page of authorities like an authority: the lists, why they are like it, and how well each predicts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.interface import csv_files, words
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries import area_neighbours as queries
from steward.pages.queries.area_neighbours import AreaNeighbours, FeatureOfArea, MeasureAccuracy, WhyAlike
from steward.pages.queries.school import used_releases
from steward.pages.views import area_navigation
from steward.pages.views.area_navigation import says_unknown
from steward.pages.views.empty import says_when_empty
from steward.vocabulary.values import Missing, Reason

_NOT_KNOWN = Missing(Reason.NOT_PUBLISHED)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def neighbours(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the lists side by side, why our neighbours are alike, and the accuracy of the lists."""
    found = queries.neighbours_of(code)
    context = {
        **area_navigation.about(code, request=request),
        "found": found,
        "lists": _lists_table(found),
        "why": _why_table(found.why),
        "features": _features_table(found.features),
        "accuracy": _accuracy_table(found),
        "sources": used_releases(found.releases),
    }
    return render(request, "pages/area_neighbours.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@records("pages.neighbours.downloaded", subject="neighbours")
@says_when_empty
def neighbours_as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with every list of an authority as a CSV file."""
    found = queries.neighbours_of(code)
    rows: list[tuple[object, ...]] = []
    for shown in found.lists:
        for one in shown.neighbours:
            near = one.neighbour
            distance = "" if near.distance is None else round(near.distance, 4)
            head = (shown.list.id, shown.list.dated.isoformat(), near.rank, near.authority, one.name)
            rows.append((*head, near.closeness, distance, near.release))
    header = ("list", "dated", "rank", "authority", "name", "closeness", "distance", "release")
    return csv_files.csv_file(f"neighbours-{code}.csv", header=header, rows=rows)


def _lists_table(found: AreaNeighbours) -> Table:
    columns = (Column("Rank"), *(Column(shown.list.title) for shown in found.lists))
    longest = max((len(shown.neighbours) for shown in found.lists), default=0)
    rows = []
    for place in range(longest):
        cells: list[object] = [str(place + 1)]
        for shown in found.lists:
            if place < len(shown.neighbours):
                one = shown.neighbours[place]
                href = reverse("pages:area", args=[one.neighbour.authority])
                note = one.neighbour.closeness + (", also in another list" if one.also_in else "")
                cells.append(Cell(one.name, href, note))
            else:
                cells.append(Missing(Reason.NOT_AVAILABLE))
        rows.append(tuple(cells))
    return Table("Neighbours by list, the most alike first", columns, tuple(rows), hide_caption=True)


def _why_table(why: tuple[WhyAlike, ...]) -> Table:
    columns = (
        Column("Authority"),
        Column("How close"),
        Column("Most alike in"),
        Column("Least alike in"),
        Column("Names this authority too"),
    )
    rows = tuple(
        (
            Cell(one.name, reverse("pages:area", args=[one.code])),
            one.closeness,
            "; ".join(one.alike) or "Nothing in particular",
            "; ".join(one.apart) or "Nothing in particular",
            "Yes" if one.chosen_back else "No",
        )
        for one in why
    )
    return Table("Why these ten, by our own list", columns, rows, hide_caption=True)


def _features_table(features: tuple[FeatureOfArea, ...]) -> Table:
    columns = (
        Column("Circumstance"),
        Column("This authority", numeric=True),
        Column("Middle of the ten", numeric=True),
        Column("Middle of all", numeric=True),
        Column("Counts for", numeric=True),
    )
    rows = tuple(
        (
            one.feature.title,
            _NOT_KNOWN
            if one.own is None
            else Cell(_number(one.own.value, of=one), note=str(one.own.year) if one.own.year else "register"),
            _NOT_KNOWN if one.neighbours is None else _number(one.neighbours, of=one),
            _NOT_KNOWN if one.everywhere is None else _number(one.everywhere, of=one),
            f"{words.number(one.share, decimals=1)}%",
        )
        for one in features
    )
    return Table("What our own list is made from", columns, rows, hide_caption=True)


def _number(value: float, *, of: FeatureOfArea) -> str:
    return f"{words.number(value, decimals=of.feature.decimals)}{of.feature.unit}"


def _accuracy_table(found: AreaNeighbours) -> Table:
    published = sorted({name for one in found.accuracy for name in one.accuracy.published}, reverse=True)
    titles = {shown.list.id: shown.list.title for shown in found.lists}
    columns = (
        Column("Measure"),
        Column("Our own list, held out", numeric=True),
        *(Column(titles.get(name, name), numeric=True) for name in published),
        Column("Ours as a share of the newest", numeric=True),
        Column("Spread of authorities", numeric=True),
        Column("Authorities", numeric=True),
    )
    rows = tuple(_accuracy_row(one, found=found, published=published) for one in found.accuracy)
    return Table("Typical error of each list", columns, rows, hide_caption=True)


def _accuracy_row(one: MeasureAccuracy, *, found: AreaNeighbours, published: list[str]) -> tuple[object, ...]:
    places, accuracy = one.predicted.decimals, one.accuracy
    title = one.predicted.title + (" (headline)" if one.predicted.headline else "")
    return (
        Cell(title, note=str(accuracy.year)),
        words.number(accuracy.held_out, decimals=places),
        *(words.number(accuracy.published[name], decimals=places) for name in published),
        words.number(accuracy.ratio(found.fit.against), decimals=3),
        words.number(accuracy.spread, decimals=places),
        accuracy.authorities,
    )
