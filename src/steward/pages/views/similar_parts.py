"""The page that says why a school is held beside the schools it is, and its download."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from steward.access.permissions import Reach
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.interface import csv_files, lists, words
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries.school import SchoolHeader
from steward.pages.queries.similar_schools import AlikeSchool, FeatureLine, RankedSchool, WhySet
from steward.pages.views.measure_parts import figure_address
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Standing
from steward.vocabulary.values import Known, Missing, Reason

RANK, NAME, AUTHORITY = "rank", "name", "authority"
_PAGE_LENGTH = 15
_NOT_SHOWN = Missing(Reason.NOT_AVAILABLE)


def page_of(found: WhySet, *, shown: SchoolHeader, query: QueryDict) -> dict[str, Any]:
    """Return what the template of the page is given."""
    ids = [line.feature.id for line in found.features]
    sort = lists.chosen_sort(query, allowed=(RANK, NAME, AUTHORITY, *ids), default=RANK)
    page = Paginator(_sorted(found, sort=sort), _PAGE_LENGTH).get_page(query.get(lists.PAGE))
    return {
        "why": found,
        "census": str(AcademicYear(found.period)) if found.period else "",
        "features": _features_table(found, urn=shown.school.urn),
        "page": page,
        "schools": _schools_table(found, listed=list(page), sort=sort, opens=shown.opens),
        "closed": sum(one.standing != Standing.OPEN for one in found.schools),
        "missing": [line.feature.title for line in found.features if line.own is None],
    }


def csv_of(found: WhySet, *, urn: int) -> HttpResponse:
    """Return the similar schools as a CSV file, the school itself in the first row with rank 0."""
    ids = [line.feature.id for line in found.features]
    header = ("rank", "urn", "name", "authority", "distance", "closeness", *ids, "census", "method")
    tail = (found.period or "", f"{found.title}, {found.method.lower()}")
    own = ["" if line.own is None else line.own.value for line in found.features]
    rows: list[tuple[object, ...]] = [(0, urn, "This school", "", "", "", *own, *tail)]
    for one in found.schools:
        values = [one.features[key].value if key in one.features else "" for key in ids]
        head = (one.rank, one.urn, one.name, one.authority, round(one.distance, 4), one.closeness)
        rows.append((*head, *values, *tail))
    return csv_files.csv_file(f"similar-schools-{urn}.csv", header=header, rows=rows)


def _features_table(found: WhySet, *, urn: int) -> Table:
    columns = (
        Column("Compared by"),
        Column("This school", numeric=True),
        Column("Middle of the set", numeric=True),
        Column("Lowest to highest", numeric=True),
        Column("Schools with a figure", numeric=True),
        Column("Weight", numeric=True),
    )
    rows = tuple(_feature_row(line, urn=urn, schools=len(found.schools)) for line in found.features)
    return Table("What the schools were found by", columns, rows, hide_caption=True)


def _feature_row(line: FeatureLine, *, urn: int, schools: int) -> tuple[object, ...]:
    own: object = _NOT_SHOWN
    if line.own is not None:
        own = Cell(
            _text(line.own.value, line=line),
            figure_address(urn, code=line.feature.id, period=line.own.period),
            note=str(AcademicYear(line.own.period)),
        )
    middle = _NOT_SHOWN if line.middle is None else _text(line.middle, line=line)
    ends: object = _NOT_SHOWN
    if line.low is not None and line.high is not None:
        ends = " to ".join(words.ends_in_words((line.low, line.high), measured=line.indicator))
    weight = words.number(line.feature.weight, decimals=1)
    return (line.feature.title, own, middle, ends, f"{line.known} of {schools}", weight)


def _text(value: float, *, line: FeatureLine) -> str:
    return words.value_in_words(Known(value), measured=line.indicator)


def _schools_table(found: WhySet, *, listed: Sequence[AlikeSchool], sort: str, opens: Reach) -> Table:
    columns = (
        Column("School", sort=NAME),
        Column("Rank", numeric=True, sort=RANK),
        Column("Authority", sort=AUTHORITY),
        Column("How close"),
        *(
            Column(line.feature.title, numeric=True, sort=line.feature.id, minor=True)
            for line in found.features
        ),
    )
    rows = tuple(_school_row(one, found=found, opens=opens) for one in listed)
    return Table("The schools, nearest first", columns, rows, sorted_by=sort, hide_caption=True)


def _school_row(one: AlikeSchool, *, found: WhySet, opens: Reach) -> tuple[object, ...]:
    href = reverse("pages:school", args=[one.urn]) if opens.covers(one.urn) else ""
    note = "" if one.standing == Standing.OPEN else "No longer open, as the newest register has it"
    cells = []
    for line in found.features:
        held = one.features.get(line.feature.id)
        cells.append(_NOT_SHOWN if held is None else _text(held.value, line=line))
    return (Cell(one.name, href, note), one.rank, one.authority, one.closeness, *cells)


def _sorted(found: WhySet, *, sort: str) -> list[AlikeSchool]:
    key = sort.removeprefix("-")

    def order(one: AlikeSchool) -> Any:  # noqa: ANN401 - a number or a text, by the column
        if key == NAME:
            return one.name.lower()
        if key == AUTHORITY:
            return one.authority.lower()
        return one.features[key].value if key in one.features else one.rank

    known = [one for one in found.schools if key in (RANK, NAME, AUTHORITY) or key in one.features]
    rest = [one for one in found.schools if one not in known]
    return [*sorted(known, key=order, reverse=sort.startswith("-")), *rest]


def ranked_table(
    ranked: Sequence[RankedSchool], *, indicator: IndicatorDefinition, opens: Reach
) -> Table | None:
    """Return the schools of a set by their figure in a measure; None where there is no school."""
    if not ranked:
        return None
    columns = (
        Column("School"),
        Column("Authority"),
        Column(indicator.title, numeric=True),
        Column("Pupils", numeric=True),
    )
    rows = tuple(_ranked_row(one, indicator=indicator, opens=opens) for one in ranked)
    return Table(f"{indicator.title} of these schools", columns, rows, hide_caption=True)


def _ranked_row(one: RankedSchool, *, indicator: IndicatorDefinition, opens: Reach) -> tuple[object, ...]:
    may_open = opens.covers(one.urn)
    name = Cell(one.name, reverse("pages:school", args=[one.urn]) if may_open else "")
    figure = one.figure
    if figure is None:
        return (name, one.authority, _NOT_SHOWN, _NOT_SHOWN)
    text = words.value_in_words(figure.value, measured=indicator)
    href = figure_address(one.urn, code=indicator.id, period=figure.period) if may_open else ""
    cohort = figure.value.cohort
    pupils: object = Missing(Reason.NOT_RECORDED) if cohort is None else words.number(cohort)
    return (name, one.authority, Cell(text, href), pupils)
